import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import {
  encodeMultikey,
  generateSigner,
  publicKeyFromJwk,
  publicKeyFromMultikey,
  thumbprint,
} from '@battery-passport/keys'
import { ed25519 } from '@noble/curves/ed25519.js'
import { p256 } from '@noble/curves/nist.js'
import { calculateJwkThumbprint } from 'jose'
import { base58btc } from 'multiformats/bases/base58'

const P = 2n ** 255n - 19n

/** 32 bytes, little-endian, of a y coordinate and the sign of x. */
function point(y: bigint, sign: 0 | 1): Uint8Array {
  const bytes = Buffer.from(y.toString(16).padStart(64, '0'), 'hex').reverse()
  bytes[31] = (bytes[31] ?? 0) | (sign << 7)
  return Uint8Array.from(bytes)
}

/** Every encoding of the eight points of small order, canonical or not (eprint 2020/1244, table 1). */
function smallOrderEncodings(): Uint8Array[] {
  const eighth = ed25519.Point.fromHex(
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  )
  const ys = new Set<bigint>()
  let multiple = ed25519.Point.ZERO
  for (let n = 0; n < 8; n += 1) {
    ys.add(multiple.toAffine().y)
    multiple = multiple.add(eighth)
  }
  const texts = [...ys].flatMap((y) => (y + P < 2n ** 255n ? [y, y + P] : [y]))
  return texts.flatMap((y) => [point(y, 0), point(y, 1)])
}

const codeOf = (multibase: string) => {
  const reading = publicKeyFromMultikey(multibase)
  return reading.ok ? 'ok' : reading.code
}

describe('A Multikey', () => {
  it('of Ed25519 is read and written back as the same text', () => {
    const { publicKey } = generateSigner('Ed25519')
    assert.match(publicKey.multibase, /^z6Mk/)
    assert.equal(encodeMultikey('Ed25519', publicKey.raw()), publicKey.multibase)
    assert.equal(codeOf(publicKey.multibase), 'ok')
  })

  it('of P-256 is read and written back as the same text', () => {
    const { publicKey } = generateSigner('P-256')
    assert.match(publicKey.multibase, /^zDn/)
    assert.equal(encodeMultikey('P-256', publicKey.raw()), publicKey.multibase)
    assert.equal(codeOf(publicKey.multibase), 'ok')
  })

  it('imports its key once', () => {
    const { publicKey } = generateSigner('Ed25519')
    const again = publicKeyFromMultikey(publicKey.multibase)
    assert.ok(again.ok)
    assert.equal(again.publicKey.signatureCheck, publicKey.signatureCheck)
  })

  it('hands out copies of its bytes, so that nobody changes a cached key', () => {
    const { publicKey } = generateSigner('Ed25519')
    publicKey.raw().fill(0)
    assert.equal(encodeMultikey('Ed25519', publicKey.raw()), publicKey.multibase)
  })

  const { publicKey: ed } = generateSigner('Ed25519')
  const { publicKey: ec } = generateSigner('P-256')
  const withHeader = (header: readonly number[], raw: Uint8Array) =>
    base58btc.encode(Uint8Array.from([...header, ...raw]))

  const refused: readonly (readonly [string, string, string])[] = [
    ['with a longer varint', withHeader([0xed, 0x81, 0x00], ed.raw()), 'KEY_UNSUPPORTED'],
    ['of X25519', withHeader([0xec, 0x01], ed.raw()), 'KEY_UNSUPPORTED'],
    ['of no known type', withHeader([0xff, 0xff], ed.raw()), 'KEY_UNSUPPORTED'],
    ['of Ed25519 with the header of P-256', withHeader([0x80, 0x24], ed.raw()), 'KEY_INVALID'],
    ['of 31 bytes', withHeader([0xed, 0x01], ed.raw().slice(1)), 'KEY_INVALID'],
    ['of 33 bytes', withHeader([0xed, 0x01], Uint8Array.from([...ed.raw(), 0])), 'KEY_INVALID'],
    ['of no bytes', withHeader([0xed, 0x01], new Uint8Array()), 'KEY_INVALID'],
    [
      'of an uncompressed P-256 point',
      withHeader([0x80, 0x24], p256.Point.fromBytes(ec.raw()).toBytes(false)),
      'KEY_INVALID',
    ],
    [
      'of the bare coordinates of P-256',
      withHeader([0x80, 0x24], p256.Point.fromBytes(ec.raw()).toBytes(false).slice(1)),
      'KEY_INVALID',
    ],
    ['that is empty', '', 'KEY_INVALID'],
    ['that is only a prefix', 'z', 'KEY_UNSUPPORTED'],
    ['in base64url', `u${Buffer.from(ed.raw()).toString('base64url')}`, 'KEY_INVALID'],
    ['with a character outside of base58', `${ed.multibase.slice(0, -1)}0`, 'KEY_INVALID'],
    ['with white space after it', `${ed.multibase} `, 'KEY_INVALID'],
    ['with a leading zero byte', `z1${ed.multibase.slice(1)}`, 'KEY_UNSUPPORTED'],
  ]
  for (const [title, multibase, code] of refused) {
    it(`is refused ${title}`, () => assert.equal(codeOf(multibase), code))
  }

  it('is refused with an x that is on no point of P-256', () => {
    const offCurve = Array.from({ length: 20 }, (_, x) =>
      encodeMultikey('P-256', Uint8Array.from([2, ...new Uint8Array(31), x])),
    ).filter((multibase) => codeOf(multibase) !== 'ok')
    assert.ok(offCurve.length > 0)
    for (const multibase of offCurve) assert.equal(codeOf(multibase), 'KEY_INVALID')
  })

  it('is refused with an x that is not below the prime of P-256', () => {
    const x = p256.Point.Fp.ORDER + 5n
    const bytes = Buffer.from(`02${x.toString(16)}`, 'hex')
    assert.equal(codeOf(encodeMultikey('P-256', bytes)), 'KEY_INVALID')
  })

  it('of 100,000 characters is refused before it is decoded', () => {
    const before = performance.now()
    assert.equal(codeOf(`z${'2'.repeat(100_000)}`), 'KEY_UNSUPPORTED')
    assert.ok(performance.now() - before < 2000)
  })
})

describe('A weak Ed25519 key', () => {
  const encodings = smallOrderEncodings()

  it('has fourteen encodings of small order', () => assert.equal(encodings.length, 14))

  for (const raw of encodings) {
    const hex = Buffer.from(raw).toString('hex')
    it(`is refused: ${hex}`, () => assert.equal(codeOf(encodeMultikey('Ed25519', raw)), 'KEY_WEAK'))
  }

  it('is refused in every non-canonical encoding of a point of the curve', () => {
    const codes = Array.from({ length: 19 }, (_, y) =>
      codeOf(encodeMultikey('Ed25519', point(BigInt(y) + P, 0))),
    )
    // Of the nineteen y at or above the prime, those on the curve are weak, the others no points.
    assert.ok(codes.every((code) => code === 'KEY_WEAK' || code === 'KEY_INVALID'))
    assert.ok(codes.filter((code) => code === 'KEY_WEAK').length > 2)
  })

  it('would have been trusted by node:crypto: one signature, any message', () => {
    const identity = point(1n, 0)
    const x = Buffer.from(identity).toString('base64url')
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    const forged = Buffer.concat([identity, Buffer.alloc(32)])
    for (const message of ['a passport', 'another passport']) {
      assert.equal(verify(null, Buffer.from(message), key, forged), true)
    }
    assert.equal(codeOf(encodeMultikey('Ed25519', identity)), 'KEY_WEAK')
  })
})

describe('A public JWK', () => {
  for (const [coordinate, scalar] of [
    ['x', 379n],
    ['y', 43n],
  ] as const) {
    it(`of P-256 has 32 bytes of ${coordinate} even when the first is zero`, () => {
      const raw = p256.Point.BASE.multiply(scalar).toBytes(true)
      const reading = publicKeyFromMultikey(encodeMultikey('P-256', raw))
      assert.ok(reading.ok && reading.publicKey.jwk.kty === 'EC')
      const bytes = Buffer.from(reading.publicKey.jwk[coordinate], 'base64url')
      assert.equal(bytes.length, 32)
      assert.equal(bytes[0], 0)
    })
  }

  for (const type of ['Ed25519', 'P-256'] as const) {
    it(`of ${type} gives the same key as its Multikey`, () => {
      const { publicKey } = generateSigner(type)
      const reading = publicKeyFromJwk({ ...publicKey.jwk, alg: 'ignored', kid: 'ignored' })
      assert.ok(reading.ok)
      assert.equal(reading.publicKey.multibase, publicKey.multibase)
    })

    it(`of ${type} has the RFC 7638 thumbprint that jose computes`, async () => {
      const { publicKey } = generateSigner(type)
      const expected = Buffer.from(await calculateJwkThumbprint(publicKey.jwk), 'base64url')
      const multihash = base58btc.decode(thumbprint(publicKey.jwk))
      assert.deepEqual([...multihash], [0x12, 0x20, ...expected])
      assert.equal(publicKey.thumbprint, thumbprint(publicKey.jwk))
    })
  }

  const { jwk } = generateSigner('P-256').publicKey
  const other = generateSigner('P-256').publicKey.jwk
  for (const [title, value] of [
    ['with the y of another point', { ...jwk, y: other.kty === 'EC' ? other.y : '' }],
    ['with a short x', { ...jwk, x: jwk.x.slice(0, 42) }],
    ['with unused bits set', { ...jwk, x: `${jwk.x.slice(0, 42)}B` }],
    ['of RSA', { kty: 'RSA', n: 'AQAB', e: 'AQAB' }],
    ['that is a text', 'z6Mk'],
    ['that is null', null],
  ] as const) {
    it(`is refused ${title}`, () => assert.equal(publicKeyFromJwk(value).ok, false))
  }
})
