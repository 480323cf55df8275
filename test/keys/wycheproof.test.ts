import assert from 'node:assert/strict'
import { encodeMultikey, publicKeyFromMultikey, verifySignature } from '@battery-passport/keys'
import { p256 } from '@noble/curves/nist.js'
import { describeShared, readText } from '../support/shared.ts'

interface Vectors {
  readonly numberOfTests: number
  readonly testGroups: readonly {
    readonly publicKey: { readonly pk?: string; readonly uncompressed?: string }
    readonly tests: readonly {
      readonly tcId: number
      readonly comment: string
      readonly msg: string
      readonly sig: string
      readonly result: 'valid' | 'invalid'
    }[]
  }[]
}

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))

const FILES = [
  ['Ed25519', 'ed25519_test.json', 151],
  ['P-256', 'ecdsa_secp256r1_sha256_p1363_test.json', 262],
] as const

for (const [type, file, count] of FILES) {
  describeShared(`The Wycheproof vectors of ${type}`, `vectors/wycheproof/${file}`, (path) => {
    const vectors: Vectors = JSON.parse(readText(path))

    it('are all answered as they should be', async () => {
      let answered = 0
      for (const { publicKey, tests } of vectors.testGroups) {
        const raw =
          publicKey.pk !== undefined
            ? bytes(publicKey.pk)
            : p256.Point.fromBytes(bytes(publicKey.uncompressed ?? '')).toBytes(true)
        const reading = publicKeyFromMultikey(encodeMultikey(type, raw))
        for (const { tcId, comment, msg, sig, result } of tests) {
          const valid =
            reading.ok && (await verifySignature(bytes(msg), bytes(sig), reading.publicKey))
          assert.equal(valid, result === 'valid', `${tcId}: ${comment}`)
          answered += 1
        }
      }
      assert.equal(answered, count)
      assert.equal(answered, vectors.numberOfTests)
    })
  })
}
