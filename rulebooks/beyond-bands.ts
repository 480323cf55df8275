import { compareDecimals, type Decimal, parseDecimal } from '@battery-passport/contexts'
import type { Indicator } from './rulebook.ts'

/** How many times the farthest limit of its bands a quantity may be before it looks mistaken. */
const FACTOR = 10n

/**
 * The limit of an indicator's bands that is farthest from zero, if a value is more than ten times
 * as far: a decimal point or a unit is likely wrong. Null for any other value, and for an indicator
 * without bands. Small values are never told: next to nothing is an answer of many indicators.
 */
export function beyondBands({ points }: Pick<Indicator, 'points'>, value: string): string | null {
  const given = parseDecimal(value)
  if (given === null || !Array.isArray(points)) return null
  let farthest: { readonly text: string; readonly distance: Decimal } | null = null
  for (const { below } of points) {
    const limit = below === undefined ? null : parseDecimal(below)
    if (below === undefined || limit === null) continue
    const distance = magnitude(limit)
    if (farthest === null || compareDecimals(distance, farthest.distance) > 0) {
      farthest = { text: below, distance }
    }
  }
  if (farthest === null || farthest.distance.units === 0n) return null
  const { units, scale } = farthest.distance
  return compareDecimals(magnitude(given), { units: units * FACTOR, scale }) > 0
    ? farthest.text
    : null
}

function magnitude({ units, scale }: Decimal): Decimal {
  return { units: units < 0n ? -units : units, scale }
}
