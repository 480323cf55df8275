import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { decodeBitstring } from '@battery-passport/verifier'
import { bitAt, bitsSet } from '../../verifier/reading/bitstring.ts'

const encode = (bytes: Uint8Array) => `u${Buffer.from(bytes).toString('base64url')}`
const list = (bytes = 16_384) => {
  const bits = new Uint8Array(bytes)
  bits[0] = 0b1000_0000
  bits[2] = 0b0000_0001
  return bits
}

/** Eight bytes of no member after it, the last four of them its length once more. */
const withLength = (gzip: Buffer) => Buffer.concat([gzip, Buffer.alloc(4), gzip.subarray(-4)])
const damaged = (gzip: Buffer, index: number, from: 'first' | 'end' = 'end') => {
  const copy = Buffer.from(gzip)
  const at = from === 'first' ? index : copy.length + index
  copy.writeUInt8(copy.readUInt8(at) ^ 1, at)
  return copy
}
/**
 * A member that ends before its trailer, with bits that end with one that holds: their own length,
 * and a checksum of zero, which they have by their first four bytes.
 */
const withoutTrailer = () => {
  const bits = Buffer.alloc(16_392)
  bits.writeUInt32BE(0xfed22e70, 0)
  bits.writeUInt32LE(bits.length, bits.length - 4)
  const stored = Buffer.of(1, 0, 0, 0, 0)
  stored.writeUInt16LE(bits.length, 1)
  stored.writeUInt16LE(bits.length ^ 0xffff, 3)
  return Buffer.concat([gzipSync('').subarray(0, 10), stored, bits])
}

describe('an encoded bit string', () => {
  it('reads index 0 as the left-most bit of the first byte', () => {
    const decoded = decodeBitstring(encode(gzipSync(list())))
    assert.ok(decoded.ok)
    assert.deepEqual(
      [0, 1, 7, 22, 23, 24].map((index) => bitAt(decoded.bits, index)),
      [true, false, false, false, true, false],
    )
    assert.equal(bitAt(decoded.bits, 131_071), false)
    assert.equal(bitAt(decoded.bits, 131_072), null)
  })

  const NOT_GZIP = /^it is not plain gzip$/
  const NOT_ENCODED = /canonical base64url with the multibase prefix "u"/
  const FOLLOWED = /^something follows its one gzip member$/
  const NO_CHECKSUM = /^its gzip checksum does not hold$/
  const NO_INFLATE = /^it does not inflate to at most 1048576 bytes$/

  for (const [what, text, why] of [
    ['fewer than 131,072 entries', encode(gzipSync(list(16_383))), /^it has 131064 entries, fewer/],
    ['no multibase prefix', encode(gzipSync(list())).slice(1), NOT_ENCODED],
    ['another multibase prefix', `z${encode(gzipSync(list())).slice(1)}`, NOT_ENCODED],
    ['no gzip', encode(list()), NOT_GZIP],
    ['another first byte', encode(damaged(gzipSync(list()), 0, 'first')), NOT_GZIP],
    ['another second byte', encode(damaged(gzipSync(list()), 1, 'first')), NOT_GZIP],
    ['another method', encode(damaged(gzipSync(list()), 2, 'first')), NOT_GZIP],
    ['optional fields', encode(damaged(gzipSync(list()), 3, 'first')), NOT_GZIP],
    ['nothing between header and trailer', encode(gzipSync('').subarray(0, 18)), NOT_GZIP],
    ['a byte between them', encode(gzipSync('').subarray(0, 19)), NO_CHECKSUM],
    ['a truncated body', encode(gzipSync(list()).subarray(0, -9)), NO_INFLATE],
    ['bytes after the end', encode(Buffer.concat([gzipSync(list()), Buffer.from('x')])), FOLLOWED],
    ['a second member', encode(Buffer.concat([gzipSync(list()), gzipSync(list())])), FOLLOWED],
    ['an empty second member', encode(Buffer.concat([gzipSync(list()), gzipSync('')])), FOLLOWED],
    [
      'bytes after the end that say the right length',
      encode(withLength(gzipSync(list()))),
      FOLLOWED,
    ],
    ['another checksum', encode(damaged(gzipSync(list()), -8)), NO_CHECKSUM],
    ['another length', encode(damaged(gzipSync(list()), -4)), NO_CHECKSUM],
    ['a trailer cut off', encode(gzipSync(list()).subarray(0, -1)), NO_CHECKSUM],
    ['bits for a trailer', encode(withoutTrailer()), NO_CHECKSUM],
    ['padding', `${encode(gzipSync(list()))}=`, NOT_ENCODED],
    ['a bomb', encode(gzipSync(new Uint8Array(64 * 1024 * 1024))), NO_INFLATE],
  ] as const) {
    it(`is refused with ${what}`, () => {
      const decoded = decodeBitstring(text)
      assert.ok(!decoded.ok)
      assert.match(decoded.detail, why)
    })
  }

  it('has as many bits set as there are ones', () => {
    assert.equal(bitsSet(Uint8Array.of(0, 0b1000_0000, 0b0000_0001, 0b1111_1111, 0b0101_0000)), 12)
    assert.equal(bitsSet(new Uint8Array(4)), 0)
  })
})
