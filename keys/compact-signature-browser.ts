import { fromBase64url } from '@battery-passport/contexts'
import type { CompactJwt } from './decode-jose.ts'
import type { PublicKey } from './public-key.ts'
import { verifySignature } from './verify-signature.ts'

/**
 * Whether the signature of a compact JWT holds; the form of the JWT, and that its algorithm is that
 * of the key, was checked before. jose would add nothing but 19 kB: its Ed25519 is that of the
 * browser, which does not answer every signature as a server does.
 */
export async function compactSignatureHolds(
  compact: string,
  _header: CompactJwt['header'],
  publicKey: PublicKey,
): Promise<boolean> {
  const end = compact.lastIndexOf('.')
  const signature = fromBase64url(compact.slice(end + 1))
  const input = new TextEncoder().encode(compact.slice(0, end))
  return signature !== null && verifySignature(input, signature, publicKey)
}
