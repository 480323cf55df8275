import { applicableFaults } from './check-applicable.ts'
import { duplicateFaults } from './check-duplicates.ts'
import { headerFaults } from './check-header.ts'
import { indicatorFaults } from './check-indicator.ts'
import { readShape } from './check-shape.ts'
import { sumFaults } from './check-sum.ts'
import type { CheckedRulebook } from './checked.ts'
import type { Fault } from './fault.ts'
import { frozenCopy } from './freeze.ts'
import * as validators from './generated/typed-validators.ts'
import type { Rulebook } from './rulebook.ts'

/** A rulebook that can be relied on, or everything that is wrong with it. */
export type RulebookCheck =
  | { readonly ok: true; readonly rulebook: CheckedRulebook }
  | { readonly ok: false; readonly faults: readonly [Fault, ...Fault[]] }

/**
 * Parses a rulebook: a frozen copy of it, or every fault it has. The rules beyond the schema are
 * those under which the bounds of a score are exact.
 */
export function checkRulebook(document: unknown): RulebookCheck {
  const shaped = readShape(validators.Rulebook, 'Rulebook', document)
  if (!shaped.ok) return shaped
  const copy = frozenCopy(shaped.value)
  const [semantic, ...others] = rulebookFaults(copy)
  if (semantic !== undefined) return { ok: false, faults: [semantic, ...others] }
  return { ok: true, rulebook: copy as CheckedRulebook }
}

function rulebookFaults(rulebook: Rulebook): Fault[] {
  const { indicators, stageWeights } = rulebook
  return [
    ...headerFaults(rulebook),
    ...sumFaults('/stageWeights', 'the stages', Object.values(stageWeights)),
    ...sumFaults(
      '/indicators',
      'the indicators',
      indicators.map(({ weight }) => weight),
    ),
    ...duplicateFaults(
      indicators.map(({ id }) => id),
      'indicator id',
      (index) => `/indicators/${index}/id`,
    ),
    ...indicators.flatMap((indicator, index) =>
      indicatorFaults(rulebook, indicator, `/indicators/${index}`),
    ),
    ...applicableFaults(rulebook),
  ]
}
