import type { Finding } from '../findings/findings.ts'
import type { Custody, SecuredCredential } from '../reading/secured-credential.ts'
import type { Ending } from '../time/ending.ts'

/** What is known of a custody attestation after it and all it rests on were walked. */
export interface CustodyExam {
  readonly custody: Custody
  /** Whether step 3 held: only then does what it says bind anything. */
  readonly authentic: boolean
  readonly findings: readonly Finding[]
  readonly used: readonly SecuredCredential[]
  /** Whether it assures shares in the current evaluation, under a policy that rescores. */
  readonly counts: boolean
  /** That it was withdrawn after it had been relied on. */
  readonly ended: readonly Ending[]
}
