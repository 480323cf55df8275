import { TAG } from './der.ts'
import { der } from './write-der.ts'

/** A request for a timestamp, to be sent as `application/timestamp-query` (RFC 3161 §2.4.1). */
export interface TimestampRequest {
  readonly bytes: Uint8Array
  /** The number that the answer repeats, in hexadecimal. */
  readonly nonce: string
}

/** AlgorithmIdentifier of SHA-256: 2.16.840.1.101.3.4.2.1 and no parameters (RFC 5754 §2). */
const SHA_256 = der(
  TAG.sequence,
  der(TAG.oid, Uint8Array.from([0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01])),
  der(TAG.null),
)

const VERSION_1 = der(TAG.integer, Uint8Array.from([1]))
const TRUE = der(TAG.boolean, Uint8Array.from([0xff]))

/**
 * The request to stamp a digest, with the certificates of the authority in the answer.
 *
 * @param digest the 32 bytes of a SHA-256
 */
export function timestampRequest(digest: Uint8Array): TimestampRequest {
  if (digest.length !== 32) throw new TypeError('timestampRequest: expected 32 bytes of SHA-256')
  const random = globalThis.crypto.getRandomValues(new Uint8Array(16))
  // A positive integer of as many bytes as it has: no zero before it, no bit of a sign.
  random[0] = ((random[0] ?? 0) & 0x7f) | 0x40
  const imprint = der(TAG.sequence, SHA_256, der(TAG.octetString, digest))
  const nonce = der(TAG.integer, random)
  return {
    bytes: der(TAG.sequence, VERSION_1, imprint, nonce, TRUE),
    nonce: Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join(''),
  }
}
