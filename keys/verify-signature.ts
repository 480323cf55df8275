import type { PublicKey } from './public-key.ts'

/**
 * Whether the signature is one of the key over the bytes: Ed25519 (RFC 8032 §5.1.7) or ECDSA with
 * SHA-256 as `r ‖ s`. It runs in place: to hand one signature to the thread pool and wait for the
 * answer costs half as much again as to check it. For P-256 both forms of `s` count: a signature is
 * never the name of what it signs.
 */
export async function verifySignature(
  bytes: Uint8Array,
  signature: Uint8Array,
  publicKey: PublicKey,
): Promise<boolean> {
  if (signature.length !== 64) return false
  return publicKey.signatureCheck(bytes, signature)
}
