import type { Resolver } from '@battery-passport/keys'
import type { Memory } from './memory/memory.ts'
import type { EffectivePolicy } from './policy/policy.ts'
import type { Authenticity } from './proof/signer-judgement.ts'
import type { ProvenTimes } from './proof/trusted-time.ts'
import type { Documents } from './reading/documents.ts'
import type { DecodedLists } from './status/decoded-lists.ts'
import type { SeenLists } from './status/seen-lists.ts'
import type { SupposedRevocation } from './status/supposed-withdrawal.ts'

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
  /** The bits of the status lists. */
  readonly lists: DecodedLists
  readonly documents: Documents
  /** What timestamps prove. */
  readonly times: ProvenTimes
  /** What the caller has seen of status lists before; null: it does not say. */
  readonly seen: SeenLists | null
  /** What is taken as revoked to see what follows; null in every verification that counts. */
  readonly supposed: SupposedRevocation | null
}
