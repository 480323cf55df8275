import { createPublicKey, verify } from 'node:crypto'
import type { PublicJwk } from './jwk.ts'

/** Whether 64 bytes are a signature of one key over the bytes; nothing is thrown for a bad one. */
export type SignatureCheck = (
  bytes: Uint8Array,
  signature: Uint8Array,
) => boolean | Promise<boolean>

/**
 * The check of a key that was found sound: Ed25519 (RFC 8032 §5.1.7, without the cofactor), or ECDSA
 * with SHA-256 as `r ‖ s`. Browsers have `signature-check-browser.ts` in the place of
 * this file. The key is imported here, once: at every use that would cost as much as to verify.
 */
export function signatureCheck(jwk: PublicJwk): SignatureCheck {
  const key = createPublicKey({ key: { ...jwk }, format: 'jwk' })
  const options = { key, dsaEncoding: 'ieee-p1363' } as const
  const hash = jwk.kty === 'OKP' ? null : 'sha256'
  return (bytes, signature) => {
    try {
      return verify(hash, bytes, options, signature)
    } catch {
      // Whatever goes wrong inside is not a valid signature.
      return false
    }
  }
}
