import assert from 'node:assert/strict'
import {
  addDecimals,
  compareDecimals,
  DECIMAL_ZERO,
  type Decimal,
  formatDecimal,
  multiplyDecimals,
  parseDecimal,
  subtractDecimals,
} from '@battery-passport/contexts'
import fc from 'fast-check'

/** In units of 10^-20: every decimal of the tests is whole there. */
const whole = ({ units, scale }: Decimal) => units * 10n ** BigInt(20 - scale)

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.nat(10))
  .map(([units, scale]): Decimal => ({ units, scale }))

describe('A decimal', () => {
  it('is read from the text it is written as, and from no other', () => {
    fc.assert(
      fc.property(decimal, (value) => {
        assert.deepEqual(parseDecimal(formatDecimal(value)), value)
      }),
    )
    for (const text of ['', '.5', '5.', '01', '+1', '1e3', '1,5', ' 1', '-', `${10n ** 40n}`]) {
      assert.equal(parseDecimal(text), null, text)
    }
    assert.equal(formatDecimal({ units: -5n, scale: 3 }), '-0.005')
    assert.equal(formatDecimal(DECIMAL_ZERO), '0')
  })

  it('is calculated with exactly', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        assert.equal(whole(addDecimals(a, b)), whole(a) + whole(b))
        assert.equal(whole(subtractDecimals(a, b)), whole(a) - whole(b))
        assert.equal(whole(multiplyDecimals(a, b)) * 10n ** 20n, whole(a) * whole(b))
        const difference = whole(a) - whole(b)
        assert.equal(compareDecimals(a, b), difference < 0n ? -1 : difference > 0n ? 1 : 0)
      }),
    )
  })
})
