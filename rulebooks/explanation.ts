import type { AssuranceLevel, Interval, Result } from '@battery-passport/contexts'
import type { Cap } from './caps.ts'
import type { UnknownReason } from './leaf.ts'
import type { Pillar } from './pillars.ts'

/**
 * The derivation of a score: product → rulebook → stage → material → facility → indicator → points.
 * Every `value` and `upper` is in basis points, rounded as in the score (down, up); a `weight` is
 * out of `of`, the sum over the siblings that are not left out.
 */
export interface Explanation extends Interval {
  readonly grade: string
  readonly pillars: readonly ExplainedPillar[]
  readonly rulebooks: readonly ExplainedRulebook[]
  /** Indexes of supply-chain rows the method has no place for. */
  readonly rowsOutsideMethod: readonly number[]
}

/** A pillar of the score, and what each rulebook contributes to it. */
export interface ExplainedPillar extends Interval {
  readonly pillar: Pillar
  readonly weight: number
  readonly of: number
  readonly cells: readonly (Interval & {
    readonly rulebook: string
    readonly weight: number
    readonly of: number
  })[]
}

/** A rulebook of the method, stage by stage. */
export interface ExplainedRulebook extends Interval {
  readonly key: string
  readonly version: string
  readonly weight: number
  /** Product gates that hold or may hold; they bind the rulebook and each of its pillars. */
  readonly caps: readonly Cap[]
  readonly stages: readonly ExplainedStage[]
}

/** A stage of the chain, material by material. */
export interface ExplainedStage extends Interval {
  readonly stage: string
  readonly weight: number
  readonly of: number
  readonly materials: readonly ExplainedMaterial[]
}

/** A material in a stage, facility by facility, and the share that nobody listed supplies. */
export interface ExplainedMaterial extends Interval {
  /** Null in a stage without materials. */
  readonly material: string | null
  readonly weight: number
  readonly of: number
  readonly facilities: readonly ExplainedSubject[]
  /** The share no listed facility supplies, if there is one. */
  readonly uncovered?: {
    readonly share: number
    readonly reason: 'not-listed'
    readonly raises: number
  }
}

/** A facility, or the battery, with what is attested of it. */
export interface ExplainedSubject extends Interval {
  /** Null is the battery itself. */
  readonly facility: string | null
  /** The index of its row in the supply chain; null for the battery. */
  readonly row: number | null
  readonly share: number
  /** The attestation that speaks of it under this rulebook; null if none does. */
  readonly credential: string | null
  /** What answering everything at once could raise, where nothing is attested. */
  readonly raises?: number
  /** The part of the facility outside the attested boundary, if there is one. */
  readonly excluded?: {
    readonly share: number
    readonly reason: 'outside-boundary'
    readonly raises: number
  }
  /** Facility gates that hold or may hold. */
  readonly caps: readonly Cap[]
  readonly indicators: readonly ExplainedIndicator[]
}

/** An answer as it was attested, and where it was read: `pointer` is into that credential (RFC 6901). */
export interface AnswerSource {
  readonly credential: string
  readonly pointer: string
  readonly answered: Result
}

/** An indicator as answered, and where that was read. */
export type ExplainedIndicator = {
  readonly indicator: string
  readonly pillar: Pillar
  readonly tier: 'baseline' | 'leading'
  readonly weight: number
  readonly source: AnswerSource | null
} & (
  | {
      readonly status: 'known'
      readonly points: Interval
      readonly assuranceLevel: AssuranceLevel
      /** Set where the uncertainty touches several bands, or straddles the gate. */
      readonly reason?: 'uncertainty'
      readonly raises?: number
    }
  | {
      readonly status: 'not-applicable'
      readonly condition: string
      readonly assuranceLevel: AssuranceLevel
    }
  | {
      readonly status: 'unknown'
      readonly reason: UnknownReason
      /** Basis points of the score's `value` that the best answer would add, all else as it is. */
      readonly raises: number
    }
)
