import { type Activity, parseDecimal, type Result } from '@battery-passport/contexts'
import { appliesTo } from './applies.ts'
import type { Fault } from './fault.ts'
import type { Indicator, Rulebook } from './rulebook.ts'
import { rangeOf } from './worth.ts'

/** A fault of one answer; `index` is its place among the results, for the row of a table. */
export interface AnswerFault extends Fault {
  readonly index: number
}

/** Who is answering: the kind of subject, and what it was attested to do. */
export interface AnsweringSubject {
  readonly type: 'Facility' | 'Battery'
  readonly activities: readonly Activity[]
}

/**
 * Every answer a rulebook cannot take; pointers are from the array of results. The assurance body
 * runs it before signing, the verifier after.
 */
export function checkAnswers(
  rulebook: Rulebook,
  subject: AnsweringSubject,
  results: readonly Result[],
): AnswerFault[] {
  const first = new Map<string, number>()
  return results.flatMap((result, index) => {
    const id = result.indicator
    const earlier = first.get(id)
    if (earlier === undefined) first.set(id, index)
    const indicator = rulebook.indicators.find((each) => each.id === id)
    const faults =
      indicator === undefined
        ? [unknownIndicator(rulebook, id)]
        : [
            ...(earlier === undefined ? [] : [repetition(id, earlier)]),
            ...placeFaults(indicator, subject),
            ...answerFaults(indicator, result),
          ]
    return faults.map((fault) => ({ ...fault, index, pointer: `/${index}${fault.pointer}` }))
  })
}

function unknownIndicator(rulebook: Rulebook, found: string): Fault {
  return {
    pointer: '/indicator',
    expected: `an indicator of ${rulebook.key} ${rulebook.version}`,
    found,
    detail: 'The rulebook has no indicator of this id.',
    remedy: `Use one of ${rulebook.indicators.map(({ id }) => id).join(', ')}.`,
  }
}

function repetition(id: string, earlier: number): Fault {
  return {
    pointer: '/indicator',
    expected: 'one answer for an indicator',
    found: id,
    detail: `Result ${earlier} already answers it.`,
    remedy: 'Remove one of the two.',
  }
}

function placeFaults(indicator: Indicator, subject: AnsweringSubject): Fault[] {
  const isBattery = indicator.level === 'product'
  if (
    isBattery === (subject.type === 'Battery') &&
    subject.activities.some((activity) => appliesTo(indicator, activity))
  ) {
    return []
  }
  const places = indicator.stages.join(', ')
  const materials = indicator.materials?.join(', ')
  return [
    {
      pointer: '/indicator',
      expected: 'an indicator that is asked of one of the attested activities',
      found: indicator.id,
      detail: `It is asked of ${isBattery ? 'the battery' : 'facilities'} in ${places}${materials === undefined ? '' : ` for ${materials}`}.`,
      remedy: 'Leave the answer out, or correct the activities of the subject.',
    },
  ]
}

function answerFaults(indicator: Indicator, result: Result): Fault[] {
  switch (result.answer) {
    case 'not-assessed':
      return []
    case 'not-applicable':
      return indicator.notApplicableWhen.includes(result.condition)
        ? []
        : [
            {
              pointer: '/condition',
              expected: oneOf(indicator.notApplicableWhen, 'no condition: it always applies'),
              found: result.condition,
              detail: 'The rulebook does not list this condition for the indicator.',
              remedy: 'Name a listed condition, or assess the indicator.',
            },
          ]
    case 'equivalent':
      return equivalenceFaults(indicator, result)
    case 'assessed':
      return Array.isArray(indicator.points)
        ? quantityFaults(indicator, result)
        : choiceFaults(indicator, indicator.points, result)
  }
}

function equivalenceFaults(
  { equivalences = [] }: Indicator,
  { standard, edition }: Extract<Result, { answer: 'equivalent' }>,
): Fault[] {
  const sameStandard = equivalences.filter((each) => each.standard === standard)
  if (sameStandard.some(({ editions }) => editions.includes(edition))) return []
  const isEdition = sameStandard.length > 0
  const accepted = isEdition
    ? sameStandard.flatMap(({ editions }) => editions)
    : equivalences.map((each) => each.standard)
  return [
    {
      pointer: isEdition ? '/edition' : '/standard',
      expected: oneOf(accepted, 'no equivalent answer: the rulebook recognises none here'),
      found: isEdition ? edition : standard,
      detail: 'An equivalent answer counts only on an exact match of standard and edition.',
      remedy: 'State standard and edition as the rulebook lists them, or assess the indicator.',
    },
  ]
}

type Assessed = Extract<Result, { answer: 'assessed' }>

function choiceFaults(
  { kind }: Indicator,
  points: Readonly<Record<string, number>>,
  { value, unit, uncertainty }: Assessed,
): Fault[] {
  const faults: Fault[] = []
  if (!Object.hasOwn(points, value)) {
    faults.push({
      pointer: '/value',
      expected: oneOf(Object.keys(points), 'an answer'),
      found: value,
      detail: 'The rulebook does not know this answer of the indicator.',
      remedy: 'Use one of the listed answers, in the same letters.',
    })
  }
  for (const [property, found] of Object.entries({ unit, uncertainty })) {
    if (found === undefined) continue
    faults.push({
      pointer: `/${property}`,
      expected: `no ${property}: the indicator is a ${kind}`,
      found,
      detail: `Only a quantity has a ${property}.`,
      remedy: 'Remove it.',
    })
  }
  return faults
}

function quantityFaults(indicator: Indicator, result: Assessed): Fault[] {
  const { value, unit, uncertainty } = result
  const faults: Fault[] = []
  if (parseDecimal(value) === null) {
    faults.push({
      pointer: '/value',
      expected: 'a decimal number such as "61.3"',
      found: value,
      detail: 'The indicator is a quantity.',
      remedy:
        'Write the number with a point, without group separators, exponent or superfluous zeros before it.',
    })
  } else if (rangeOf(result) === null) {
    faults.push({
      pointer: '/uncertainty',
      expected: 'a decimal number that is not negative',
      found: uncertainty ?? 'nothing',
      detail: 'The uncertainty is added to and taken from the value.',
      remedy: 'Write half the width of the interval, in the unit of the value.',
    })
  }
  if (unit !== indicator.unit) {
    faults.push({
      pointer: '/unit',
      expected: indicator.unit ?? 'no unit',
      found: unit ?? 'nothing',
      detail: 'A quantity is compared in the unit of the rulebook alone; nothing is converted.',
      remedy: `Convert the value to ${indicator.unit} before it is attested.`,
    })
  }
  return faults
}

function oneOf(values: readonly string[], ifNone: string): string {
  return values.length === 0 ? ifNone : `one of ${values.join(', ')}`
}
