import type { Expectations } from '../policy/expectations.ts'
import type { EffectivePolicy } from '../policy/policy.ts'
import type { AnswerForm, DeliveryAnswer } from './delivery-answer.ts'

/** What a thread is started with: everything its verifier is made of. */
export interface ThreadStart {
  readonly policy: EffectivePolicy
  /** Methods and rulebooks besides the shipped ones, as parsed JSON. */
  readonly methods: readonly unknown[]
  readonly rulebooks: readonly unknown[]
  /** The DID documents that the policy names by files, as parsed JSON. */
  readonly didDocuments?: readonly unknown[]
}

/** Credentials to keep at hand under a number; null: no longer. */
export interface KeepMessage {
  readonly kind: 'keep'
  readonly companions: number
  readonly inputs: readonly Uint8Array[] | null
}

/** To begin anew, as if nothing had been verified or kept. */
export interface ForgetMessage {
  readonly kind: 'forget'
}

/** A passport to verify, and what is asked of it alone. */
export interface ThreadInput extends Expectations {
  readonly passport: string | Uint8Array
  /** Credentials for this one, added after those that are kept. */
  readonly with?: readonly Uint8Array[]
}

/** Passports to verify one after the other, under one clock; what an input expects comes first. */
export interface VerifyMessage extends Expectations {
  readonly kind: 'verify'
  readonly task: number
  readonly inputs: readonly ThreadInput[]
  /** The number under which the credentials are kept that are at hand besides. */
  readonly companions: number
  /** The clock, in whole seconds since the epoch. */
  readonly now: number
  /** The instant to judge at, RFC 3339 with `Z`; default: the clock. */
  readonly at?: string
  readonly form: AnswerForm
}

/** What a thread is told. */
export type ThreadRequest = KeepMessage | ForgetMessage | VerifyMessage

/** What a thread answers to a `VerifyMessage`; `failure` is a fault of the program. */
export type ThreadReply =
  | { readonly task: number; readonly answers: readonly DeliveryAnswer[] }
  | { readonly task: number; readonly failure: string }
