import type { CompactJwt } from './decode-jose.ts'
import type { PublicKey } from './public-key.ts'

/**
 * Whether the signature of a compact JWT holds, by jose; the form of the JWT was checked before. Browsers
 * have `compact-signature-browser.ts` in the place of this file.
 */
export async function compactSignatureHolds(
  compact: string,
  { alg }: CompactJwt['header'],
  publicKey: PublicKey,
): Promise<boolean> {
  const { compactVerify } = await import('jose')
  try {
    await compactVerify(compact, publicKey.jwk, { algorithms: [alg] })
    return true
  } catch {
    return false
  }
}
