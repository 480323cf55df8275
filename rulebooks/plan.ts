import { appliesTo } from './applies.ts'
import type { LoadedMethod, LoadedRulebook } from './load.ts'
import { PILLARS, type Pillar, PRODUCT_STAGE } from './pillars.ts'
import type { Indicator } from './rulebook.ts'
import { siteKey } from './site-key.ts'

/** A (stage, material) of the method in which a rulebook asks something. */
export interface Site {
  readonly stage: string
  readonly material: string | undefined
  readonly indicators: readonly Indicator[]
  readonly facilityGates: readonly SiteGate[]
  readonly productGates: readonly SiteGate[]
}

/** A gate among the indicators of a site; `at` is its indicator's place there. */
export interface SiteGate {
  readonly at: number
  readonly indicator: string
  readonly cap: number
}

/** One site in a view: its weight among the materials, and which of its indicators are looked at. */
export interface SiteInView {
  readonly site: number
  readonly weight: number
  readonly members: readonly number[]
}

/** One stage in a view: its weight among the stages, and its sites. */
export interface StageInView {
  readonly stage: string
  readonly weight: number
  readonly sites: readonly SiteInView[]
}

/** The whole of a rulebook or one pillar of it, without the nodes that have no indicators. */
export interface View {
  readonly stages: readonly StageInView[]
}

/** A (rulebook, pillar): the rulebook's tree restricted to that pillar's indicators. */
export interface Cell {
  readonly pillar: Pillar
  readonly weight: number
  readonly view: View
}

/** A rulebook over the sites that answer it, whole and pillar by pillar. */
export interface RulebookPlan {
  readonly loaded: LoadedRulebook
  readonly sites: readonly Site[]
  readonly whole: View
  readonly cells: readonly Cell[]
}

/** Everything about an evaluation that no answer can change. */
export interface Plan {
  readonly method: LoadedMethod
  readonly chemistry: string
  /** The (stage, material) pairs the method knows, as `siteKey`s. */
  readonly pairs: ReadonlySet<string>
  readonly rulebooks: readonly RulebookPlan[]
}

const plans = new WeakMap<LoadedMethod, Map<string, Plan>>()

/** The plan of a method for one chemistry, made once; null if the method does not know the chemistry. */
export function planOf(method: LoadedMethod, chemistry: string): Plan | null {
  const known = plans.get(method) ?? new Map<string, Plan>()
  plans.set(method, known)
  const plan = known.get(chemistry) ?? makePlan(method, chemistry)
  if (plan !== null) known.set(chemistry, plan)
  return plan
}

interface Pair {
  readonly stage: string
  readonly material: string | undefined
  readonly weight: number
}

function makePlan(method: LoadedMethod, chemistry: string): Plan | null {
  const { chemistries } = method.method
  const entry = Object.hasOwn(chemistries, chemistry) ? chemistries[chemistry] : undefined
  if (entry === undefined) return null
  const pairs = entry.stages.flatMap(({ key, materials }): Pair[] =>
    materials === 'none'
      ? [{ stage: key, material: undefined, weight: 1 }]
      : materials.map((material) => ({
          stage: key,
          material: material.key,
          weight: material.weight,
        })),
  )
  return {
    method,
    chemistry,
    pairs: new Set(pairs.map(({ stage, material }) => siteKey(stage, material))),
    rulebooks: method.rulebooks.map((loaded) => planRulebook(loaded, pairs)),
  }
}

function planRulebook(loaded: LoadedRulebook, pairs: readonly Pair[]): RulebookPlan {
  const { indicators } = loaded.rulebook
  const product = { stage: PRODUCT_STAGE, material: undefined, weight: 1 }
  const asked = [...pairs, product]
    .map(({ stage, material, weight }) => {
      const activity = material === undefined ? { stage } : { stage, material }
      const here = indicators.filter((indicator) => appliesTo(indicator, activity))
      return { weight, site: siteOf(stage, material, here) }
    })
    .filter(({ site }) => site.indicators.length > 0)
  const sites = asked.map(({ site }) => site)
  const weights = asked.map(({ weight }) => weight)
  const cells = PILLARS.map((pillar): Cell => {
    const own = indicators.filter((indicator) => indicator.pillar === pillar)
    return {
      pillar,
      weight: loaded.weight * own.reduce((sum, { weight }) => sum + weight, 0),
      view: viewOf(loaded, sites, weights, (indicator) => indicator.pillar === pillar),
    }
  })
  return {
    loaded,
    sites,
    whole: viewOf(loaded, sites, weights, () => true),
    cells: cells.filter(({ view }) => view.stages.length > 0),
  }
}

function siteOf(
  stage: string,
  material: string | undefined,
  indicators: readonly Indicator[],
): Site {
  const gatesOf = (level: 'facility' | 'product') =>
    indicators.flatMap(({ id, gate }, at) =>
      gate?.level === level ? [{ at, indicator: id, cap: gate.cap }] : [],
    )
  return {
    stage,
    material,
    indicators,
    facilityGates: gatesOf('facility'),
    productGates: gatesOf('product'),
  }
}

/** Leaves out every site, and every stage, without an indicator that is looked at. */
function viewOf(
  loaded: LoadedRulebook,
  sites: readonly Site[],
  weights: readonly number[],
  isSeen: (indicator: Indicator) => boolean,
): View {
  const stages = new Map<string, SiteInView[]>()
  for (const [index, site] of sites.entries()) {
    const members = site.indicators.flatMap((indicator, i) => (isSeen(indicator) ? [i] : []))
    if (members.length === 0) continue
    const inStage = stages.get(site.stage) ?? []
    inStage.push({ site: index, weight: weights[index] ?? 0, members })
    stages.set(site.stage, inStage)
  }
  const stageWeights = new Map(Object.entries(loaded.rulebook.stageWeights))
  return {
    stages: [...stages].map(([stage, inStage]) => ({
      stage,
      weight: stageWeights.get(stage) ?? 0,
      sites: inStage,
    })),
  }
}
