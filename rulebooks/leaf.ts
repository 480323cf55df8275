import type { AssuranceLevel } from '@battery-passport/contexts'

/** Whether the zero-tolerance gate of an indicator holds for one subject. */
export type GateState = 'open' | 'may-hold' | 'holds'

/** Why an answer counts as unknown. */
export const UNKNOWN_REASONS = [
  'not-covered',
  'not-assessed',
  'withdrawn',
  'conclusion-not-accepted',
  'outside-accreditation',
  'qualified',
  'invalid-answer',
  'below-required-assurance',
  'no-evidence',
] as const
export type UnknownReason = (typeof UNKNOWN_REASONS)[number]

/** One indicator asked of one subject, and what its answer is worth. */
export type Leaf =
  | {
      readonly state: 'known'
      /** Basis points; apart only where an uncertainty touches several bands. */
      readonly value: number
      readonly upper: number
      readonly level: AssuranceLevel
      readonly gate: GateState
      readonly result: number
    }
  | {
      readonly state: 'not-applicable'
      readonly level: AssuranceLevel
      readonly condition: string
      readonly result: number
    }
  | {
      readonly state: 'unknown'
      readonly reason: UnknownReason
      /** The index of the result that says so, null where there is none. */
      readonly result: number | null
    }
