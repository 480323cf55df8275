import type { Leaf } from './leaf.ts'
import type { Indicator } from './rulebook.ts'
import { type Tally, UNKNOWN } from './tally.ts'

const FULL = 10000

/**
 * The weighted mean of one subject's answers, `members` naming the indicators that are looked at.
 * A not-applicable answer leaves the denominator of everything but `notApplicable`. The weights of
 * a rulebook sum to 10000, so every sum here is below 10^9 and exact as an integer.
 */
export function tallyLeaves(
  indicators: readonly Indicator[],
  leaves: readonly Leaf[],
  members: readonly number[],
): Tally {
  const sum = { value: 0, upper: 0, known: 0, reasonable: 0, limited: 0, met: 0, notMet: 0 }
  let asked = 0
  let aside = 0
  for (const member of members) {
    const indicator = indicators[member]
    const leaf = leaves[member]
    if (indicator === undefined || leaf === undefined) continue
    const { weight } = indicator
    asked += weight
    if (leaf.state === 'not-applicable') aside += weight
    else if (leaf.state === 'unknown') sum.upper += weight * FULL
    else {
      sum.value += weight * leaf.value
      sum.upper += weight * leaf.upper
      sum.known += weight
      if (leaf.level === 'reasonable') sum.reasonable += weight
      if (leaf.level === 'limited') sum.limited += weight
      if (indicator.tier === 'baseline') {
        if (leaf.value === FULL) sum.met += weight
        if (leaf.upper < FULL) sum.notMet += weight
      }
    }
  }
  if (asked === aside) return { ...UNKNOWN, notApplicable: aside > 0 ? UNKNOWN.denominator : 0n }
  // Without not-applicable answers the two denominators are one.
  const factor = aside === 0 ? 1n : BigInt(asked)
  const share = (weight: number) => BigInt(weight * FULL) * factor
  return {
    denominator: BigInt((asked - aside) * FULL) * factor,
    value: BigInt(sum.value) * factor,
    upper: BigInt(sum.upper) * factor,
    coverage: share(sum.known),
    reasonable: share(sum.reasonable),
    limited: share(sum.limited),
    notApplicable: aside === 0 ? 0n : BigInt(aside * FULL) * BigInt(asked - aside),
    baselineMet: share(sum.met),
    baselineNotMet: share(sum.notMet),
  }
}
