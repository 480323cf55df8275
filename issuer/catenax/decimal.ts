import {
  compareDecimals,
  type Decimal,
  formatDecimal,
  multiplyDecimals,
} from '@battery-passport/contexts'

/**
 * The source text of JSON numbers as decimals: a reader that goes through binary floating point
 * would turn 12.678 into something else.
 */

const JSON_NUMBER = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/

/** More digits than any quantity has; a larger exponent is an attack on memory, not a measurement. */
const MAXIMUM_EXPONENT = 30

function parseNumber(text: string): Decimal | null {
  const match = JSON_NUMBER.exec(text)
  if (match === null) return null
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match
  const exponent = Number(exponentText)
  if (Math.abs(exponent) > MAXIMUM_EXPONENT) return null
  const units = BigInt(`${sign}${whole}${fraction}`)
  const scale = fraction.length - exponent
  return scale >= 0 ? { units, scale } : { units: units * 10n ** BigInt(-scale), scale: 0 }
}

/**
 * The decimal string of a JSON number's text: the text itself unless it has an exponent. Null if
 * it is no JSON number or its exponent is beyond ±30.
 */
export function decimalText(number: string): string | null {
  const value = parseNumber(number)
  return value === null ? null : formatDecimal(value)
}

/** The exact product of two decimal strings; every digit of precision is kept. */
export function times(left: string, right: string): string {
  return formatDecimal(multiplyDecimals(decimalOf(left), decimalOf(right)))
}

/** Whether the first decimal string is greater than the second. */
export function isGreater(left: string, right: string): boolean {
  return compareDecimals(decimalOf(left), decimalOf(right)) > 0
}

/** A decimal string without its fraction, or null if the fraction is not zero. */
export function wholeNumber(decimal: string): string | null {
  const [whole = '', fraction = ''] = decimal.split('.')
  return /^0*$/.test(fraction) ? whole : null
}

function decimalOf(text: string): Decimal {
  const value = parseNumber(text)
  if (value === null) throw new RangeError(`expected a decimal string, found ${text}`)
  return value
}
