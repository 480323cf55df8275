import assert from 'node:assert/strict'
import {
  didKeyResolver,
  encodeMultikey,
  generateSigner,
  publicKeyFromMultikey,
  secureWithJose,
} from '@battery-passport/keys'
import { ED25519_TORSION_SUBGROUP, ed25519 } from '@noble/curves/ed25519.js'
import { p256 } from '@noble/curves/nist.js'
import { bytesToNumberLE, concatBytes, numberToBytesLE } from '@noble/curves/utils.js'
import { sha512 } from '@noble/hashes/sha2.js'
import * as nodeJwt from '../../keys/compact-signature.ts'
import * as browserJwt from '../../keys/compact-signature-browser.ts'
import { decodeJose } from '../../keys/decode-jose.ts'
import * as node from '../../keys/signature-check.ts'
import * as browser from '../../keys/signature-check-browser.ts'
import { webCrypto } from '../../keys/web-crypto.ts'
import { describeShared, readText } from '../support/shared.ts'

const { Point } = ed25519
const { BASE, Fn } = Point
const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
const torsion = ED25519_TORSION_SUBGROUP.map((encoded) => Point.fromHex(encoded))
const messages = Array.from({ length: 48 }, (_, index) => Uint8Array.of(index, 1, 2))

/** What both answer; they must not differ. */
async function answer(raw: Uint8Array, message: Uint8Array, signature: Uint8Array) {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(raw).toString('base64url') } as const
  const expected = await node.signatureCheck(jwk)(message, signature)
  assert.equal(await browser.signatureCheck(jwk)(message, signature), expected)
  return expected
}

function challenge(r: Uint8Array, key: Uint8Array, message: Uint8Array): bigint {
  return bytesToNumberLE(sha512(concatBytes(r, key, message))) % Fn.ORDER
}

/** A signature by whoever knows `a`, with any points of small order added. */
function forge(options: { message: Uint8Array; inKey?: number; inR?: number; r?: bigint }) {
  const { message, inKey = 0, inR = 0, r = 77n } = options
  const a = 123_456_789n
  const key = BASE.multiply(a)
    .add(torsion[inKey] ?? Point.ZERO)
    .toBytes()
  const nonce = r === 0n ? Point.ZERO : BASE.multiply(r)
  const encoded = nonce.add(torsion[inR] ?? Point.ZERO).toBytes()
  const s = (r + challenge(encoded, key, message) * a) % Fn.ORDER
  return { key, signature: concatBytes(encoded, numberToBytesLE(s, 32)), s }
}

describe('the check of a signature in a browser', function () {
  this.timeout(60_000)

  describe('of Ed25519 answers as the check of Node does', () => {
    it('an honest signature, and one over something else', async () => {
      for (const message of messages) {
        const { key, signature } = forge({ message })
        assert.equal(await answer(key, message, signature), true)
        assert.equal(await answer(key, Uint8Array.of(9), signature), false)
      }
    })

    it('a key with a part of small order: by the equation without the cofactor', async () => {
      const seen = new Set<boolean>()
      for (const message of messages) {
        for (const inKey of torsion.keys()) {
          const { key, signature } = forge({ message, inKey })
          seen.add(await answer(key, message, signature))
        }
      }
      assert.deepEqual([...seen].sort(), [false, true])
    })

    it('an R with a part of small order: no', async () => {
      for (const inR of torsion.keys()) {
        const [message = new Uint8Array()] = messages
        const { key, signature } = forge({ message, inR })
        assert.equal(await answer(key, message, signature), inR === 0)
      }
    })

    it('an R of small order, which Web Cryptography refuses: as the equation has it', async () => {
      for (const inR of torsion.keys()) {
        for (const inKey of torsion.keys()) {
          const [message = new Uint8Array()] = messages
          const { key, signature } = forge({ message, inR, inKey, r: 0n })
          const isExact = await answer(key, message, signature)
          if (inKey === 0) assert.equal(isExact, inR === 0)
        }
      }
    })

    it('an S that is too large, and an R that is not canonical: no', async () => {
      const [message = new Uint8Array()] = messages
      const { key, signature, s } = forge({ message })
      const larger = concatBytes(signature.subarray(0, 32), numberToBytesLE(s + Fn.ORDER, 32))
      assert.equal(await answer(key, message, larger), false)
      const identity = forge({ message, r: 0n })
      for (const r of [`01${'00'.repeat(30)}80`, `ee${'ff'.repeat(30)}7f`, 'ff'.repeat(32)]) {
        const other = concatBytes(hex(r), identity.signature.subarray(32))
        assert.equal(await answer(identity.key, message, other), false)
      }
    })
  })

  for (const [type, file] of [
    ['Ed25519', 'ed25519_test.json'],
    ['P-256', 'ecdsa_secp256r1_sha256_p1363_test.json'],
  ] as const) {
    describeShared(`on the Wycheproof vectors of ${type}`, `vectors/wycheproof/${file}`, (path) => {
      it('answers what it should', async () => {
        const { testGroups } = JSON.parse(readText(path))
        let answered = 0
        for (const { publicKey, tests } of testGroups) {
          const raw =
            type === 'Ed25519'
              ? hex(publicKey.pk)
              : p256.Point.fromBytes(hex(publicKey.uncompressed)).toBytes(true)
          const reading = publicKeyFromMultikey(encodeMultikey(type, raw))
          if (!reading.ok) continue
          const check = browser.signatureCheck(reading.publicKey.jwk)
          for (const { msg, sig, result, tcId } of tests) {
            // What is not 64 bytes long comes to no check.
            if (sig.length !== 128) continue
            assert.equal(await check(hex(msg), hex(sig)), result === 'valid', `${tcId}`)
            answered += 1
          }
        }
        assert.ok(answered > 100, `${answered}`)
      })
    })
  }

  for (const type of ['Ed25519', 'P-256'] as const) {
    it(`of a JWT of ${type} holds where that of jose holds`, async () => {
      const signer = generateSigner(type)
      const unsecured = { '@context': ['https://x.example/'], issuer: signer.did, type: ['A'] }
      const compact = await secureWithJose(unsecured, { signer, issuedAt: 1_700_000_000 })
      const [head = '', payload = '', signature = ''] = compact.split('.')
      const other = Buffer.from(signature, 'base64url')
      other[40] = (other[40] ?? 0) ^ 1
      for (const [jwt, holds] of [
        [compact, true],
        [`${head}.${payload}.${other.toString('base64url')}`, false],
        [`${head}.${payload.replace(/.$/, '')}.${signature}`, false],
      ] as const) {
        const decoded = decodeJose(compact)
        assert.ok(decoded.ok)
        for (const { compactSignatureHolds } of [nodeJwt, browserJwt]) {
          const found = await compactSignatureHolds(jwt, decoded.header, signer.publicKey)
          assert.equal(found, holds)
        }
      }
    })

    it(`may do without the library for a canonical did:key of ${type}`, async () => {
      // The resolver of Node asks the library for each of them: it finds nothing against any.
      for (let index = 0; index < 150; index += 1) {
        const { did } = generateSigner(type)
        assert.equal((await didKeyResolver().resolve(did)).ok, true, did)
      }
    })
  }

  it('says that a page without Web Cryptography has none, and blames no signature', async () => {
    const { publicKey } = generateSigner('P-256')
    const whole = Object.getOwnPropertyDescriptor(globalThis, 'crypto')
    assert.ok(whole !== undefined)
    Object.defineProperty(globalThis, 'crypto', { configurable: true, value: {} })
    try {
      assert.throws(() => webCrypto(), /https or from localhost/)
      const check = browser.signatureCheck(publicKey.jwk)
      await assert.rejects(async () => check(new Uint8Array(1), new Uint8Array(64)), /https/)
    } finally {
      Object.defineProperty(globalThis, 'crypto', whole)
    }
    assert.ok(webCrypto())
  })
})
