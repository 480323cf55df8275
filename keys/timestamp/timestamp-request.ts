import { isDer } from './der.ts'
import { loadPki } from './pki.ts'

/** A request for a timestamp, to be sent as `application/timestamp-query` (RFC 3161 §2.4.1). */
export interface TimestampRequest {
  readonly bytes: Uint8Array
  /** The number that the answer repeats, in hexadecimal. */
  readonly nonce: string
}

/**
 * The request to stamp a digest, with the certificates of the authority in the answer.
 *
 * @param digest the 32 bytes of a SHA-256
 */
export async function timestampRequest(digest: Uint8Array): Promise<TimestampRequest> {
  if (digest.length !== 32) throw new TypeError('timestampRequest: expected 32 bytes of SHA-256')
  const pki = await loadPki()
  const { Integer, Null, OctetString } = await import('asn1js')
  const random = globalThis.crypto.getRandomValues(new Uint8Array(16))
  // A positive integer of as many bytes as it has: no zero before it, no bit of a sign.
  random[0] = ((random[0] ?? 0) & 0x7f) | 0x40
  const request = new pki.TimeStampReq({
    version: 1,
    messageImprint: new pki.MessageImprint({
      hashAlgorithm: new pki.AlgorithmIdentifier({
        algorithmId: '2.16.840.1.101.3.4.2.1',
        algorithmParams: new Null(),
      }),
      hashedMessage: new OctetString({ valueHex: Uint8Array.from(digest).buffer }),
    }),
    nonce: new Integer({ valueHex: random.buffer }),
    certReq: true,
  })
  const bytes = new Uint8Array(request.toSchema().toBER())
  if (!isDer(bytes)) throw new TypeError('timestampRequest: the request is not DER')
  const nonce = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return { bytes, nonce }
}
