import { digestMultibase, type VerificationReceipt } from '@battery-passport/contexts'
import type { FindingCode } from '../findings/finding-kinds.ts'
import { type Finding, finding, listed } from '../findings/findings.ts'
import type { EffectivePolicy } from '../policy/policy.ts'
import type { PassportVerdict } from '../verdict.ts'

/** What a receipt should be about. */
export interface ReceiptExpectations {
  /** What should have been verified. */
  readonly input?: Uint8Array
  /** All that should have been added to it, in any order. */
  readonly with?: readonly Uint8Array[]
  /** The policy it should have been verified under. Whom it distrusts signs no receipt. */
  readonly policy?: EffectivePolicy
  /** The DID of the verifier that you trust: anybody can sign a receipt. */
  readonly expectIssuer: string
  /** The id of the battery that should have been verified. */
  readonly expectSubject?: string
  readonly expectOutcome?: PassportVerdict['outcome']
}

/** What stands against a receipt: as a finding of a verdict, and that the outcome is another. */
export interface ReceiptFinding extends Omit<Finding, 'code'> {
  readonly code: FindingCode | 'OUTCOME_UNEXPECTED'
}

/** What the receipt says against what it should be about. */
export function receiptFindings(
  { id, issuer, credentialSubject: subject }: VerificationReceipt,
  { input, with: added, policy, expectIssuer, expectSubject, expectOutcome }: ReceiptExpectations,
): readonly ReceiptFinding[] {
  const found: ReceiptFinding[] = []
  const other = (pointer: string, what: string, expected: string, is: string) =>
    found.push({
      ...finding('DIGEST_MISMATCH', {
        credential: id,
        pointer: `/credentialSubject/${pointer}`,
        detail: `The receipt is about another ${what}.`,
        expected,
        found: is,
        remedy: `Ask for the receipt of this ${what}, or verify it yourself.`,
        whose: 'holder',
      }),
    })
  if (input !== undefined) {
    const digest = digestMultibase(input)
    const is = subject.input.digestMultibase
    if (digest !== is) other('input/digestMultibase', 'input', digest, is)
  }
  if (policy !== undefined && policy.digestMultibase !== subject.policy.digestMultibase) {
    const is = subject.policy.digestMultibase
    other('policy/digestMultibase', 'policy', policy.digestMultibase, is)
  }
  if (added !== undefined) {
    const given = inOrder(added.map((bytes) => digestMultibase(bytes)))
    const recorded = inOrder(subject.added.map((each) => each.digestMultibase))
    if (given.join() !== recorded.join()) {
      const words = (digests: readonly string[]) => listed(digests) || 'nothing added'
      other('added', 'set of added credentials', words(given), words(recorded))
    }
  }
  if (expectIssuer !== issuer) {
    found.push(
      finding('ISSUER_MISMATCH', {
        credential: id,
        pointer: '/issuer',
        detail: 'The receipt was signed by another verifier.',
        expected: expectIssuer,
        found: issuer,
        remedy: 'Ask the verifier you trust for its receipt.',
      }),
    )
  }
  if (expectSubject !== undefined && expectSubject !== subject.battery) {
    found.push(
      finding('SUBJECT_UNEXPECTED', {
        credential: id,
        pointer: '/credentialSubject/battery',
        detail: 'The receipt is about another battery.',
        expected: expectSubject,
        found: subject.battery ?? 'none',
        remedy: 'Ask for the receipt of the battery in your hands.',
      }),
    )
  }
  if (expectOutcome !== undefined && expectOutcome !== subject.outcome) {
    found.push({
      code: 'OUTCOME_UNEXPECTED',
      severity: 'error',
      credential: id,
      pointer: '/credentialSubject/outcome',
      detail: 'The verification came to something else.',
      expected: expectOutcome,
      found: subject.outcome,
      remedy: 'Verify the passport: the verdict says why.',
      whose: 'verifier',
    })
  }
  return found
}

/** Each digest once: what is added twice is added. */
function inOrder(digests: readonly string[]): readonly string[] {
  return [...new Set(digests)].sort()
}
