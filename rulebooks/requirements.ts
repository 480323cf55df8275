import { ASSURANCE_LEVELS, type AssuranceLevel, type Result } from '@battery-passport/contexts'
import type { Indicator } from './rulebook.ts'

type Answer = Exclude<Result, { answer: 'not-assessed' }>

/** Whether a level of assurance is lower than another. */
export function isBelow(level: AssuranceLevel, required: AssuranceLevel): boolean {
  return ASSURANCE_LEVELS.indexOf(level) < ASSURANCE_LEVELS.indexOf(required)
}

/** The least assurance at which an answer counts: a recognised standard may ask for more than the indicator. */
export function requiredAssurance(indicator: Indicator, answer: Answer): AssuranceLevel {
  const { minimumAssurance: own } = indicator
  const least = equivalenceOf(indicator, answer)?.minimumLevel
  return least !== undefined && isBelow(own, least) ? least : own
}

/** Whether an answer rests on no evidence, and the indicator asks for some. */
export function lacksEvidence(
  { evidenceRequired }: Indicator,
  { evidenceIds = [] }: Answer,
): boolean {
  return evidenceRequired && evidenceIds.length === 0
}

/** The recognised standard an answer names, in an edition that is recognised. */
export function equivalenceOf({ equivalences }: Indicator, answer: Answer) {
  return answer.answer === 'equivalent'
    ? equivalences?.find(
        ({ standard, editions }) =>
          standard === answer.standard && editions.includes(answer.edition),
      )
    : undefined
}
