import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { decodeBitstring } from '@battery-passport/verifier'
import { bitAt } from '../../verifier/reading/bitstring.ts'

const encode = (bytes: Uint8Array) => `u${Buffer.from(bytes).toString('base64url')}`
const list = (bytes = 16_384) => {
  const bits = new Uint8Array(bytes)
  bits[0] = 0b1000_0000
  bits[2] = 0b0000_0001
  return bits
}

/** Eight bytes of no member after it, the last four of them its length once more. */
const withLength = (gzip: Buffer) => Buffer.concat([gzip, Buffer.alloc(4), gzip.subarray(-4)])
const damaged = (gzip: Buffer, at: number) => {
  const copy = Buffer.from(gzip)
  copy.writeUInt8(copy.readUInt8(copy.length + at) ^ 1, copy.length + at)
  return copy
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

  for (const [what, text] of [
    ['fewer than 131,072 entries', encode(gzipSync(list(16_383)))],
    ['no multibase prefix', encode(gzipSync(list())).slice(1)],
    ['another multibase prefix', `z${encode(gzipSync(list())).slice(1)}`],
    ['no gzip', encode(list())],
    ['a truncated body', encode(gzipSync(list()).subarray(0, -9))],
    ['bytes after the end', encode(Buffer.concat([gzipSync(list()), Buffer.from('x')]))],
    ['a second member', encode(Buffer.concat([gzipSync(list()), gzipSync(list())]))],
    ['an empty second member', encode(Buffer.concat([gzipSync(list()), gzipSync('')]))],
    ['bytes after the end that say the right length', encode(withLength(gzipSync(list())))],
    ['another checksum', encode(damaged(gzipSync(list()), -8))],
    ['another length', encode(damaged(gzipSync(list()), -4))],
    ['a trailer cut off', encode(gzipSync(list()).subarray(0, -1))],
    ['padding', `${encode(gzipSync(list()))}=`],
    ['a bomb', encode(gzipSync(new Uint8Array(64 * 1024 * 1024)))],
  ] as const) {
    it(`is refused with ${what}`, () => {
      assert.equal(decodeBitstring(text).ok, false)
    })
  }
})
