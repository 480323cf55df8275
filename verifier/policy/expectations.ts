import { type Finding, finding } from '../findings/findings.ts'
import type { Passport, SecuredCredential } from '../reading/secured-credential.ts'

/** What the caller knows of the battery in hand, or of the credential it asks about. */
export interface Expectations {
  /** The id of the battery in hand, or of what a credential is about. */
  readonly expectSubject?: string
  /** The DID of the manufacturer expected, or of the issuer of a credential. */
  readonly expectIssuer?: string
}

/** Whether the passport is about the battery, and from the issuer, that the caller has in mind. */
export function expectationFindings(
  passport: Passport,
  { expectSubject, expectIssuer }: Expectations,
): readonly Finding[] {
  const subject =
    expectSubject === undefined
      ? [subjectNotExpected(passport)]
      : subjectFindings(passport, expectSubject, 'The passport is about another battery.')
  const issuer = issuerFindings(
    passport,
    expectIssuer,
    'The passport was issued by another issuer.',
  )
  return [...subject, ...issuer]
}

/** The same of a credential of any type, where the caller has something in mind. */
export function credentialExpectationFindings(
  credential: SecuredCredential,
  { expectSubject, expectIssuer }: Expectations,
): readonly Finding[] {
  const remedy = 'Ask for the credential you expect, or expect this one.'
  return [
    ...subjectFindings(
      credential,
      expectSubject,
      'The credential is about something else.',
      remedy,
    ),
    ...issuerFindings(credential, expectIssuer, 'The credential is of another issuer.', remedy),
  ]
}

function subjectNotExpected({ id, credential }: Passport): Finding {
  return finding('SUBJECT_NOT_EXPECTED', {
    credential: id,
    pointer: '/credentialSubject/id',
    detail: 'A signature does not bind a label to a physical battery.',
    expected: 'the id on the label of the battery in your hands',
    found: credential.credentialSubject.id,
  })
}

function subjectFindings(
  { id, credential }: SecuredCredential,
  expected: string | undefined,
  detail: string,
  remedy?: string,
): readonly Finding[] {
  const found = credential.credentialSubject.id
  if (expected === undefined || expected === found) return []
  const at = { credential: id, pointer: '/credentialSubject/id' }
  return [finding('SUBJECT_UNEXPECTED', { ...at, detail, expected, found, ...withRemedy(remedy) })]
}

function issuerFindings(
  { id, issuer: found }: SecuredCredential,
  expected: string | undefined,
  detail: string,
  remedy?: string,
): readonly Finding[] {
  if (expected === undefined || expected === found) return []
  const at = { credential: id, pointer: '/issuer' }
  return [finding('ISSUER_MISMATCH', { ...at, detail, expected, found, ...withRemedy(remedy) })]
}

function withRemedy(remedy: string | undefined): { readonly remedy?: string } {
  return remedy === undefined ? {} : { remedy }
}
