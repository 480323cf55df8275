/**
 * Exact arithmetic on the source text of JSON numbers: a reader that goes through binary floating
 * point would turn 12.678 into something else.
 */

const JSON_NUMBER = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/

/** More digits than any quantity has; a larger exponent is an attack on memory, not a measurement. */
const MAXIMUM_EXPONENT = 30

/** `digits` × 10^-`scale`. */
interface Scaled {
  readonly digits: bigint
  readonly scale: number
}

function scaled(text: string): Scaled | null {
  const match = JSON_NUMBER.exec(text)
  if (match === null) return null
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match
  const exponent = Number(exponentText)
  if (Math.abs(exponent) > MAXIMUM_EXPONENT) return null
  const digits = BigInt(`${sign}${whole}${fraction}`)
  const scale = fraction.length - exponent
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 }
}

function format({ digits, scale }: Scaled): string {
  const negative = digits < 0n
  const padded = String(negative ? -digits : digits).padStart(scale + 1, '0')
  const whole = padded.slice(0, padded.length - scale)
  const fraction = scale === 0 ? '' : `.${padded.slice(padded.length - scale)}`
  return `${negative ? '-' : ''}${whole}${fraction}`
}

/**
 * The decimal string of a JSON number's text: the text itself unless it has an exponent. Null if
 * it is no JSON number or its exponent is beyond ±30.
 */
export function decimalText(number: string): string | null {
  const value = scaled(number)
  return value === null ? null : format(value)
}

/** The exact product of two decimal strings; every digit of precision is kept. */
export function times(left: string, right: string): string {
  const [a, b] = [scaled(left), scaled(right)]
  if (a === null || b === null) throw new RangeError(`times: not decimals: ${left}, ${right}`)
  return format({ digits: a.digits * b.digits, scale: a.scale + b.scale })
}

/** Whether the first decimal string is greater than the second. */
export function isGreater(left: string, right: string): boolean {
  const [a, b] = [scaled(left), scaled(right)]
  if (a === null || b === null) throw new RangeError(`isGreater: not decimals: ${left}, ${right}`)
  return a.digits * 10n ** BigInt(b.scale) > b.digits * 10n ** BigInt(a.scale)
}

/** A decimal string without its fraction, or null if the fraction is not zero. */
export function wholeNumber(decimal: string): string | null {
  const [whole = '', fraction = ''] = decimal.split('.')
  return /^0*$/.test(fraction) ? whole : null
}
