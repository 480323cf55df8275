import type { Inquiry } from '../inquiry.ts'
import { type Followed, findingsOfPresent, follow } from '../proof/references.ts'
import type { Passport, SecuredCredential, StatementType } from '../reading/secured-credential.ts'
import type { Report } from '../report.ts'
import type { AttestationExam } from '../statements/attestation-exam.ts'
import type { CustodyExam } from '../statements/custody-exam.ts'
import { type ExaminersOf, examineSet } from './remembered-exams.ts'

/** The exams of everything a passport rests on. */
export interface PassportExams {
  readonly attestations: readonly AttestationExam[]
  readonly custody: readonly CustodyExam[]
}

/** Follows every reference of a passport to a statement, and examines what is there. */
export async function examineStatements(
  passport: Passport,
  inquiry: Inquiry,
  examinersOf: ExaminersOf,
  report: Report,
): Promise<PassportExams> {
  const { attestations, custody } = passport.credential.credentialSubject
  const { documents } = inquiry
  const ofAttestations = attestations.map((reference, index) =>
    follow(passport, `/credentialSubject/attestations/${index}`, reference, documents),
  )
  const ofCustody = custody.map((reference, index) =>
    follow(passport, `/credentialSubject/custody/${index}`, reference, documents),
  )
  const present = { attestations: presentOf(ofAttestations), custody: presentOf(ofCustody) }
  const exams = await examineSet(present, passport.created, inquiry, examinersOf)
  for (const each of [...ofAttestations, ...ofCustody]) {
    report.add(each.findings)
    if (!each.ok) report.add(await findingsOfPresent(each.present, inquiry))
  }
  for (const exam of [...exams.attestations, ...exams.custody]) {
    report.add(exam.findings)
    report.use(exam.used)
  }
  return exams
}

/** Each once, however often it is named. */
function presentOf<T extends StatementType>(
  followed: readonly Followed<T>[],
): readonly SecuredCredential<T>[] {
  return [...new Set(followed.flatMap((each) => (each.ok ? [each.secured] : [])))]
}
