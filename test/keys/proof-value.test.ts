import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { decodeProofValue, encodeProofValue } from '@battery-passport/keys'
import fc from 'fast-check'

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

describe('A proofValue', () => {
  it('is read as the bytes it was written from', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), (signature) => {
        assert.deepEqual(decodeProofValue(encodeProofValue(signature)), signature)
      }),
    )
    for (const signature of [new Uint8Array(64), new Uint8Array(64).fill(255)]) {
      assert.deepEqual(decodeProofValue(encodeProofValue(signature)), signature)
    }
  })

  it('has one text only: whatever is read is written as the same text', () => {
    const digits = fc.array(fc.constantFrom(...ALPHABET), { minLength: 62, maxLength: 90 })
    let read = 0
    fc.assert(
      fc.property(fc.nat(64), digits, (zeros, rest) => {
        const text = `z${'1'.repeat(zeros)}${rest.slice(zeros).join('')}`
        const signature = decodeProofValue(text)
        if (signature === null) return
        read += 1
        assert.equal(encodeProofValue(signature), text)
      }),
      { numRuns: 3000, seed: 58 },
    )
    assert.ok(read > 50, `${read} were read`)
  })

  for (const length of [0, 1, 32, 63, 65, 128]) {
    it(`is not read from ${length} bytes`, () => {
      assert.equal(decodeProofValue(encodeProofValue(new Uint8Array(length).fill(7))), null)
      assert.equal(decodeProofValue(encodeProofValue(new Uint8Array(length))), null)
    })
  }

  it('has the form that the schema of a proof says, whatever the signature', async () => {
    const file = new URL('../../contexts/schemas/DataIntegrityProof.json', import.meta.url)
    const form = new RegExp(JSON.parse(await readFile(file, 'utf8')).properties.proofValue.pattern)
    for (const signature of [new Uint8Array(64), new Uint8Array(64).fill(255)]) {
      assert.match(encodeProofValue(signature), form)
    }
    fc.assert(
      fc.property(fc.nat(64), fc.uint8Array({ minLength: 64, maxLength: 64 }), (zeros, rest) => {
        assert.match(encodeProofValue(rest.fill(0, 0, zeros)), form)
      }),
    )
  })

  it('is not read from a text of any length that is not base58', () => {
    for (const text of [
      '',
      'z',
      'Z',
      `z${'0'.repeat(88)}`,
      `z${'2'.repeat(100_000)}`,
      'z '.repeat(44),
    ]) {
      assert.equal(decodeProofValue(text), null)
    }
  })
})
