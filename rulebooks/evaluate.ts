import type { Score, SupplyChainRow } from '@battery-passport/contexts'
import type { EvaluationInput } from './evaluation-input.ts'
import type { Fault } from './fault.ts'
import { type IndexedRow, type PlacedSite, placeSites, type RowsBySite } from './place.ts'
import { type Plan, planOf } from './plan.ts'
import { scoreOf } from './score.ts'
import { checkShares } from './shares.ts'
import { siteKey } from './site-key.ts'
import { indexStatements } from './statements.ts'
import { type RulebookTally, tallyRulebook } from './tally-rulebook.ts'

/** A score with the tree it came from. */
export interface Evaluation {
  readonly outcome: 'evaluated'
  readonly score: Score
  /** Indexes of supply-chain rows whose (stage, material) the method does not have: they weigh 0. */
  readonly rowsOutsideMethod: readonly number[]
  readonly plan: Plan
  readonly sites: readonly (readonly PlacedSite[])[]
  readonly tallies: readonly RulebookTally[]
}

/** Why there is no score. Pointers are from the `EvaluationInput`. */
export interface EvaluationRefused {
  readonly outcome: 'refused'
  readonly faults: readonly [EvaluationFault, ...EvaluationFault[]]
}

/** One reason why no score exists, and what kind of reason it is. */
export interface EvaluationFault extends Fault {
  readonly cause: 'chemistry' | 'shares' | 'conflict' | 'no-attestations' | 'rulebook'
}

/**
 * The ESG score of a battery: a pure function of verified answers, supply-chain rows, rulebooks and
 * method. Exact inside, rounded once: lower bounds down, upper bounds up.
 */
export function evaluate(input: EvaluationInput): Evaluation | EvaluationRefused {
  const { method, battery, supplyChain, attestations } = input
  const plan = planOf(method, battery.chemistry)
  const { index, conflicts } = indexStatements(attestations)
  const faults = [
    ...at('shares', '/supplyChain', checkShares(supplyChain)),
    ...at('conflict', '/attestations', conflicts),
    ...attestationFaults(input),
  ]
  if (plan === null) return { outcome: 'refused', faults: [chemistryFault(input), ...faults] }
  const [first, ...more] = faults
  if (first !== undefined) return { outcome: 'refused', faults: [first, ...more] }
  const rows = rowsBySite(supplyChain)
  const sites = plan.rulebooks.map((rulebook) => placeSites(rulebook, rows, index))
  const tallies = plan.rulebooks.map((rulebook, i) =>
    tallyRulebook(rulebook, sites[i] ?? [], method.method.deMinimis),
  )
  const rowsOutsideMethod = supplyChain.flatMap(({ stage, material }, i) =>
    plan.pairs.has(siteKey(stage, material)) ? [] : [i],
  )
  const score = scoreOf(input, plan, sites, tallies)
  return { outcome: 'evaluated', score, rowsOutsideMethod, plan, sites, tallies }
}

function rowsBySite(supplyChain: readonly SupplyChainRow[]): RowsBySite {
  const rows = new Map<string, IndexedRow[]>()
  for (const [row, { facility, share, stage, material }] of supplyChain.entries()) {
    const key = siteKey(stage, material)
    const there = rows.get(key)
    if (there === undefined) rows.set(key, [{ facility, share, row }])
    else there.push({ facility, share, row })
  }
  return rows
}

function chemistryFault({ method, battery }: EvaluationInput): EvaluationFault {
  return {
    cause: 'chemistry',
    pointer: '/battery/chemistry',
    expected: `one of ${Object.keys(method.method.chemistries).join(', ')}`,
    found: battery.chemistry,
    detail: `Method ${method.method.key} ${method.method.version} has no stages for this chemistry.`,
    remedy: 'State a chemistry the method knows, or use a method that knows this one.',
  }
}

function attestationFaults({ method, attestations }: EvaluationInput): EvaluationFault[] {
  const keys = method.rulebooks.map(({ rulebook }) => rulebook.key)
  if (attestations.length === 0) {
    return [
      {
        cause: 'no-attestations',
        pointer: '/attestations',
        expected: 'at least one attestation',
        found: 'none',
        detail: 'A score speaks of a period, and the attestations give it.',
        remedy: 'Reference the attestations the passport rests on.',
      },
    ]
  }
  return attestations.flatMap(({ rulebook }, i) =>
    keys.includes(rulebook)
      ? []
      : [
          {
            cause: 'rulebook' as const,
            pointer: `/attestations/${i}/rulebook`,
            expected: `one of ${keys.join(', ')}`,
            found: rulebook,
            detail: `Method ${method.method.key} ${method.method.version} has no such rulebook.`,
            remedy: 'Reference only attestations under rulebooks of the method.',
          },
        ],
  )
}

function at(
  cause: EvaluationFault['cause'],
  prefix: string,
  faults: readonly Fault[],
): EvaluationFault[] {
  return faults.map((fault) => ({ ...fault, cause, pointer: `${prefix}${fault.pointer}` }))
}
