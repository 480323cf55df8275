import { duplicateFaults } from './check-duplicates.ts'
import { gateFaults } from './check-gate.ts'
import { pointsFaults } from './check-points.ts'
import type { Fault } from './fault.ts'
import { PRODUCT_STAGE } from './pillars.ts'
import type { Indicator, Rulebook } from './rulebook.ts'

/** Everything wrong with one indicator of a rulebook that its schema cannot say. */
export function indicatorFaults(
  rulebook: Rulebook,
  indicator: Indicator,
  pointer: string,
): Fault[] {
  return [
    ...unitFaults(indicator, pointer),
    ...placeFaults(rulebook, indicator, pointer),
    ...pointsFaults(indicator, pointer),
    ...gateFaults(indicator, pointer),
    ...equivalenceFaults(indicator, pointer),
  ]
}

function unitFaults({ kind, unit }: Indicator, pointer: string): Fault[] {
  if ((kind === 'quantity') === (unit !== undefined)) return []
  return [
    {
      pointer: `${pointer}/unit`,
      expected: kind === 'quantity' ? 'a unit' : `no unit: the indicator is a ${kind}`,
      found: unit ?? 'nothing',
      detail: 'A number without its unit cannot be checked, and other answers have none.',
      remedy: 'Give quantities, and only quantities, a unit.',
    },
  ]
}

function placeFaults(rulebook: Rulebook, indicator: Indicator, pointer: string): Fault[] {
  const { level, stages, materials } = indicator
  const faults: Fault[] = []
  const weights = new Map(Object.entries(rulebook.stageWeights))
  const isProduct = level === 'product'
  for (const [index, stage] of stages.entries()) {
    const at = `${pointer}/stages/${index}`
    if (isProduct !== (stage === PRODUCT_STAGE)) {
      faults.push({
        pointer: at,
        expected: isProduct ? `only ${PRODUCT_STAGE}` : `any stage but ${PRODUCT_STAGE}`,
        found: stage,
        detail: `An indicator of level product is asked of the battery, in the stage ${PRODUCT_STAGE} alone.`,
        remedy: 'Change the level or the stages.',
      })
    } else if ((weights.get(stage) ?? 0) === 0) {
      faults.push({
        pointer: at,
        expected: 'a stage that stageWeights gives a weight above 0',
        found: stage,
        detail: 'An answer in a stage without weight would count for nothing.',
        remedy: 'Give the stage a weight, or take it from the indicator.',
      })
    }
  }
  if (isProduct && materials !== undefined) {
    faults.push({
      pointer: `${pointer}/materials`,
      expected: 'no materials: the indicator is asked of the battery',
      found: materials.join(', '),
      detail: `The stage ${PRODUCT_STAGE} has no materials.`,
      remedy: 'Remove the materials.',
    })
  }
  const subject = isProduct ? 'Battery' : 'Facility'
  if (!rulebook.subjectTypes.includes(subject)) {
    faults.push({
      pointer: `${pointer}/level`,
      expected: `${subject} among the subjectTypes of the rulebook`,
      found: rulebook.subjectTypes.join(', '),
      detail: `No attestation under this rulebook could answer an indicator of level ${level}.`,
      remedy: `Add ${subject} to subjectTypes, or change the level.`,
    })
  }
  return faults
}

function equivalenceFaults({ equivalences }: Indicator, pointer: string): Fault[] {
  const editions = (equivalences ?? []).flatMap(({ standard, editions }, e) =>
    editions.map((edition, i) => ({
      name: JSON.stringify([standard, edition]),
      pointer: `${pointer}/equivalences/${e}/editions/${i}`,
    })),
  )
  return duplicateFaults(
    editions.map(({ name }) => name),
    'standard and edition',
    (index) => editions[index]?.pointer ?? pointer,
  )
}
