import { ASSURANCE_LEVELS, type AssuranceLevel, type Result } from '@battery-passport/contexts'
import { appliesTo, type Indicator, type Rulebook } from '@battery-passport/rulebooks'
import type { PreparedAttestation } from './prepare.ts'

/** An answer that may be stated, and that the score takes as unknown all the same. */
export interface UncountedAnswer {
  readonly indicator: string
  readonly reason: 'no-evidence' | 'below-required-assurance'
  /** File and row. */
  readonly where: string
  readonly expected: string
  readonly found: string
}

/** What of an attestation leaves the score unknown: nothing is wrong with it, it is only not enough. */
export interface Uncounted {
  readonly answers: readonly UncountedAnswer[]
  /** Indicators that are asked of these activities, and have no row. */
  readonly unanswered: readonly string[]
}

/** Holds the answers to the assurance and evidence that the rulebook asks of each. */
export function uncounted({ request, context, origin }: PreparedAttestation): Uncounted {
  const { rulebook } = context
  const { results } = request.subject
  const answers = results.flatMap((result, index) => {
    const indicator = rulebook.indicators.find(({ id }) => id === result.indicator)
    if (indicator === undefined || result.answer === 'not-assessed') return []
    return shortcomings(indicator, result).map(({ member, ...rest }) => ({
      indicator: indicator.id,
      ...rest,
      where: origin(`/credentialSubject/results/${index}/${member}`),
    }))
  })
  const answered = new Set(results.map(({ indicator }) => indicator))
  const unanswered = asked(rulebook, request.subject).filter((id) => !answered.has(id))
  return { answers, unanswered }
}

function shortcomings(
  indicator: Indicator,
  result: Exclude<Result, { answer: 'not-assessed' }>,
): (Omit<UncountedAnswer, 'indicator' | 'where'> & { readonly member: string })[] {
  const { assuranceLevel: found } = result
  const minimum = leastLevel(indicator, result)
  const isBelow = ASSURANCE_LEVELS.indexOf(found) < ASSURANCE_LEVELS.indexOf(minimum)
  const hasEvidence = (result.evidenceIds ?? []).length > 0
  return [
    ...(isBelow
      ? [
          {
            reason: 'below-required-assurance' as const,
            member: 'assuranceLevel',
            expected: `${minimum} or more`,
            found,
          },
        ]
      : []),
    ...(indicator.evidenceRequired && !hasEvidence
      ? [
          {
            reason: 'no-evidence' as const,
            member: 'evidenceIds',
            expected: 'an evidence file',
            found: 'none',
          },
        ]
      : []),
  ]
}

/** A recognised standard may ask for more than the indicator itself. */
function leastLevel(indicator: Indicator, result: Result): AssuranceLevel {
  const { minimumAssurance: own } = indicator
  if (result.answer !== 'equivalent') return own
  const least = indicator.equivalences?.find(
    ({ standard, editions }) => standard === result.standard && editions.includes(result.edition),
  )?.minimumLevel
  if (least === undefined) return own
  return ASSURANCE_LEVELS.indexOf(least) > ASSURANCE_LEVELS.indexOf(own) ? least : own
}

function asked(
  { indicators }: Rulebook,
  { type, activities }: PreparedAttestation['request']['subject'],
): string[] {
  const level = type === 'Battery' ? 'product' : 'facility'
  return indicators
    .filter((each) => each.level === level && activities.some((at) => appliesTo(each, at)))
    .map(({ id }) => id)
}
