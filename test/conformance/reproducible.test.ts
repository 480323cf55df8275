import assert from 'node:assert/strict'
import { verifySignature } from '@battery-passport/keys'
import { bitsSet, decodeBitstring } from '@battery-passport/verifier'
import {
  Consortium,
  deterministicSignature,
  plainBitstring,
  seededSigner,
} from '../support/consortium.ts'

describe('what a corpus is made with', () => {
  it('signs P-256 as RFC 6979 A.2.5 does, in the lower form', () => {
    const secret = 0xc9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721n
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
    const s = order - 0xf7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8n
    const expected = `efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716${s.toString(16).padStart(64, '0')}`
    const signature = deterministicSignature(secret, Buffer.from('sample'))
    assert.equal(Buffer.from(signature).toString('hex'), expected)
  })

  for (const algorithm of ['Ed25519', 'P-256'] as const) {
    it(`signs the same bytes with the same ${algorithm} key for the same seed, and no other`, async () => {
      const bytes = Buffer.from('a text')
      const [signer, again, other] = ['one', 'one', 'two'].map((seed) =>
        seededSigner(seed, algorithm),
      )
      assert.ok(signer !== undefined && again !== undefined && other !== undefined)
      const signature = await signer.sign(bytes)
      assert.deepEqual(Buffer.from(await again.sign(bytes)), Buffer.from(signature))
      assert.notEqual(other.did, signer.did)
      assert.equal(await verifySignature(bytes, signature, signer.publicKey), true)
      assert.equal(await verifySignature(bytes, signature, other.publicKey), false)
    })
  }

  it('writes status lists that every decoder reads', () => {
    for (const set of [[], [0], [5, 131_071], [7, 8, 9, 60_000]]) {
      const decoded = decodeBitstring(plainBitstring(set))
      assert.ok(decoded.ok)
      assert.equal(decoded.bits.length, 16_384)
      assert.equal(bitsSet(decoded.bits), set.length)
      for (const index of set) {
        const byte = decoded.bits[Math.floor(index / 8)] ?? 0
        assert.notEqual(byte & (0x80 >> (index % 8)), 0)
      }
    }
  })

  it('makes the same presentation twice, whatever was made in between', async () => {
    const one = await Consortium.assemble({ seed: 'x' })
    const two = await Consortium.assemble({ seed: 'x' })
    await two.passport({ credential: { id: 'https://packmaker.example/passports/another' } })
    assert.deepEqual(
      Buffer.from(await two.presentation()).toString(),
      Buffer.from(await one.presentation()).toString(),
    )
    const verdict = await one.verifier().verifyPassport(await two.presentation())
    assert.equal(verdict.outcome, 'accepted')
  })
})
