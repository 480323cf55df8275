import type { Resolver } from '@battery-passport/keys'
import type { Documents } from './documents.ts'
import type { Memory } from './memory.ts'
import type { EffectivePolicy } from './policy.ts'
import type { SeenLists } from './seen-lists.ts'
import type { Authenticity } from './signer-judgement.ts'
import type { SupposedRevocation } from './supposed-withdrawal.ts'
import type { ProvenTimes } from './trusted-time.ts'

/** Tells the time: whole seconds since the epoch. The verifier never asks the system. */
export interface Clock {
  now(): number
}

/** Everything one verification asks of: the documents, the policy and the instants. */
export interface Inquiry {
  readonly policy: EffectivePolicy
  /** The instant asked for. */
  readonly at: number
  /** The real clock; status lists later than `at` are tested against it. */
  readonly now: number
  readonly resolver: Resolver
  readonly memory: Memory
  /** What step 3 has found in this verification, by digest and instant. */
  readonly authentications: Map<string, Promise<Authenticity>>
  readonly documents: Documents
  /** What timestamps prove. */
  readonly times: ProvenTimes
  /** What the caller has seen of status lists before; null: it does not say. */
  readonly seen: SeenLists | null
  /** What is taken as revoked to see what follows; null in every verification that counts. */
  readonly supposed: SupposedRevocation | null
}
