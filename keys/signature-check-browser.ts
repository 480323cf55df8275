import { fromBase64url } from '@battery-passport/contexts'
import { ed25519 } from '@noble/curves/ed25519.js'
import { bytesToNumberLE, concatBytes, equalBytes } from '@noble/curves/utils.js'
import { sha512 } from '@noble/hashes/sha2.js'
import type { PublicJwk } from './jwk.ts'
import type { SignatureCheck } from './signature-check.ts'
import { webCrypto } from './web-crypto.ts'

const { BASE, Fn } = ed25519.Point

/** The check of a key that was found sound, with the answers of `signature-check.ts`. */
export function signatureCheck(jwk: PublicJwk): SignatureCheck {
  return jwk.kty === 'OKP' ? ed25519Check(jwk.x) : p256Check(jwk)
}

/**
 * Ed25519 without the cofactor: `[S]B − [k]A` must be written as `R`, byte for byte. It is computed
 * here because implementations differ about keys and points with a part of small order: Web
 * Cryptography refuses an `R` of small order, others accept what holds only after multiplication
 * with the cofactor. A page must answer as a server does.
 *
 * @see https://eprint.iacr.org/2020/1244
 */
function ed25519Check(x: string): SignatureCheck {
  const raw = fromBase64url(x) ?? new Uint8Array()
  const key = ed25519.Point.fromBytes(raw)
  return (bytes, signature) => {
    const r = signature.subarray(0, 32)
    const s = bytesToNumberLE(signature.subarray(32))
    // A second form of the same signature (RFC 8032 §8.4).
    if (s >= Fn.ORDER) return false
    const k = bytesToNumberLE(sha512(concatBytes(r, raw, bytes))) % Fn.ORDER
    const point = BASE.multiplyUnsafe(s).subtract(key.multiplyUnsafe(k))
    return equalBytes(point.toBytes(), r)
  }
}

type Imported = ReturnType<ReturnType<typeof webCrypto>['importKey']>

function p256Check(jwk: PublicJwk): SignatureCheck {
  let imported: Imported | undefined
  return async (bytes, signature) => {
    const subtle = webCrypto()
    const curve = { name: 'ECDSA', namedCurve: 'P-256' }
    imported ??= subtle.importKey('jwk', { ...jwk }, curve, false, ['verify'])
    const way = { name: 'ECDSA', hash: 'SHA-256' }
    return subtle.verify(way, await imported, Uint8Array.from(signature), Uint8Array.from(bytes))
  }
}
