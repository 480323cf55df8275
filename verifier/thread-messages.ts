import type { EffectivePolicy } from './policy.ts'
import type { VerdictInBrief } from './verdict-in-brief.ts'

/** What a thread is started with: everything its verifier is made of. */
export interface ThreadStart {
  readonly policy: EffectivePolicy
  /** Methods and rulebooks besides the shipped ones, as parsed JSON. */
  readonly methods: readonly unknown[]
  readonly rulebooks: readonly unknown[]
}

/** Credentials to keep at hand under a number; null: no longer. */
export interface KeepMessage {
  readonly kind: 'keep'
  readonly companions: number
  readonly inputs: readonly Uint8Array[] | null
}

/** A passport to verify, and what is asked of it. */
export interface VerifyMessage {
  readonly kind: 'verify'
  readonly task: number
  readonly passport: string
  /** The number under which the credentials are kept that are at hand besides. */
  readonly companions: number
  /** The clock, in whole seconds since the epoch. */
  readonly now: number
  readonly expectSubject: string
  readonly expectIssuer: string
}

/** What a thread is told. */
export type ThreadRequest = KeepMessage | VerifyMessage

/** What a thread answers to a `VerifyMessage`; `failure` is a fault of the program. */
export type ThreadReply =
  | { readonly task: number; readonly verdict: VerdictInBrief }
  | { readonly task: number; readonly failure: string }
