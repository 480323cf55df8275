import { createECDH, createHash, createHmac, createPrivateKey } from 'node:crypto'
import { type KeyType, type Signer, signerFromJwk } from '@battery-passport/keys'

/** The order of the group of P-256 (SP 800-186 §3.2.1.3). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** PKCS #8 of an Ed25519 key up to its 32 bytes (RFC 8410 §7). */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * A signer whose key and signatures follow from a text, so that what it signs can be made again to
 * the byte. For tests alone: everybody can compute the key.
 */
export function seededSigner(seed: string, algorithm: KeyType = 'Ed25519', name?: string): Signer {
  const digest = createHash('sha256').update(`${algorithm} ${seed}`).digest()
  if (algorithm === 'Ed25519') return signerFromJwk(ed25519Jwk(digest), name)
  const secret = (toInteger(digest) % (ORDER - 1n)) + 1n
  const signer = signerFromJwk(p256Jwk(secret), name)
  return Object.freeze({
    ...signer,
    // OpenSSL signs with a random nonce, here it follows from key and message.
    sign: async (bytes: Uint8Array) => deterministicSignature(secret, bytes),
  })
}

function ed25519Jwk(secret: Buffer): unknown {
  const der = Buffer.concat([ED25519_PKCS8, secret])
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ format: 'jwk' })
}

function p256Jwk(secret: bigint): unknown {
  const point = publicPoint(secret)
  return {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
    d: toBytes(secret).toString('base64url'),
  }
}

function publicPoint(secret: bigint): Buffer {
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(toBytes(secret))
  return curve.getPublicKey()
}

/** ECDSA with the nonce of RFC 6979 §3.2 and SHA-256: `r ‖ s` with the lower `s`. */
export function deterministicSignature(secret: bigint, message: Uint8Array): Uint8Array {
  const hash = createHash('sha256').update(message).digest()
  for (const nonce of nonces(secret, hash)) {
    const r = toInteger(publicPoint(nonce).subarray(1, 33)) % ORDER
    const s = (inverse(nonce) * (toInteger(hash) + r * secret)) % ORDER
    if (r === 0n || s === 0n) continue
    return Buffer.concat([toBytes(r), toBytes(s > ORDER / 2n ? ORDER - s : s)])
  }
  throw new Error('deterministicSignature: no nonce')
}

function* nonces(secret: bigint, hash: Buffer): Generator<bigint> {
  const hmac = (key: Buffer, ...parts: Buffer[]) =>
    createHmac('sha256', key).update(Buffer.concat(parts)).digest()
  const material = Buffer.concat([toBytes(secret), toBytes(toInteger(hash) % ORDER)])
  let value = Buffer.alloc(32, 1)
  let key = Buffer.alloc(32, 0)
  for (const step of [0, 1]) {
    key = hmac(key, value, Buffer.of(step), material)
    value = hmac(key, value)
  }
  for (;;) {
    value = hmac(key, value)
    const nonce = toInteger(value)
    if (nonce > 0n && nonce < ORDER) yield nonce
    key = hmac(key, value, Buffer.of(0))
    value = hmac(key, value)
  }
}

/** Fermat: the order is prime. */
function inverse(value: bigint): bigint {
  let [result, base, exponent] = [1n, value % ORDER, ORDER - 2n]
  for (; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % ORDER
    base = (base * base) % ORDER
  }
  return result
}

function toInteger(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
}

function toBytes(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, '0'), 'hex')
}
