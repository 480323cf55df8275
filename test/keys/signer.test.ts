import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import {
  generatePrivateJwk,
  generateSigner,
  signerFromJwk,
  verifySignature,
} from '@battery-passport/keys'
import { p256 } from '@noble/curves/nist.js'

const message = new TextEncoder().encode('a statement')

describe('A signer', () => {
  for (const type of ['Ed25519', 'P-256'] as const) {
    it(`of ${type} makes signatures of 64 bytes that its public key verifies`, async () => {
      const signer = generateSigner(type)
      const signature = await signer.sign(message)
      assert.equal(signature.length, 64)
      assert.equal(signer.algorithm, type)
      assert.equal(await verifySignature(message, signature, signer.publicKey), true)
    })

    it(`of ${type} makes none that another key or message would verify`, async () => {
      const signer = generateSigner(type)
      const signature = await signer.sign(message)
      const other = generateSigner(type).publicKey
      const otherType = generateSigner(type === 'Ed25519' ? 'P-256' : 'Ed25519').publicKey
      assert.equal(await verifySignature(message, signature, other), false)
      assert.equal(await verifySignature(message, signature, otherType), false)
      assert.equal(await verifySignature(message.slice(1), signature, signer.publicKey), false)
    })

    it(`of ${type} comes back from its JWK`, () => {
      const jwk = generatePrivateJwk(type)
      assert.equal(signerFromJwk(jwk).did, signerFromJwk({ ...jwk, kid: 'ignored' }).did)
    })

    it(`of ${type} shows its secret to nobody who prints it`, () => {
      const jwk = generatePrivateJwk(type)
      const signer = signerFromJwk(jwk)
      const shown = [
        JSON.stringify(signer),
        inspect(signer, { depth: 9, showHidden: true }),
        String(signer),
      ].join()
      assert.ok(!shown.includes(jwk.d))
      assert.ok(!shown.includes(Buffer.from(jwk.d, 'base64url').toString('hex')))
    })

    it(`of ${type} refuses a JWK whose public part belongs to another secret`, () => {
      const jwk = generatePrivateJwk(type)
      const { d } = generatePrivateJwk(type)
      assert.throws(
        () => signerFromJwk({ ...jwk, d }),
        (error: unknown) =>
          error instanceof TypeError &&
          !inspect(error).includes(d) &&
          !inspect(error).includes(jwk.d),
      )
    })
  }

  for (const [title, value] of [
    ['a public JWK', generateSigner().publicKey.jwk],
    ['RSA', { kty: 'RSA', n: 'AQAB', e: 'AQAB', d: 'AQAB' }],
    ['a short secret', { ...generatePrivateJwk('Ed25519'), d: 'AAAA' }],
    ['a P-256 secret of zero', { ...generatePrivateJwk('P-256'), d: 'A'.repeat(43) }],
    ['null', null],
    ['a text', 'secret'],
  ] as const) {
    it(`is not made from ${title}`, () => assert.throws(() => signerFromJwk(value), TypeError))
  }

  it('of P-256 writes the lower form of s, whichever node:crypto made', async () => {
    const signer = generateSigner('P-256')
    const half = p256.Point.Fn.ORDER / 2n
    for (let round = 0; round < 32; round += 1) {
      const signature = await signer.sign(message)
      const s = BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`)
      assert.ok(s > 0n && s <= half)
      assert.equal(await verifySignature(message, signature, signer.publicKey), true)
    }
  })
})

describe('A signature', () => {
  it('of P-256 also verifies in its higher form, so its bytes name nothing', async () => {
    const { publicKey, sign } = generateSigner('P-256')
    const signature = await sign(message)
    const s = BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`)
    const higher = (p256.Point.Fn.ORDER - s).toString(16).padStart(64, '0')
    const twin = Uint8Array.from([...signature.subarray(0, 32), ...Buffer.from(higher, 'hex')])
    assert.equal(await verifySignature(message, twin, publicKey), true)
  })

  for (const type of ['Ed25519', 'P-256'] as const) {
    it(`of ${type} that is empty, zero, too short or too long is not valid`, async () => {
      const { publicKey, sign } = generateSigner(type)
      const good = await sign(message)
      for (const bad of [
        new Uint8Array(),
        new Uint8Array(64),
        good.subarray(0, 63),
        Uint8Array.from([...good, 0]),
      ]) {
        assert.equal(await verifySignature(message, bad, publicKey), false)
      }
    })
  }
})
