import type { Result } from '@battery-passport/contexts'
import { beyondBands, type Rulebook } from '@battery-passport/rulebooks'
import type { Complaint } from '../errors.ts'
import type { Origin } from '../issuance-complaints.ts'

/** Quantities so far beyond the bands of their indicators that a unit or point is likely wrong. */
export function farValues(
  results: readonly Result[],
  { indicators }: Rulebook,
  origin: Origin,
): readonly Complaint[] {
  return results.flatMap((result, index) => {
    const indicator = indicators.find(({ id }) => id === result.indicator)
    if (indicator === undefined || result.answer !== 'assessed') return []
    const limit = beyondBands(indicator, result.value)
    if (limit === null) return []
    const unit = indicator.unit === undefined ? '' : ` ${indicator.unit}`
    return [
      {
        what: `The value of ${indicator.id} is far beyond what the rulebook tells apart.`,
        where: origin(`/credentialSubject/results/${index}/value`),
        expected: `something near its bands, whose farthest limit is ${limit}${unit}`,
        found: `${result.value}${unit}`,
        remedy: 'Look at its decimal point and its unit. It can be signed as it is.',
      },
    ]
  })
}
