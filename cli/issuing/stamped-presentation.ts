import { CONTEXTS } from '@battery-passport/contexts'
import type { Timestamp } from '@battery-passport/issuer'
import { toBase64 } from '@battery-passport/keys'
import { decodeInput } from '@battery-passport/verifier'
import { memberOf, parsed } from '../service/json-members.ts'

/** As many as the form of a presentation has room for. */
const MOST = 256

/** A presentation with one more timestamp, before those it has. */
export function stampedPresentation(presentation: string, timestamp: Timestamp): string {
  const { timestamps } = decodeInput(new TextEncoder().encode(presentation))
  const others = timestamps.flatMap(({ digestMultibase, bytes }) =>
    digestMultibase === null ? [] : [{ digestMultibase, rfc3161: toBase64(bytes) }],
  )
  return JSON.stringify({
    ...memberOf(parsed(presentation)),
    '@context': CONTEXTS,
    timestamps: [timestamp, ...others].slice(0, MOST),
  })
}
