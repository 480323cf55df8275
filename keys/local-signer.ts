import {
  createECDH,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto'
import { type PrivateJwk, parsePrivateJwk } from './jwk.ts'
import { lowS } from './low-s.ts'
import { encodeMultikey, type KeyType } from './multikey.ts'
import { type KeyReading, publicKeyFromJwk, publicKeyFromMultikey } from './public-key.ts'
import type { Signer } from './signer.ts'
import { signerName } from './signer-name.ts'
import { thumbprint } from './thumbprint.ts'

/** A new private key as a JSON Web Key, from the operating system's random numbers. */
export function generatePrivateJwk(algorithm: KeyType): PrivateJwk {
  const { privateKey } =
    algorithm === 'Ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = parsePrivateJwk(privateKey.export({ format: 'jwk' }))
  if (jwk === null) throw new TypeError(`generatePrivateJwk: no ${algorithm} key was made`)
  return jwk
}

/** A signer with a new key that is kept nowhere: for tests and demonstrations. */
export function generateSigner(algorithm: KeyType = 'Ed25519', name?: string): Signer {
  return signerFromJwk(generatePrivateJwk(algorithm), name)
}

/**
 * A signer that holds the private key in memory, as a `KeyObject` that prints no secret.
 *
 * @param value a private JWK of Ed25519 (RFC 8037) or P-256 (RFC 7518)
 * @param name the did:web, or the verification method of one, that it signs as; default its did:key
 * @throws {TypeError} when it is none, or its public members belong to another secret, or the name
 *   is no canonical did:web; the message never holds a member of the key
 */
export function signerFromJwk(value: unknown, name?: string): Signer {
  const jwk = parsePrivateJwk(value)
  if (jwk === null) {
    throw new TypeError('signerFromJwk: expected a private JWK of Ed25519 or P-256 with x, y and d')
  }
  const { key, reading } = importKey(jwk)
  if (!reading.ok) throw new TypeError(`signerFromJwk: ${reading.detail}`)
  const { publicKey } = reading
  if (thumbprint(jwk) !== publicKey.thumbprint) {
    // Signing with a public key that is not one's own gives the secret of Ed25519 away.
    throw new TypeError('signerFromJwk: the public members do not belong to the secret d')
  }
  const names = signerName(publicKey, name)
  if (names === null) throw new TypeError(`signerFromJwk: ${name} is no canonical did:web`)
  const { did, url } = names
  const algorithm = publicKey.type
  const signingKey = { key, dsaEncoding: 'ieee-p1363' } as const
  return Object.freeze({
    did,
    verificationMethod: url,
    publicKey,
    algorithm,
    // In place: the way to the thread pool and back takes longer than to sign.
    async sign(bytes: Uint8Array) {
      if (algorithm === 'Ed25519') return Uint8Array.from(sign(null, bytes, signingKey))
      return lowS(sign('sha256', bytes, signingKey))
    },
  })
}

/** The private key, and the public key computed from nothing but the secret. */
function importKey(jwk: PrivateJwk): { readonly key: KeyObject; readonly reading: KeyReading } {
  try {
    const key = createPrivateKey({ key: { ...jwk }, format: 'jwk' })
    if (jwk.kty === 'OKP') {
      return { key, reading: publicKeyFromJwk(createPublicKey(key).export({ format: 'jwk' })) }
    }
    // For EC, createPublicKey() would only repeat the x and y of the JWK.
    const curve = createECDH('prime256v1')
    curve.setPrivateKey(jwk.d, 'base64url')
    const point = curve.getPublicKey(null, 'compressed')
    return { key, reading: publicKeyFromMultikey(encodeMultikey('P-256', point)) }
  } catch {
    // The cause is left out: its message might quote the key.
    throw new TypeError('signerFromJwk: the private JWK is not a key of its curve')
  }
}
