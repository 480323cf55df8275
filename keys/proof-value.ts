import { base58btc } from 'multiformats/bases/base58'

/** A signature of 64 bytes makes at most this many characters of base58btc with its `z`. */
const MAX_LENGTH = 89

/** Encodes a signature as `proofValue` has it: multibase base58btc (Data Integrity 1.0 §2.1). */
export function encodeProofValue(signature: Uint8Array): string {
  return base58btc.encode(signature)
}

/**
 * The 64 bytes of a `proofValue`, or null when it is not their one canonical text. Libraries also
 * read base64url and unused bits, so that a credential would have many texts and digests.
 */
export function decodeProofValue(text: string): Uint8Array | null {
  if (text.length > MAX_LENGTH || !text.startsWith('z')) return null
  let signature: Uint8Array
  try {
    signature = base58btc.decode(text)
  } catch {
    return null
  }
  return signature.length === 64 && encodeProofValue(signature) === text ? signature : null
}
