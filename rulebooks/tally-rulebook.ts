import type { GateState, Leaf } from './leaf.ts'
import type { PlacedSite, PlacedSubject } from './place.ts'
import type { RulebookPlan, StageInView, View } from './plan.ts'
import type { Indicator } from './rulebook.ts'
import { WHOLE_SHARE } from './shares.ts'
import { BEST, blend, capped, mean, type Part, type Tally, UNKNOWN } from './tally.ts'
import { tallyLeaves } from './tally-leaves.ts'

/** A gate that is not open, and the most it leaves, in basis points. */
export interface Cap {
  readonly indicator: string
  readonly cap: number
  readonly state: Exclude<GateState, 'open'>
}

/** One rulebook's counts for a battery, as a whole and for each pillar it has indicators of. */
export interface RulebookTally {
  readonly whole: Tally
  /** In the order of the plan's cells. */
  readonly cells: readonly Tally[]
  /** Product gates that hold or may hold. */
  readonly caps: readonly Cap[]
}

/** Steps 2 and 3: from the leaves over facilities, materials and stages to the battery. */
export function tallyRulebook(
  plan: RulebookPlan,
  sites: readonly PlacedSite[],
  deMinimis: number,
): RulebookTally {
  const caps = productCaps(sites, deMinimis)
  const tally = (view: View) => withCaps(tallyView(view, sites), caps)
  return { whole: tally(plan.whole), cells: plan.cells.map(({ view }) => tally(view)), caps }
}

function tallyView(view: View, sites: readonly PlacedSite[]): Tally {
  return mean(
    view.stages.map((stage) => ({ weight: stage.weight, tally: tallyStage(stage, sites) })),
  )
}

/** A stage over the materials the method has in it. */
export function tallyStage(stage: StageInView, sites: readonly PlacedSite[]): Tally {
  const parts: Part[] = stage.sites.map(({ site, weight, members }) => {
    const placed = sites[site]
    return { weight, tally: placed === undefined ? UNKNOWN : tallySite(placed, members) }
  })
  return mean(parts)
}

/** A (stage, material) over its rows by share; the rest of the shares is unknown. */
export function tallySite(placed: PlacedSite, members: readonly number[]): Tally {
  const parts = placed.subjects.map((subject) => ({
    weight: subject.share,
    tally: tallySubject(placed.site.indicators, subject, members),
  }))
  return blend(parts, WHOLE_SHARE, placed.remainder === 'best' ? BEST : UNKNOWN)
}

/** One subject: its answers, mixed with what the boundary leaves out, under its own gates. */
export function tallySubject(
  indicators: readonly Indicator[],
  subject: PlacedSubject,
  members: readonly number[],
): Tally {
  const answers = tallyLeaves(indicators, subject.leaves, members)
  const { coveredShare } = subject
  const rest = subject.excluded === 'best' ? BEST : UNKNOWN
  const mixed =
    coveredShare === WHOLE_SHARE
      ? answers
      : blend([{ weight: coveredShare, tally: answers }], WHOLE_SHARE, rest)
  return withCaps(mixed, facilityCaps(indicators, subject))
}

/** The facility gates of one subject that hold or may hold. They bind every pillar of it. */
export function facilityCaps(indicators: readonly Indicator[], subject: PlacedSubject): Cap[] {
  const caps: Cap[] = []
  for (const [i, { id, gate }] of indicators.entries()) {
    if (gate?.level !== 'facility') continue
    const state = gateState(subject, subject.leaves[i])
    if (state !== 'open') caps.push({ indicator: id, cap: gate.cap, state })
  }
  return caps
}

/**
 * The product gates that hold for any listed subject, or may. That a share is small does not help:
 * child labour at a supplier of 1 % is child labour in the battery.
 */
function productCaps(sites: readonly PlacedSite[], deMinimis: number): Cap[] {
  const caps = new Map<string, Cap>()
  for (const { site, subjects, uncovered, remainder } of sites) {
    for (const [i, { id, gate }] of site.indicators.entries()) {
      if (gate?.level !== 'product') continue
      const states = subjects.map((subject) => gateState(subject, subject.leaves[i]))
      if (uncovered > deMinimis && remainder !== 'best') states.push('may-hold')
      const before = caps.get(id)
      if (before !== undefined) states.push(before.state)
      const state = worst(states)
      if (state !== 'open') caps.set(id, { indicator: id, cap: gate.cap, state })
    }
  }
  return [...caps.values()]
}

/** A gate that the covered part has not met may still be met in the part the boundary left out. */
function gateState(subject: PlacedSubject, leaf: Leaf | undefined): GateState {
  const state = leaf?.state === 'known' ? leaf.gate : 'may-hold'
  if (state !== 'open') return state
  return subject.coveredShare < WHOLE_SHARE && subject.excluded !== 'best' ? 'may-hold' : 'open'
}

function worst(states: readonly GateState[]): GateState {
  if (states.includes('holds')) return 'holds'
  return states.includes('may-hold') ? 'may-hold' : 'open'
}

function withCaps(tally: Tally, caps: readonly Cap[]): Tally {
  return caps.reduce((held, { cap, state }) => capped(held, cap, state), tally)
}
