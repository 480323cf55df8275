import {
  type CredentialType,
  credentialFaults,
  faultRemedy,
  parseInstant,
  type StatusEntry,
} from '@battery-passport/contexts'
import { LIMITS } from '@battery-passport/verifier'
import type { IssuanceFault } from '../errors.ts'

/** Room for a Data Integrity proof in JCS form, which is measured with the credential. */
const PROOF_BYTES = 1024

/** Every way in which a credential that is to be signed does not have the closed shape of its type. */
export function shapeFaults(type: CredentialType, credential: unknown): IssuanceFault[] {
  const compare = `Compare it with the JSON Schema of a ${type} (contexts/schemas/${type}.json).`
  return credentialFaults(type, credential).map((fault) => {
    const { pointer, expected, found } = fault
    const detail = `The ${type} would not have its form.`
    return { code: 'SCHEMA', pointer, expected, found, detail, remedy: faultRemedy(fault, compare) }
  })
}

interface Framed {
  readonly validFrom: string
  readonly validUntil: string
  readonly credentialStatus?: readonly StatusEntry[]
}

/** What every credential is held to besides its shape: validity in order, room for its proof. */
export function frameFaults(type: CredentialType, credential: Framed): IssuanceFault[] {
  // As long as its canonical form, which differs in the order of members alone.
  return [...validityFaults(credential), ...sizeFaults(type, JSON.stringify(credential))]
}

/** A credential that ends before it begins is never in force. */
export function validityFaults(credential: Framed): IssuanceFault[] {
  return orderFaults(credential, parseInstant, {
    pointer: '',
    from: 'validFrom',
    until: 'validUntil',
  })
}

/** Verifiers read no credential that is larger with its proof than their limits. */
export function sizeFaults(type: CredentialType, unsecured: string): IssuanceFault[] {
  const bytes = Buffer.byteLength(unsecured) + PROOF_BYTES
  const most = type === 'BatteryPassport' ? LIMITS.passportBytes : LIMITS.credentialBytes
  if (bytes <= most) return []
  return [
    {
      code: 'LIMIT_EXCEEDED',
      pointer: '',
      expected: `at most ${most} bytes with its proof`,
      found: `${bytes} bytes`,
      detail: `The ${type} would be larger than every verifier of this profile reads.`,
      remedy: 'Shorten texts, or split what it says over several credentials.',
    },
  ]
}

/** A span that ends before it begins would silently never hold. */
export function orderFaults<A extends string, B extends string>(
  span: Readonly<Record<A | B, string>>,
  parse: (text: string) => number | null,
  at: { readonly pointer: string; readonly from: A; readonly until: B },
): IssuanceFault[] {
  const from = parse(span[at.from])
  const until = parse(span[at.until])
  if (from !== null && until !== null && from <= until) return []
  return [
    {
      code: 'SCHEMA',
      pointer: `${at.pointer}/${at.until}`,
      expected: `not before ${span[at.from]}`,
      found: span[at.until],
      detail: `${at.until} is earlier than ${at.from}.`,
      remedy: 'Exchange or correct the two.',
    },
  ]
}
