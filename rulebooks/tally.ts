import { commonMultiple } from './integer.ts'

/**
 * What every node of the tree is counted in. `value` and `upper` are the worth of the node with
 * everything unknown at its worst and at its best; the others are shares of the same tree.
 */
export type Measure =
  | 'value'
  | 'upper'
  | 'coverage'
  | 'reasonable'
  | 'limited'
  | 'notApplicable'
  | 'baselineMet'
  | 'baselineNotMet'

/**
 * Eight exact fractions between 0 and 1 over one denominator, which is always a multiple of 10000,
 * so that a cap in basis points is a whole number of its parts.
 */
export type Tally = { readonly [M in Measure | 'denominator']: bigint }

const none = {
  coverage: 0n,
  reasonable: 0n,
  limited: 0n,
  notApplicable: 0n,
  baselineMet: 0n,
  baselineNotMet: 0n,
}

/** A node of which nothing is known: worth anything from 0 to 10000. */
export const UNKNOWN: Tally = { ...none, denominator: 10000n, value: 0n, upper: 10000n }

/** A node and how much of its parent it is. */
export interface Part {
  readonly weight: number
  readonly tally: Tally
}

/** The weighted mean of the parts; the weights must not sum to 0. */
export function mean(parts: readonly Part[]): Tally {
  let whole = 0
  for (const part of parts) whole += part.weight
  return blend(parts, whole)
}

/**
 * The weighted sum of the parts of a whole; what they leave of it is unknown, or imagined at its
 * best. This is where an evaluation spends its time, so the measures are written out.
 */
export function blend(
  parts: readonly Part[],
  whole: number,
  rest: 'unknown' | 'best' = 'unknown',
): Tally {
  let common = UNKNOWN.denominator
  let left = whole
  const known: Part[] = []
  for (const part of parts) {
    if (part.tally === UNKNOWN && rest === 'unknown') continue
    known.push(part)
    left -= part.weight
    common = commonMultiple(part.tally.denominator, common)
  }
  if (known.length === 0 && rest === 'unknown') return UNKNOWN
  let upper = BigInt(left) * common
  let value = rest === 'best' ? upper : 0n
  let coverage = 0n
  let reasonable = 0n
  let limited = 0n
  let notApplicable = 0n
  let baselineMet = 0n
  let baselineNotMet = 0n
  for (const { weight, tally } of known) {
    const factor =
      tally.denominator === common ? BigInt(weight) : BigInt(weight) * (common / tally.denominator)
    value += tally.value * factor
    upper += tally.upper * factor
    coverage += tally.coverage * factor
    reasonable += tally.reasonable * factor
    limited += tally.limited * factor
    notApplicable += tally.notApplicable * factor
    baselineMet += tally.baselineMet * factor
    baselineNotMet += tally.baselineNotMet * factor
  }
  return {
    denominator: common * BigInt(whole),
    value,
    upper,
    coverage,
    reasonable,
    limited,
    notApplicable,
    baselineMet,
    baselineNotMet,
  }
}

/** The tally with `value`, and unless the gate only may hold also `upper`, at most `cap` basis points. */
export function capped(tally: Tally, cap: number, gate: 'holds' | 'may-hold'): Tally {
  const limit = BigInt(cap) * (tally.denominator / 10000n)
  return {
    ...tally,
    value: least(tally.value, limit),
    upper: gate === 'holds' ? least(tally.upper, limit) : tally.upper,
  }
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

/** The measure in basis points, rounded down. */
export function floor(tally: Tally, measure: Measure): number {
  return Number((tally[measure] * 10000n) / tally.denominator)
}

/** The measure in basis points, rounded up. */
export function ceiling(tally: Tally, measure: Measure): number {
  return Number((tally[measure] * 10000n + tally.denominator - 1n) / tally.denominator)
}
