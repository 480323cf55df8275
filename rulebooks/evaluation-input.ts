import type {
  Activity,
  AssuranceLevel,
  Boundary,
  Category,
  DayRange,
  Granularity,
  Result,
  SupplyChainRow,
} from '@battery-passport/contexts'
import type { LoadedMethod } from './load.ts'

/** Everything a score depends on, and nothing else: no clock, no policy, no file. */
export interface EvaluationInput {
  readonly method: LoadedMethod
  readonly battery: {
    readonly granularity: Granularity
    readonly category: Category
    readonly chemistry: string
  }
  readonly supplyChain: readonly SupplyChainRow[]
  readonly attestations: readonly AttestedAnswers[]
  /** The lowest level at which the rows are attested; `none` if any is not. */
  readonly shareAssurance: AssuranceLevel
}

/** What one attestation says, as far as the score depends on it; the walk has verified the rest. */
export interface AttestedAnswers {
  /** The credential's id, for `explain`. */
  readonly credential: string
  readonly subject:
    | { readonly type: 'Facility'; readonly facility: string }
    | { readonly type: 'Battery' }
  /** The rulebook's key. */
  readonly rulebook: string
  readonly activities: readonly Activity[]
  readonly boundary: Boundary
  readonly period: DayRange
  readonly results: readonly Result[]
  /** Named in a qualified conclusion. */
  readonly qualifiedIndicators: readonly string[]
  /** Withdrawn at the instant of the evaluation: some, or every answer. */
  readonly withdrawnIndicators: readonly string[] | 'all'
  /** Why every answer is out, where that is not a withdrawal (a policy that rescores). */
  readonly uncountedBecause?: 'conclusion-not-accepted' | 'outside-accreditation'
}
