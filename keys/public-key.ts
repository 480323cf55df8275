import { fromBase64url, toBase64url } from '@battery-passport/contexts'
import { type SignatureCheck, signatureCheck } from '#signature-check'
import { BoundedCache } from './bounded-cache.ts'
import { detached } from './detached.ts'
import { type PublicJwk, parsePublicJwk } from './jwk.ts'
import { encodeMultikey, type KeyRefusal, type KeyType, splitMultikey } from './multikey.ts'
import { p256Point } from './p256-point.ts'
import { thumbprint } from './thumbprint.ts'
import { weaknessOf } from './weak-key.ts'

/** A public key that is canonical, on its curve and not weak. Only the readers below make one. */
export interface PublicKey {
  readonly type: KeyType
  /** `publicKeyMultibase` of a Multikey (Controlled Identifiers 1.0 §2.2.2). */
  readonly multibase: string
  readonly jwk: PublicJwk
  /** Whether a signature is one of this key; see `verifySignature`. */
  readonly signatureCheck: SignatureCheck
  /** RFC 7638 thumbprint as a SHA-256 multihash, base58btc. */
  readonly thumbprint: string
  /** A fresh copy of the bytes: 32 of Ed25519, 33 of the compressed P-256 point. */
  raw(): Uint8Array
}

/** What reading a key answers: a sound key, or why there is none. */
export type KeyReading = { readonly ok: true; readonly publicKey: PublicKey } | KeyRefusal

type Checked = { readonly ok: true; readonly jwk: PublicJwk } | KeyRefusal

const keys = new BoundedCache<PublicKey>(4096)

/** Reads a Multikey; anything but the one canonical encoding of a sound key is refused. */
export function publicKeyFromMultikey(multibase: string): KeyReading {
  const known = keys.get(multibase)
  if (known !== undefined) return { ok: true, publicKey: known }
  const parts = splitMultikey(multibase)
  if (!parts.ok) return parts
  const { type, raw } = parts
  const checked = type === 'Ed25519' ? checkEd25519(raw) : checkP256(raw)
  if (!checked.ok) return checked
  const { jwk } = checked
  const own = detached(multibase)
  const publicKey: PublicKey = Object.freeze({
    type,
    multibase: own,
    jwk: Object.freeze(jwk),
    signatureCheck: signatureCheck(jwk),
    thumbprint: thumbprint(jwk),
    raw: () => Uint8Array.from(raw),
  })
  keys.set(own, publicKey)
  return { ok: true, publicKey }
}

/** Reads the public members of a JSON Web Key, under the same checks. */
export function publicKeyFromJwk(value: unknown): KeyReading {
  const jwk = parsePublicJwk(value)
  if (jwk === null) {
    const detail = 'expected a JWK of kty OKP with crv Ed25519, or of kty EC with crv P-256'
    return { ok: false, code: 'KEY_UNSUPPORTED', detail }
  }
  const x = coordinate(jwk.x)
  if (jwk.kty === 'OKP') return publicKeyFromMultikey(encodeMultikey('Ed25519', x))
  const y = coordinate(jwk.y)
  const compressed = Uint8Array.from([(y.at(-1) ?? 0) % 2 === 0 ? 2 : 3, ...x])
  const reading = publicKeyFromMultikey(encodeMultikey('P-256', compressed))
  // Compression forgets all of y but its parity: the rest must be the y of that very point.
  return reading.ok && (reading.publicKey.jwk.kty !== 'EC' || reading.publicKey.jwk.y !== jwk.y)
    ? { ok: false, code: 'KEY_INVALID', detail: 'the point (x, y) is not on P-256' }
    : reading
}

function checkEd25519(raw: Uint8Array): Checked {
  const weak = weaknessOf(raw)
  if (weak === null) return { ok: true, jwk: { kty: 'OKP', crv: 'Ed25519', x: toBase64url(raw) } }
  const code = weak.weakness === 'not-a-point' ? 'KEY_INVALID' : 'KEY_WEAK'
  return { ok: false, code, detail: weak.detail }
}

function checkP256(raw: Uint8Array): Checked {
  const point = p256Point(raw)
  if (point === null) {
    const detail = 'the 33 bytes are not a compressed point of P-256'
    return { ok: false, code: 'KEY_INVALID', detail }
  }
  // Always 32 bytes each: one coordinate in 256 begins with a zero byte (RFC 7518 §6.2.1.2).
  const x = toBase64url(point.x)
  const y = toBase64url(point.y)
  return { ok: true, jwk: { kty: 'EC', crv: 'P-256', x, y } }
}

/** The bytes of a member that `parsePublicJwk` found canonical. */
function coordinate(text: string): Uint8Array {
  return fromBase64url(text) ?? new Uint8Array()
}
