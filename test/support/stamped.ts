import { CONTEXTS } from '@battery-passport/contexts'
import { toBase64 } from '@battery-passport/keys'
import { base58btc } from 'multiformats/bases/base58'
import type { Signed } from './consortium.ts'
import { stamp, type TestAuthority, type TokenChange } from './timestamp-authority.ts'

/** A timestamp as it stands in a presentation. */
export interface Stamped {
  readonly digestMultibase: string
  readonly rfc3161: string
}

/** The 32 bytes of SHA-256 in a `digestMultibase`. */
export function digestBytes(digestMultibase: string): Uint8Array {
  return base58btc.decode(digestMultibase).subarray(2)
}

/** A timestamp of a signed credential, at an instant. */
export async function stamped(
  authority: TestAuthority,
  { reference: { digestMultibase } }: Signed,
  time: string,
  change: TokenChange = {},
): Promise<Stamped> {
  const token = await stamp(authority, digestBytes(digestMultibase), { time, ...change })
  return { digestMultibase, rfc3161: toBase64(token) }
}

/** A presentation with timestamps beside its credentials. */
export function withTimestamps(
  presentation: Uint8Array,
  timestamps: readonly object[],
): Uint8Array {
  const document: object = JSON.parse(new TextDecoder().decode(presentation))
  return new TextEncoder().encode(JSON.stringify({ ...document, '@context': CONTEXTS, timestamps }))
}
