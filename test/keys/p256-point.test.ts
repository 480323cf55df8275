import assert from 'node:assert/strict'
import { p256 } from '@noble/curves/nist.js'
import { concatBytes, numberToBytesBE } from '@noble/curves/utils.js'
import { p256Point } from '../../keys/p256-point.ts'

const compressed = (sign: number, x: bigint) =>
  concatBytes(Uint8Array.of(sign), numberToBytesBE(x, 32))

/** What the library makes of the same bytes. */
function byLibrary(raw: Uint8Array): Uint8Array | null {
  try {
    return p256.Point.fromBytes(raw).toBytes(false)
  } catch {
    return null
  }
}

function assertSame(raw: Uint8Array): boolean {
  const point = p256Point(raw)
  const whole = point === null ? null : concatBytes(Uint8Array.of(4), point.x, point.y)
  assert.deepEqual(whole, byLibrary(raw))
  return point !== null
}

describe('a compressed point of P-256', () => {
  it('is decompressed as by the library, or refused as there: half of all x have none', () => {
    const counts = { point: 0, none: 0 }
    for (let x = 0n; x < 120n; x += 1n) {
      for (const sign of [2, 3]) counts[assertSame(compressed(sign, x)) ? 'point' : 'none'] += 1
    }
    assert.ok(counts.point > 80 && counts.none > 80, JSON.stringify(counts))
    for (let multiple = 1n; multiple < 60n; multiple += 1n) {
      assert.ok(assertSame(p256.Point.BASE.multiply(multiple).toBytes(true)))
    }
  })

  const { p } = p256.Point.CURVE()
  const { x } = p256.Point.BASE.toAffine()
  for (const [what, raw] of [
    ['an x that is too large', compressed(2, p + 5n)],
    ['the modulus as its x', compressed(2, p)],
    ['the largest number as its x', compressed(3, 2n ** 256n - 1n)],
    ['another first byte', compressed(4, x)],
    ['a first byte of zero', compressed(0, x)],
    ['one byte too few', compressed(2, x).subarray(0, 32)],
    ['one byte too many', concatBytes(compressed(2, x), Uint8Array.of(0))],
    ['the first byte alone', Uint8Array.of(2)],
    ['nothing', new Uint8Array()],
  ] as const) {
    it(`is refused with ${what}`, () => {
      assert.equal(p256Point(raw), null)
      // The library also reads a point that is not compressed, which no Multikey is.
      assert.equal(byLibrary(raw), null)
    })
  }
})
