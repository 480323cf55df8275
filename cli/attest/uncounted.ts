import type { Result } from '@battery-passport/contexts'
import {
  appliesTo,
  type Indicator,
  isBelow,
  lacksEvidence,
  type Rulebook,
  requiredAssurance,
} from '@battery-passport/rulebooks'
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
  const minimum = requiredAssurance(indicator, result)
  return [
    ...(isBelow(found, minimum)
      ? [
          {
            reason: 'below-required-assurance' as const,
            member: 'assuranceLevel',
            expected: `${minimum} or more`,
            found,
          },
        ]
      : []),
    ...(lacksEvidence(indicator, result)
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

function asked(
  { indicators }: Rulebook,
  { type, activities }: PreparedAttestation['request']['subject'],
): string[] {
  const level = type === 'Battery' ? 'product' : 'facility'
  return indicators
    .filter((each) => each.level === level && activities.some((at) => appliesTo(each, at)))
    .map(({ id }) => id)
}
