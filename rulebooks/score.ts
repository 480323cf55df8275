import {
  type AssuranceMix,
  type Interval,
  RULEBOOK_STATUSES,
  type RulebookScore,
  type Score,
} from '@battery-passport/contexts'
import { type Cap, facilityCaps } from './caps.ts'
import type { EvaluationInput } from './evaluation-input.ts'
import { gradeOf } from './grade.ts'
import { PILLARS, type Pillar } from './pillars.ts'
import type { PlacedSite } from './place.ts'
import type { Plan, RulebookPlan } from './plan.ts'
import { ceiling, floor, mean, type Part, type Tally, UNKNOWN } from './tally.ts'
import type { RulebookTally } from './tally-rulebook.ts'

/** The tree above the rulebooks: pillars over cells, the whole over pillars (step 4). */
export interface EsgTally {
  readonly whole: Tally
  readonly pillars: { readonly [P in Pillar]: Tally }
}

/**
 * A pillar is the mean of its cells by rulebook weight × the pillar's indicator weight in it, the
 * whole the mean of the pillars. A pillar in which no rulebook asks anything is left out.
 */
export function tallyEsg(plan: Plan, tallies: readonly RulebookTally[]): EsgTally {
  const weights = plan.method.method.pillars
  const parts = (pillar: Pillar): Part[] =>
    plan.rulebooks.flatMap((rulebook, i) =>
      rulebook.cells.flatMap((cell, c) => {
        const tally = tallies[i]?.cells[c]
        return cell.pillar === pillar && tally !== undefined ? [{ weight: cell.weight, tally }] : []
      }),
    )
  const found = PILLARS.map((pillar) => ({ pillar, parts: parts(pillar) }))
  const inside = found
    .filter((each) => each.parts.length > 0)
    .map((each) => ({ pillar: each.pillar, tally: mean(each.parts) }))
  const tallyOf = (pillar: Pillar) =>
    inside.find((each) => each.pillar === pillar)?.tally ?? UNKNOWN
  return {
    whole: mean(inside.map(({ pillar, tally }) => ({ weight: weights[pillar], tally }))),
    pillars: {
      environment: tallyOf('environment'),
      social: tallyOf('social'),
      governance: tallyOf('governance'),
    },
  }
}

/** The score object; the order of its fields is part of the format. */
export function scoreOf(
  input: EvaluationInput,
  plan: Plan,
  sites: readonly (readonly PlacedSite[])[],
  tallies: readonly RulebookTally[],
): Score {
  const { method, digestMultibase } = plan.method
  const { whole, pillars } = tallyEsg(plan, tallies)
  return {
    method: { key: method.key, version: method.version, digestMultibase },
    scope: scopeOf(input, plan),
    ...intervalOf(whole),
    grade: gradeOf(method, floor(whole, 'value'), whole.baselineNotMet > 0n),
    coverage: floor(whole, 'coverage'),
    notApplicable: floor(whole, 'notApplicable'),
    shareAssurance: input.shareAssurance,
    assuranceMix: assuranceMixOf(whole),
    baseline: { met: floor(whole, 'baselineMet'), notMet: floor(whole, 'baselineNotMet') },
    pillars: {
      environment: intervalOf(pillars.environment),
      social: intervalOf(pillars.social),
      governance: intervalOf(pillars.governance),
    },
    rulebooks: plan.rulebooks.flatMap((rulebook, i) => {
      const tally = tallies[i]
      return tally === undefined ? [] : [rulebookScore(rulebook, tally, sites[i] ?? [])]
    }),
  }
}

function scopeOf({ battery, attestations }: EvaluationInput, plan: Plan): Score['scope'] {
  const from = attestations.map(({ period }) => period.from).sort()
  const until = attestations.map(({ period }) => period.until).sort()
  const present = plan.rulebooks.map(({ loaded }) => loaded.rulebook.status)
  return {
    granularity: battery.granularity,
    category: battery.category,
    chemistry: battery.chemistry,
    periodFrom: from.at(0) ?? '',
    periodUntil: until.at(-1) ?? '',
    rulebookStatus: RULEBOOK_STATUSES.find((status) => present.includes(status)) ?? 'illustrative',
  }
}

function rulebookScore(
  { loaded }: RulebookPlan,
  { whole, caps }: RulebookTally,
  sites: readonly PlacedSite[],
): RulebookScore {
  const { capped, mayBeCapped } = gateIds([
    ...caps,
    ...sites.flatMap(({ site, subjects }) =>
      subjects.flatMap((subject) => facilityCaps(site, subject)),
    ),
  ])
  return {
    key: loaded.rulebook.key,
    version: loaded.rulebook.version,
    digestMultibase: loaded.digestMultibase,
    ...intervalOf(whole),
    coverage: floor(whole, 'coverage'),
    notApplicable: floor(whole, 'notApplicable'),
    assuranceMix: assuranceMixOf(whole),
    capped,
    mayBeCapped,
  }
}

/** The gates that hold anywhere, and the others that may, each sorted by code unit. */
function gateIds(caps: readonly Cap[]) {
  const held = new Set(caps.flatMap((cap) => (cap.state === 'holds' ? [cap.indicator] : [])))
  const may = new Set(caps.map(({ indicator }) => indicator).filter((id) => !held.has(id)))
  return { capped: [...held].sort(), mayBeCapped: [...may].sort() }
}

/** The score of a tally in basis points: what is proven, rounded down, and what is possible, up. */
export function intervalOf(tally: Tally): Interval {
  return { value: floor(tally, 'value'), upper: ceiling(tally, 'upper') }
}

/** The three levels sum to the coverage: each is the difference of two rounded sums. */
function assuranceMixOf(tally: Tally): AssuranceMix {
  const reasonable = floor(tally, 'reasonable')
  const assured = floor({ ...tally, limited: tally.reasonable + tally.limited }, 'limited')
  return {
    reasonable,
    limited: assured - reasonable,
    none: floor(tally, 'coverage') - assured,
  }
}
