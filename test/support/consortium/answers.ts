import type { Activity, Result } from '@battery-passport/contexts'
import { appliesTo, type Indicator, type Rulebook } from '@battery-passport/rulebooks'

/** The answer that is worth most, at a level of assurance, resting on one piece of evidence. */
export function bestAnswer(
  indicator: Indicator,
  assuranceLevel: 'limited' | 'reasonable',
  evidenceId: string,
): Result {
  return {
    indicator: indicator.id,
    answer: 'assessed',
    value: Array.isArray(indicator.points)
      ? bestQuantity(indicator.points)
      : best(indicator.points),
    ...(indicator.unit === undefined ? {} : { unit: indicator.unit }),
    assuranceLevel,
    evidenceIds: [evidenceId],
  }
}

/** A best answer for every indicator that is asked of a subject with these activities. */
export function bestAnswers(
  rulebook: Rulebook,
  activities: readonly Activity[],
  assuranceLevel: 'limited' | 'reasonable',
  evidenceId: string,
): Result[] {
  return rulebook.indicators
    .filter((indicator) => activities.some((activity) => appliesTo(indicator, activity)))
    .map((indicator) => bestAnswer(indicator, assuranceLevel, evidenceId))
}

function best(points: Readonly<Record<string, number>>): string {
  const [answer] = Object.entries(points).sort(([, a], [, b]) => b - a)
  return answer?.[0] ?? ''
}

/** The lowest value of the band that is worth most: where the one below it ends. */
function bestQuantity(
  bands: readonly { readonly below?: string; readonly points: number }[],
): string {
  const most = Math.max(...bands.map(({ points }) => points))
  const index = bands.findIndex(({ points }) => points === most)
  return bands[index - 1]?.below ?? '0'
}
