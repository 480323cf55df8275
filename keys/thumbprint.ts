import { digestMultibase } from '@battery-passport/contexts'
import type { PublicJwk } from './jwk.ts'

/**
 * The RFC 7638 thumbprint of a public JWK: SHA-256 over the required members in lexicographic
 * order, as a multihash in base58btc multibase (`zQm…`).
 *
 * @see https://www.rfc-editor.org/rfc/rfc7638#section-3
 */
export function thumbprint(jwk: PublicJwk): string {
  return digestMultibase(
    jwk.kty === 'OKP'
      ? JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x })
      : JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y }),
  )
}
