import type { Evaluation } from './evaluate.ts'
import type { AttestedAnswers } from './evaluation-input.ts'
import type { Leaf } from './leaf.ts'
import type { PlacedSite, PlacedSubject } from './place.ts'
import { tallyEsg } from './score.ts'
import { floor, type Tally } from './tally.ts'
import { tallyRulebook, tallySite } from './tally-rulebook.ts'

/** Something unknown, imagined as resolved at its best. */
export type Resolution =
  /** An answer of a statement (in every row it speaks of), or of a subject without one. */
  | { readonly kind: 'answer'; readonly subject: PlacedSubject; readonly indicator: string }
  /** Every answer of a subject without a statement. */
  | { readonly kind: 'subject'; readonly subject: PlacedSubject }
  /** The part of a facility outside the boundary of its statement. */
  | { readonly kind: 'boundary'; readonly statement: AttestedAnswers }
  /** The share of a (stage, material) without a listed facility. */
  | { readonly kind: 'remainder'; readonly site: PlacedSite }

/**
 * For one rulebook of an evaluation: how many basis points the score's `value` would gain by a
 * resolution, everything else as it is. The score is computed again, not estimated. The gain may be
 * 0, where another unknown caps the same node.
 */
export function raiserOf(
  { plan, sites, tallies, score }: Evaluation,
  rulebook: number,
): (resolution: Resolution) => number {
  const rulebookPlan = plan.rulebooks[rulebook]
  if (rulebookPlan === undefined) throw new TypeError(`raiserOf: no rulebook ${rulebook}`)
  const tallyOf = rememberingSites()
  return (resolution) => {
    const resolved = (sites[rulebook] ?? []).map((site) => resolveSite(site, resolution))
    const tally = tallyRulebook(rulebookPlan, resolved, plan.method.method.deMinimis, tallyOf)
    const { whole } = tallyEsg(plan, tallies.with(rulebook, tally))
    return floor(whole, 'value') - score.value
  }
}

/** A `tallySite` that counts a site once for each view: a resolution changes few of them. */
function rememberingSites(): typeof tallySite {
  const tallies = new WeakMap<PlacedSite, Map<readonly number[], Tally>>()
  return (placed, members) => {
    const ofSite = tallies.get(placed) ?? new Map<readonly number[], Tally>()
    tallies.set(placed, ofSite)
    const tally = ofSite.get(members) ?? tallySite(placed, members)
    ofSite.set(members, tally)
    return tally
  }
}

function resolveSite(site: PlacedSite, resolution: Resolution): PlacedSite {
  if (resolution.kind === 'remainder') {
    return site === resolution.site ? { ...site, remainder: 'best' } : site
  }
  const isMeant = (subject: PlacedSubject) =>
    resolution.kind === 'boundary'
      ? subject.statement === resolution.statement
      : subject === resolution.subject ||
        (subject.statement !== null && subject.statement === resolution.subject.statement)
  if (!site.subjects.some(isMeant)) return site
  return {
    ...site,
    subjects: site.subjects.map((subject) =>
      isMeant(subject) ? resolveSubject(site, subject, resolution) : subject,
    ),
  }
}

function resolveSubject(
  { site }: PlacedSite,
  subject: PlacedSubject,
  resolution: Exclude<Resolution, { kind: 'remainder' }>,
): PlacedSubject {
  if (resolution.kind === 'boundary') return { ...subject, excluded: 'best' }
  return {
    ...subject,
    leaves: subject.leaves.map((leaf, i) =>
      resolution.kind === 'subject' || site.indicators[i]?.id === resolution.indicator
        ? bestOf(leaf)
        : leaf,
    ),
  }
}

function bestOf(leaf: Leaf): Leaf {
  switch (leaf.state) {
    case 'not-applicable':
      return leaf
    case 'known':
      return leaf.gate === 'holds' ? leaf : { ...leaf, value: leaf.upper, gate: 'open' }
    case 'unknown':
      return {
        state: 'known',
        value: 10000,
        upper: 10000,
        level: 'none',
        gate: 'open',
        result: leaf.result ?? -1,
      }
  }
}
