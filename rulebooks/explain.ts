import { facilityCaps } from './caps.ts'
import type { Evaluation } from './evaluate.ts'
import type {
  AnswerSource,
  ExplainedIndicator,
  ExplainedMaterial,
  ExplainedPillar,
  ExplainedRulebook,
  ExplainedStage,
  ExplainedSubject,
  Explanation,
} from './explanation.ts'
import type { Leaf } from './leaf.ts'
import { PILLARS } from './pillars.ts'
import type { PlacedSite, PlacedSubject } from './place.ts'
import type { RulebookPlan, StageInView } from './plan.ts'
import { type Resolution, raiserOf } from './raise.ts'
import type { Indicator } from './rulebook.ts'
import { intervalOf } from './score.ts'
import { WHOLE_SHARE } from './shares.ts'
import { tallySite, tallyStage, tallySubject } from './tally-rulebook.ts'

/** The derivation of a score as a tree of plain data; see `Explanation`. */
export function explain(evaluation: Evaluation): Explanation {
  const { score, plan } = evaluation
  return {
    value: score.value,
    upper: score.upper,
    grade: score.grade,
    pillars: explainPillars(evaluation),
    rulebooks: plan.rulebooks.map((rulebook, i) => explainRulebook(evaluation, rulebook, i)),
    rowsOutsideMethod: evaluation.rowsOutsideMethod,
  }
}

function explainPillars({ plan, score, tallies }: Evaluation): ExplainedPillar[] {
  const weights = plan.method.method.pillars
  const pillars = PILLARS.map((pillar) => {
    const cells = plan.rulebooks.flatMap(({ loaded, cells }, r) =>
      cells.flatMap((cell, c) => {
        const tally = tallies[r]?.cells[c]
        if (cell.pillar !== pillar || tally === undefined) return []
        return [{ rulebook: loaded.rulebook.key, weight: cell.weight, ...intervalOf(tally) }]
      }),
    )
    const of = sumOf(cells)
    return { pillar, weight: weights[pillar], cells: cells.map((cell) => ({ ...cell, of })) }
  }).filter(({ cells }) => cells.length > 0)
  const of = sumOf(pillars)
  return pillars.map((each) => ({ ...each, of, ...score.pillars[each.pillar] }))
}

function explainRulebook(
  evaluation: Evaluation,
  plan: RulebookPlan,
  index: number,
): ExplainedRulebook {
  const { key, version } = plan.loaded.rulebook
  const tally = evaluation.tallies[index]
  if (tally === undefined) throw new TypeError(`explain: no tally of rulebook ${key}`)
  const context: Context = {
    sites: evaluation.sites[index] ?? [],
    raise: raiserOf(evaluation, index),
  }
  const of = sumOf(plan.whole.stages)
  return {
    key,
    version,
    weight: plan.loaded.weight,
    ...intervalOf(tally.whole),
    caps: tally.caps,
    stages: plan.whole.stages.map((stage) => ({ ...explainStage(context, stage), of })),
  }
}

interface Context {
  readonly sites: readonly PlacedSite[]
  raise(resolution: Resolution): number
}

function explainStage(context: Context, stage: StageInView): Omit<ExplainedStage, 'of'> {
  const of = sumOf(stage.sites)
  return {
    stage: stage.stage,
    weight: stage.weight,
    ...intervalOf(tallyStage(stage, context.sites)),
    materials: stage.sites.flatMap(({ site, weight, members }) => {
      const placed = context.sites[site]
      return placed === undefined ? [] : [explainSite(context, placed, weight, of, members)]
    }),
  }
}

function explainSite(
  context: Context,
  placed: PlacedSite,
  weight: number,
  of: number,
  members: readonly number[],
): ExplainedMaterial {
  const { site, subjects, uncovered } = placed
  const raises = () => context.raise({ kind: 'remainder', site: placed })
  return {
    material: site.material ?? null,
    weight,
    of,
    ...intervalOf(tallySite(placed, members)),
    facilities: subjects.map((subject) => explainSubject(context, placed, subject, members)),
    ...(uncovered > 0
      ? { uncovered: { share: uncovered, reason: 'not-listed', raises: raises() } }
      : {}),
  }
}

function explainSubject(
  context: Context,
  { site }: PlacedSite,
  subject: PlacedSubject,
  members: readonly number[],
): ExplainedSubject {
  const { statement } = subject
  const excluded = WHOLE_SHARE - subject.coveredShare
  return {
    facility: subject.facility,
    row: subject.row,
    share: subject.share,
    ...intervalOf(tallySubject(site, subject, members)),
    credential: statement?.credential ?? null,
    ...(statement === null ? { raises: context.raise({ kind: 'subject', subject }) } : {}),
    ...(statement !== null && excluded > 0
      ? {
          excluded: {
            share: excluded,
            reason: 'outside-boundary',
            raises: context.raise({ kind: 'boundary', statement }),
          },
        }
      : {}),
    caps: facilityCaps(site, subject),
    indicators: site.indicators.flatMap((indicator, i) => {
      const leaf = subject.leaves[i]
      return leaf === undefined ? [] : [explainLeaf(context, subject, indicator, leaf)]
    }),
  }
}

function explainLeaf(
  context: Context,
  subject: PlacedSubject,
  indicator: Indicator,
  leaf: Leaf,
): ExplainedIndicator {
  const raises = () => context.raise({ kind: 'answer', subject, indicator: indicator.id })
  const common = {
    indicator: indicator.id,
    pillar: indicator.pillar,
    tier: indicator.tier,
    weight: indicator.weight,
    source: sourceOf(subject, leaf),
  }
  switch (leaf.state) {
    case 'unknown':
      return { ...common, status: 'unknown', reason: leaf.reason, raises: raises() }
    case 'not-applicable':
      return {
        ...common,
        status: 'not-applicable',
        condition: leaf.condition,
        assuranceLevel: leaf.level,
      }
    case 'known': {
      const isOpen = leaf.value < leaf.upper || leaf.gate === 'may-hold'
      return {
        ...common,
        status: 'known',
        points: { value: leaf.value, upper: leaf.upper },
        assuranceLevel: leaf.level,
        ...(isOpen ? { reason: 'uncertainty', raises: raises() } : {}),
      }
    }
  }
}

function sourceOf({ statement }: PlacedSubject, { result }: Leaf): AnswerSource | null {
  const answered = result === null ? undefined : statement?.results[result]
  if (statement === null || answered === undefined) return null
  return {
    credential: statement.credential,
    pointer: `/credentialSubject/results/${result}`,
    answered,
  }
}

function sumOf(nodes: readonly { readonly weight: number }[]): number {
  return nodes.reduce((sum, { weight }) => sum + weight, 0)
}
