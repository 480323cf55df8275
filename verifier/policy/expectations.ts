import { type Finding, finding } from '../findings/findings.ts'
import type { Passport } from '../reading/secured-credential.ts'

/** What the caller knows of the battery in hand. */
export interface Expectations {
  /** The id of the battery in hand. */
  readonly expectSubject?: string
  /** The DID of the manufacturer expected. */
  readonly expectIssuer?: string
}

/** Whether the passport is about the battery, and from the issuer, that the caller has in mind. */
export function expectationFindings(
  passport: Passport,
  { expectSubject, expectIssuer }: Expectations,
): readonly Finding[] {
  return [...subjectFindings(passport, expectSubject), ...issuerFindings(passport, expectIssuer)]
}

function subjectFindings({ id, credential }: Passport, expected: string | undefined): Finding[] {
  const subject = credential.credentialSubject.id
  if (expected === subject) return []
  const at = { credential: id, pointer: '/credentialSubject/id', found: subject }
  if (expected === undefined) {
    const detail = 'A signature does not bind a label to a physical battery.'
    const asked = 'the id on the label of the battery in your hands'
    return [finding('SUBJECT_NOT_EXPECTED', { ...at, detail, expected: asked })]
  }
  const detail = 'The passport is about another battery.'
  return [finding('SUBJECT_UNEXPECTED', { ...at, detail, expected })]
}

function issuerFindings({ id, issuer }: Passport, expected: string | undefined): Finding[] {
  if (expected === undefined || expected === issuer) return []
  return [
    finding('ISSUER_MISMATCH', {
      credential: id,
      pointer: '/issuer',
      detail: 'The passport was issued by another issuer.',
      expected,
      found: issuer,
    }),
  ]
}
