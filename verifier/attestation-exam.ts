import type { Ending } from './ending.ts'
import type { Uncounted } from './evaluation.ts'
import type { Finding } from './findings.ts'
import type { Attestation, SecuredCredential } from './secured-credential.ts'

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
