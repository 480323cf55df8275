import { PROOF_VALUE_PATTERN } from '@battery-passport/contexts'
import { base58btc } from 'multiformats/bases/base58'

/** Encodes a signature as `proofValue` has it: multibase base58btc (Data Integrity 1.0 §2.1). */
export function encodeProofValue(signature: Uint8Array): string {
  return base58btc.encode(signature)
}

const BASE58BTC = new RegExp(PROOF_VALUE_PATTERN)

/**
 * The 64 bytes of a `proofValue`, or null when it is not their one canonical text. Libraries also
 * read base64url and unused bits, so that a credential would have many texts and digests; a number
 * and its leading zeros have one text in base58.
 */
export function decodeProofValue(text: string): Uint8Array | null {
  if (!BASE58BTC.test(text)) return null
  const signature = base58btc.decode(text)
  return signature.length === 64 ? signature : null
}
