import { type Method, PRODUCT_STAGE, type Rulebook } from '@battery-passport/rulebooks'

/** What may stand beside the name of a stage. */
export interface StageMaterials {
  readonly materials: ReadonlySet<string>
  /** The stage may stand without a material. */
  readonly alone: boolean
  /** A rulebook alone knows the stage: nothing at hand says which materials it has. */
  readonly any: boolean
}

/** The stages that are known, each with what may stand beside it. */
export type StageVocabulary = ReadonlyMap<string, StageMaterials>

type MethodStages = Method['chemistries'][string]['stages']

/** The stages and materials that a method gives weight for one chemistry. */
export function vocabularyOf(stages: MethodStages): StageVocabulary {
  return merged([stages])
}

/** The stages and materials of several methods, whatever the chemistry, and the stages of rulebooks. */
export function commonVocabulary(
  methods: readonly Method[],
  rulebooks: readonly Rulebook[],
): StageVocabulary {
  const vocabulary = merged(
    methods.flatMap(({ chemistries }) => Object.values(chemistries).map(({ stages }) => stages)),
  )
  vocabulary.set(PRODUCT_STAGE, { materials: new Set(), alone: true, any: false })
  for (const stage of rulebooks.flatMap(({ stageWeights }) => Object.keys(stageWeights))) {
    if (vocabulary.has(stage)) continue
    vocabulary.set(stage, { materials: new Set(), alone: true, any: true })
  }
  return vocabulary
}

function merged(lists: readonly MethodStages[]): Map<string, StageMaterials> {
  const vocabulary = new Map<string, StageMaterials>()
  for (const { key, materials } of lists.flat()) {
    const before = vocabulary.get(key)
    const named = materials === 'none' ? [] : materials.map((material) => material.key)
    vocabulary.set(key, {
      materials: new Set([...(before?.materials ?? []), ...named]),
      alone: (before?.alone ?? false) || materials === 'none',
      any: false,
    })
  }
  return vocabulary
}
