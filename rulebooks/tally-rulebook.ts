import { type Cap, facilityCaps, productCaps } from './caps.ts'
import type { PlacedSite, PlacedSubject } from './place.ts'
import type { RulebookPlan, Site, StageInView, View } from './plan.ts'
import { WHOLE_SHARE } from './shares.ts'
import { blend, capped, mean, type Part, type Tally, UNKNOWN } from './tally.ts'
import { tallyLeaves } from './tally-leaves.ts'

/** One rulebook's counts for a battery, as a whole and for each pillar it has indicators of. */
export interface RulebookTally {
  readonly whole: Tally
  /** In the order of the plan's cells. */
  readonly cells: readonly Tally[]
  /** Product gates that hold or may hold. */
  readonly caps: readonly Cap[]
}

/**
 * Steps 2 and 3: from the leaves over facilities, materials and stages to the battery. `tallyOf` may
 * be a `tallySite` that remembers, where one rulebook is counted again and again.
 */
export function tallyRulebook(
  plan: RulebookPlan,
  sites: readonly PlacedSite[],
  deMinimis: number,
  tallyOf = tallySite,
): RulebookTally {
  const caps = productCaps(sites, deMinimis)
  const tally = (view: View) =>
    withCaps(
      mean(
        view.stages.map((stage) => ({
          weight: stage.weight,
          tally: tallyStage(stage, sites, tallyOf),
        })),
      ),
      caps,
    )
  return { whole: tally(plan.whole), cells: plan.cells.map(({ view }) => tally(view)), caps }
}

/** A stage over the materials the method has in it. */
export function tallyStage(
  stage: StageInView,
  sites: readonly PlacedSite[],
  tallyOf = tallySite,
): Tally {
  const parts: Part[] = stage.sites.map(({ site, weight, members }) => {
    const placed = sites[site]
    return { weight, tally: placed === undefined ? UNKNOWN : tallyOf(placed, members) }
  })
  return mean(parts)
}

/** A (stage, material) over its rows by share; the rest of the shares is unknown. */
export function tallySite(placed: PlacedSite, members: readonly number[]): Tally {
  const parts = placed.subjects.map((subject) => ({
    weight: subject.share,
    tally: tallySubject(placed.site, subject, members),
  }))
  return blend(parts, WHOLE_SHARE, placed.remainder)
}

/** One subject: its answers, mixed with what the boundary leaves out, under its own gates. */
export function tallySubject(
  site: Site,
  subject: PlacedSubject,
  members: readonly number[],
): Tally {
  const isUnknown = subject.leaves.every(({ state }) => state === 'unknown')
  if (isUnknown && subject.excluded === 'unknown') return UNKNOWN
  const answers = tallyLeaves(site.indicators, subject.leaves, members)
  const { coveredShare } = subject
  const mixed =
    coveredShare === WHOLE_SHARE
      ? answers
      : blend([{ weight: coveredShare, tally: answers }], WHOLE_SHARE, subject.excluded)
  return withCaps(mixed, facilityCaps(site, subject))
}

function withCaps(tally: Tally, caps: readonly Cap[]): Tally {
  return caps.reduce((held, { cap, state }) => capped(held, cap, state), tally)
}
