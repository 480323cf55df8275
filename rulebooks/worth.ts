import {
  addDecimals,
  compareDecimals,
  DECIMAL_ZERO,
  parseDecimal,
  type Result,
  subtractDecimals,
} from '@battery-passport/contexts'
import type { AttestedAnswers } from './evaluation-input.ts'
import { type DecimalRange, gateOfAnswer, gateOfQuantity } from './gates.ts'
import type { Leaf, UnknownReason } from './leaf.ts'
import { equivalenceOf, isBelow, lacksEvidence, requiredAssurance } from './requirements.ts'
import type { Indicator } from './rulebook.ts'

type Assessed = Extract<Result, { answer: 'assessed' }>

/** Where a statement answers each indicator: the index of its result, null for a repeated answer. */
export type AnswerPlaces = ReadonlyMap<string, number | null>

/** The places of all answers of a statement. */
export function answerPlaces({ results }: AttestedAnswers): AnswerPlaces {
  const places = new Map<string, number | null>()
  for (const [index, { indicator }] of results.entries()) {
    places.set(indicator, places.has(indicator) ? null : index)
  }
  return places
}

/** What one subject's statement is worth for an indicator that is asked of it. */
export function worthOf(
  indicator: Indicator,
  statement: AttestedAnswers,
  places: AnswerPlaces,
): Leaf {
  const { id } = indicator
  const index = places.get(id)
  if (index === undefined) return unknown('not-assessed', null)
  const { withdrawnIndicators: withdrawn, qualifiedIndicators: qualified } = statement
  if (withdrawn === 'all') return unknown(statement.uncountedBecause ?? 'withdrawn', index)
  if (withdrawn.includes(id)) return unknown('withdrawn', index)
  if (qualified.includes(id)) return unknown('qualified', index)
  const result = index === null ? undefined : statement.results[index]
  if (index === null || result === undefined) return unknown('invalid-answer', index)
  if (result.answer === 'not-assessed') return unknown('not-assessed', index)
  if (isBelow(result.assuranceLevel, requiredAssurance(indicator, result))) {
    return unknown('below-required-assurance', index)
  }
  if (lacksEvidence(indicator, result)) return unknown('no-evidence', index)
  return worthOfResult(indicator, result, index)
}

function worthOfResult(
  indicator: Indicator,
  result: Exclude<Result, { answer: 'not-assessed' }>,
  index: number,
): Leaf {
  const level = result.assuranceLevel
  switch (result.answer) {
    case 'not-applicable':
      return indicator.notApplicableWhen.includes(result.condition)
        ? { state: 'not-applicable', level, condition: result.condition, result: index }
        : unknown('invalid-answer', index)
    case 'equivalent': {
      const points = equivalenceOf(indicator, result)?.points
      if (points === undefined) return unknown('invalid-answer', index)
      return { state: 'known', value: points, upper: points, level, gate: 'open', result: index }
    }
    case 'assessed':
      return worthOfAssessed(indicator, result, index)
  }
}

function worthOfAssessed(indicator: Indicator, result: Assessed, index: number): Leaf {
  const { points, gate } = indicator
  const { value, unit, assuranceLevel: level } = result
  if (!Array.isArray(points)) {
    const worth = Object.hasOwn(points, value) ? points[value] : undefined
    if (worth === undefined || unit !== undefined || result.uncertainty !== undefined) {
      return unknown('invalid-answer', index)
    }
    const state = gate === undefined ? 'open' : gateOfAnswer(gate, value)
    return { state: 'known', value: worth, upper: worth, level, gate: state, result: index }
  }
  const range = unit === indicator.unit ? rangeOf(result) : null
  if (range === null) return unknown('invalid-answer', index)
  const touched = touchedPoints(points, range)
  return {
    state: 'known',
    value: Math.min(...touched),
    upper: Math.max(...touched),
    level,
    gate: gate === undefined ? 'open' : gateOfQuantity(gate, range),
    result: index,
  }
}

/** `[value − uncertainty, value + uncertainty]`, or null if either is no such decimal. */
export function rangeOf(result: Assessed): DecimalRange | null {
  const value = parseDecimal(result.value)
  const margin = result.uncertainty === undefined ? DECIMAL_ZERO : parseDecimal(result.uncertainty)
  if (value === null || margin === null || compareDecimals(margin, DECIMAL_ZERO) < 0) return null
  return { from: subtractDecimals(value, margin), until: addDecimals(value, margin) }
}

/** The points of every band the range touches; `below` is exclusive, the last band is open. */
function touchedPoints(
  bands: readonly { readonly below?: string; readonly points: number }[],
  range: DecimalRange,
): number[] {
  const touched: number[] = []
  for (const { below, points } of bands) {
    const end = below === undefined ? null : parseDecimal(below)
    if (end !== null && compareDecimals(range.from, end) >= 0) continue
    touched.push(points)
    if (end === null || compareDecimals(range.until, end) < 0) break
  }
  return touched
}

function unknown(reason: UnknownReason, result: number | null): Leaf {
  return { state: 'unknown', reason, result }
}
