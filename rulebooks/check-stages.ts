import { escapePointer } from '@battery-passport/contexts'
import { appliesTo } from './applies.ts'
import { duplicateFaults } from './check-duplicates.ts'
import { sumFaults } from './check-sum.ts'
import type { CheckedRulebook } from './checked.ts'
import type { Fault } from './fault.ts'
import { PILLARS, PRODUCT_STAGE } from './pillars.ts'
import type { Indicator, Method } from './rulebook.ts'

type MethodStage = Method['chemistries'][string]['stages'][number]

/** Everything wrong with the stages and materials of a method's chemistries. */
export function chemistryFaults(method: Method, rulebooks: readonly CheckedRulebook[]): Fault[] {
  const chemistries = Object.entries(method.chemistries)
  return [
    ...chemistries.flatMap(([chemistry, { stages }]) => {
      const pointer = `/chemistries/${escapePointer(chemistry)}`
      return [
        ...stageFaults(stages, `${pointer}/stages`),
        ...emptyFaults(method, stages, rulebooks, pointer),
      ]
    }),
    ...unknownStageFaults(
      new Set(chemistries.flatMap(([, { stages }]) => stages.map(({ key }) => key))),
      rulebooks,
    ),
  ]
}

function stageFaults(stages: readonly MethodStage[], pointer: string): Fault[] {
  return [
    ...duplicateFaults(
      stages.map(({ key }) => key),
      'stage',
      (index) => `${pointer}/${index}/key`,
    ),
    ...stages.flatMap(({ key, materials }, index): Fault[] => {
      const faults: Fault[] = []
      if (key === PRODUCT_STAGE) {
        faults.push({
          pointer: `${pointer}/${index}/key`,
          expected: `any stage but ${PRODUCT_STAGE}`,
          found: key,
          detail: `The stage ${PRODUCT_STAGE} is part of every method: its one subject is the battery.`,
          remedy: 'Leave it out.',
        })
      }
      if (materials === 'none') return faults
      const at = `${pointer}/${index}/materials`
      return [
        ...faults,
        ...duplicateFaults(
          materials.map((material) => material.key),
          'material',
          (i) => `${at}/${i}/key`,
        ),
        ...sumFaults(
          at,
          'the materials of a stage',
          materials.map(({ weight }) => weight),
        ),
      ]
    }),
  ]
}

/** A rulebook, or every weighted pillar, that has nothing to ask for a chemistry: no mean exists. */
function emptyFaults(
  method: Method,
  stages: readonly MethodStage[],
  rulebooks: readonly CheckedRulebook[],
  pointer: string,
): Fault[] {
  const isAsked = (indicator: Indicator) =>
    appliesTo(indicator, { stage: PRODUCT_STAGE }) ||
    stages.some(({ key: stage, materials }) =>
      materials === 'none'
        ? appliesTo(indicator, { stage })
        : materials.some(({ key: material }) => appliesTo(indicator, { stage, material })),
    )
  const asked = rulebooks.map(({ key, indicators }) => ({
    key,
    indicators: indicators.filter(isAsked),
  }))
  const faults = asked
    .filter(({ indicators }) => indicators.length === 0)
    .map(({ key }) => ({
      pointer: `${pointer}/stages`,
      expected: `a stage and material in which ${key} has an indicator`,
      found: stages.map((stage) => stage.key).join(', '),
      detail: `Rulebook ${key} asks nothing of this chemistry, so it has no score for it.`,
      remedy: 'Add a stage the rulebook knows, or an indicator for a stage of the chemistry.',
    }))
  const isWeighted = PILLARS.some(
    (pillar) =>
      method.pillars[pillar] > 0 &&
      asked.some(({ indicators }) => indicators.some((indicator) => indicator.pillar === pillar)),
  )
  if (!isWeighted && rulebooks.length > 0) {
    faults.push({
      pointer: '/pillars',
      expected: 'a weight above 0 for a pillar in which a rulebook has an indicator',
      found: JSON.stringify(method.pillars),
      detail: `No indicator of a weighted pillar is asked at ${pointer}.`,
      remedy: 'Weight a pillar the rulebooks ask about.',
    })
  }
  return faults
}

/** A stage a rulebook gives weight to and no chemistry of the method has: a misspelt key. */
function unknownStageFaults(
  known: ReadonlySet<string>,
  rulebooks: readonly CheckedRulebook[],
): Fault[] {
  return rulebooks.flatMap((rulebook, index) =>
    Object.keys(rulebook.stageWeights)
      .filter((stage) => stage !== PRODUCT_STAGE && !known.has(stage))
      .map((stage) => ({
        pointer: '/chemistries',
        expected: `a chemistry with the stage ${stage}, which rulebook ${rulebook.key} weighs`,
        found: [...known].join(', '),
        detail: `No chemistry of the method has the stage ${stage} (rulebook ${index}).`,
        remedy: 'Spell the stage as the method does, or add it to a chemistry.',
      })),
  )
}
