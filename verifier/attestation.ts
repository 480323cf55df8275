import type { Rulebook } from '@battery-passport/rulebooks'
import type { AccreditationExam, AccreditationExaminer } from './accreditation.ts'
import type { AttestationExam } from './attestation-exam.ts'
import { authenticate } from './authenticity.ts'
import { currencyFindings } from './currency.ts'
import { entitlementFindings, scopeFindings } from './entitlement.ts'
import { operates, registeredOperators } from './facilities.ts'
import type { Finding } from './findings.ts'
import type { IdentityExaminer } from './identity.ts'
import { accreditedParty, independenceFindings, type Party, party } from './independence.ts'
import type { Inquiry } from './inquiry.ts'
import { findingsOfPresent, follow } from './references.ts'
import type { Attestation, Identity, SecuredCredential } from './secured-credential.ts'
import { statementFindings } from './statement.ts'
import { statusOf } from './status.ts'
import { ownSigner } from './status-signers.ts'
import { withdrawalEffects } from './withdrawal.ts'

/** Who else must be independent of the assurance body, besides operator and accreditor. */
export interface Examiners {
  readonly accreditation: AccreditationExaminer
  readonly identity: IdentityExaminer
  readonly rulebook: (digestMultibase: string) => Rulebook | null
  readonly passportIssuer: Party | null
  /** When attestations were relied on: seconds since the epoch, the signing of the passport. */
  readonly reliedOnAt: number
}

/** Steps 3 to 8 for one attestation, except what binds it to a battery. */
export async function examineAttestation(
  attestation: Attestation,
  inquiry: Inquiry,
  examiners: Examiners,
): Promise<AttestationExam> {
  const authentic = await authenticate(attestation, inquiry, inquiry.at)
  if (!authentic.ok) {
    const { findings } = authentic
    const nothing = { uncounted: null, withdrawnIndicators: [], ended: [] }
    return { attestation, authentic: false, findings, used: [attestation], ...nothing }
  }
  const { documents, policy } = inquiry
  const reference = attestation.credential.credentialSubject.accreditation
  const up = follow(attestation, '/credentialSubject/accreditation', reference, documents)
  const exam = up.ok ? await examiners.accreditation(up.secured) : null
  const entitled = exam?.accreditation.credential.credentialSubject.id === attestation.issuer
  const signers =
    exam !== null && entitled ? await exam.statusSigners() : ownSigner(attestation.issuer)
  const status = await statusOf(attestation, inquiry, signers)
  const withdrawal = withdrawalEffects(status.withdrawals, examiners.reliedOnAt, inquiry)
  const rescores = policy.uncountedAttestation === 'rescore'
  const downgrade = (found: readonly Finding[], codes: readonly string[]) =>
    rescores ? found.map((each) => (codes.includes(each.code) ? warning(each) : each)) : found
  const { digestMultibase } = attestation.credential.credentialSubject.rulebook
  const rulebook = examiners.rulebook(digestMultibase)
  const { demands, conclusion, faults } = statementFindings(attestation, rulebook, inquiry.memory)
  const scope =
    exam === null || !entitled ? [] : scopeFindings(attestation, demands, exam.accreditation)
  const findings: Finding[] = [
    ...authentic.doubts,
    ...up.findings,
    ...(up.ok ? [] : await findingsOfPresent(up.present, inquiry)),
    ...(exam?.findings ?? []),
    ...status.findings,
    ...downgrade(withdrawal.findings, ['REVOKED']),
    ...downgrade(scope, ['ACCREDITATION_SCOPE']),
    ...downgrade(conclusion, ['CONCLUSION_NOT_ACCEPTED']),
    ...faults,
  ]
  const used = [attestation, ...status.used, ...(exam?.used ?? [])]
  if (exam !== null) {
    findings.push(...entitlementFindings(attestation, exam.accreditation, authentic.key))
  }
  if (exam !== null && entitled) {
    const relied = withdrawalEffects(exam.withdrawals, attestation.created, inquiry)
    findings.push(...relied.findings)
    const current = await currencyFindings(
      attestation,
      authentic.key,
      exam,
      relied.ended,
      inquiry,
      examiners.accreditation,
    )
    findings.push(...current.findings)
    used.push(...current.used)
    const independence = await independenceOf(attestation, exam, inquiry, examiners)
    findings.push(...independence.findings)
    used.push(...independence.used)
  }
  const uncounted = !rescores
    ? null
    : withdrawal.isRevoked
      ? 'withdrawn'
      : conclusion.length > 0
        ? 'conclusion-not-accepted'
        : scope.length > 0
          ? 'outside-accreditation'
          : null
  const { indicators: withdrawnIndicators, ended } = withdrawal
  return { attestation, authentic: true, findings, used, uncounted, withdrawnIndicators, ended }
}

function warning(found: Finding): Finding {
  return { ...found, severity: 'warning' }
}

async function independenceOf(
  attestation: Attestation,
  exam: AccreditationExam,
  inquiry: Inquiry,
  examiners: Examiners,
): Promise<{ readonly findings: readonly Finding[]; readonly used: readonly SecuredCredential[] }> {
  const subject = attestation.credential.credentialSubject
  const body = await examiners.identity(attestation.issuer)
  const accreditor = await examiners.identity(exam.accreditation.issuer)
  const others: Party[] = [
    party('accreditor', exam.accreditation.issuer, accreditor, {
      byOther: true,
    }),
  ]
  const used = [...body.used, ...accreditor.used]
  if (subject.type === 'Facility') {
    const operator = await examiners.identity(subject.operator)
    used.push(...operator.used)
    // What the attestation says of the operator's group is the word of the body itself.
    others.push(
      party('operator', subject.operator, operator, {
        parent: subject.operatorGroup,
        byOther: false,
      }),
    )
    for (const did of registeredOperators(subject.id, inquiry.documents)) {
      // A body that names another operator must not become independent of the registered one.
      if (did === subject.operator) continue
      const registered = await examiners.identity(did)
      const naming = (identities: readonly Identity[]) =>
        identities.filter(({ credential }) => operates(credential.credentialSubject, subject.id))
      const found = { good: naming(registered.good), undecided: naming(registered.undecided) }
      if (found.good.length + found.undecided.length === 0) continue
      used.push(...registered.used)
      others.push(party('operator', did, found, { byOther: false }))
    }
  }
  if (examiners.passportIssuer !== null) others.push(examiners.passportIssuer)
  else if (subject.type === 'Battery') {
    const manufacturer = await examiners.identity(subject.manufacturer)
    used.push(...manufacturer.used)
    others.push(party('manufacturer', subject.manufacturer, manufacturer, { byOther: false }))
  }
  const findings = independenceFindings(
    attestation,
    accreditedParty('assurance body', exam.accreditation, body),
    others,
    inquiry.policy.requireProvenIndependence,
  )
  return { findings, used }
}
