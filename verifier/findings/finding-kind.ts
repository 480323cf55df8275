/** How bad a finding is, worst first: an error rejects, an unknown leaves open, a warning or note informs. */
export const SEVERITIES = ['error', 'unknown', 'warning', 'note'] as const
export type Severity = (typeof SEVERITIES)[number]

/** Who can mend what a finding says. */
export const RESPONSIBLE = [
  'issuer',
  'assurance-body',
  'scheme',
  'holder',
  'verifier',
  'network',
] as const
export type Whose = (typeof RESPONSIBLE)[number]

/** What a code means, whatever the case: the contract that programs rely on. */
export interface FindingKind {
  readonly severity: Severity
  /** Severities that the policy or the place in the walk may give it instead. */
  readonly also?: readonly Severity[]
  readonly title: string
  readonly remedy: string
  readonly whose: Whose
  /** Where the rule is written down. */
  readonly see: string
}
