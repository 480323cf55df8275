import { compareDecimals, parseDecimal } from '@battery-passport/contexts'
import type { Fault } from './fault.ts'
import type { Gate, Indicator } from './rulebook.ts'

/**
 * What is wrong with an indicator's gate. It may only trigger on answers worth 0 and never be set
 * aside as not applicable: then "unknown" at its worst is "worth 0 and gated", and one pass over
 * the tree gives the exact bounds.
 */
export function gateFaults(indicator: Indicator, pointer: string): Fault[] {
  const { gate } = indicator
  if (gate === undefined) return []
  const faults = triggerFaults(indicator, gate, `${pointer}/gate/when`)
  if (indicator.level === 'product' && gate.level === 'facility') {
    faults.push({
      pointer: `${pointer}/gate/level`,
      expected: 'product',
      found: 'facility',
      detail: 'An indicator of the battery has no facility to cap.',
      remedy: 'Use a gate of level product.',
    })
  }
  if (indicator.notApplicableWhen.length > 0) {
    faults.push({
      pointer: `${pointer}/notApplicableWhen`,
      expected: 'an empty list, because the indicator has a gate',
      found: indicator.notApplicableWhen.join(', '),
      detail: 'Zero tolerance that may be not applicable is none.',
      remedy: 'Remove the conditions or the gate.',
    })
  }
  for (const [index, { points }] of (indicator.equivalences ?? []).entries()) {
    if (points > 0) continue
    faults.push({
      pointer: `${pointer}/equivalences/${index}/points`,
      expected: 'more than 0, because the indicator has a gate',
      found: '0',
      detail: 'A certificate worth nothing cannot tell whether the gate holds.',
      remedy: 'Give the equivalence points, or remove it.',
    })
  }
  return faults
}

function triggerFaults(indicator: Indicator, { when }: Gate, pointer: string): Fault[] {
  const { points } = indicator
  if (Array.isArray(points) !== 'atLeast' in when) {
    return [
      {
        pointer,
        expected: Array.isArray(points) ? '{ "atLeast": "…" }' : 'a list of answers',
        found: 'atLeast' in when ? '{ "atLeast": "…" }' : 'a list of answers',
        detail: `The indicator is a ${indicator.kind}.`,
        remedy: 'Give a quantity a threshold, and every other kind the answers that trigger.',
      },
    ]
  }
  if ('atLeast' in when) {
    return Array.isArray(points) ? thresholdFaults(points, when.atLeast, pointer) : []
  }
  const worths = new Map(Object.entries(points))
  return when.flatMap((answer, index) => {
    const worth = worths.get(answer)
    if (worth === 0) return []
    const isAnswer = worth !== undefined
    return [
      {
        pointer: `${pointer}/${index}`,
        expected: isAnswer ? 'an answer worth 0' : `one of ${[...worths.keys()].join(', ')}`,
        found: isAnswer ? `${answer}, worth ${worth}` : answer,
        detail: isAnswer
          ? 'A gate triggers only on answers worth 0.'
          : 'The indicator has no such answer.',
        remedy: 'List answers of the indicator that are worth 0.',
      },
    ]
  })
}

/** Every band that reaches the threshold must be worth 0. */
function thresholdFaults(
  bands: readonly { readonly below?: string; readonly points: number }[],
  atLeast: string,
  pointer: string,
): Fault[] {
  const threshold = parseDecimal(atLeast)
  if (threshold === null) return []
  const worth = bands.find(({ below, points }) => {
    const end = below === undefined ? null : parseDecimal(below)
    return points > 0 && (end === null || compareDecimals(end, threshold) > 0)
  })
  if (worth === undefined) return []
  return [
    {
      pointer: `${pointer}/atLeast`,
      expected: 'a number from which every band is worth 0',
      found: atLeast,
      detail: `From there on, ${worth.below === undefined ? 'the last band' : `the band below ${worth.below}`} is worth ${worth.points}.`,
      remedy: 'Raise the threshold, or give the bands above it 0 points.',
    },
  ]
}
