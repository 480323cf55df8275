import type { Finding } from '../findings/findings.ts'
import type { Attestation, SecuredCredential } from '../reading/secured-credential.ts'
import type { Ending } from '../time/ending.ts'

/** Why the answers of an attestation do not count, under a policy that rescores; null if they do. */
export type Uncounted = 'withdrawn' | 'conclusion-not-accepted' | 'outside-accreditation' | null

/** What is known of an attestation after it and all it rests on were walked. */
export interface AttestationExam {
  readonly attestation: Attestation
  /** Whether step 3 held: only then does what it says bind anything. */
  readonly authentic: boolean
  readonly findings: readonly Finding[]
  readonly used: readonly SecuredCredential[]
  /** Why its answers do not count in the current evaluation, under a policy that rescores. */
  readonly uncounted: Uncounted
  /** The indicators that are withdrawn at the instant asked for: they do not count either. */
  readonly withdrawnIndicators: readonly string[]
  /** That it was withdrawn after it had been relied on. */
  readonly ended: readonly Ending[]
}
