import type { Inquiry } from '../inquiry.ts'
import type { Memory } from '../memory/memory.ts'
import type { EffectivePolicy } from '../policy/policy.ts'
import type { SecuredCredential } from '../reading/secured-credential.ts'

/** Something signed: what tells who signed it, and when. */
export type Signed = Pick<
  SecuredCredential,
  'id' | 'issuer' | 'created' | 'digestMultibase' | 'document' | 'securing'
>

/** What is asked to tell who signed. */
export interface SignerInquiry
  extends Pick<Inquiry, 'at' | 'resolver' | 'authentications' | 'times'> {
  readonly policy: Pick<
    EffectivePolicy,
    'proofForms' | 'clockSkew' | 'distrust' | 'acceptSelfAssertedTime'
  >
  readonly memory: Pick<Memory, 'proofs'>
}

/** Why its signer could date it back, and the last instant at which that was no reason. */
export interface Doubt {
  readonly detail: string
  readonly last: number
}
