import type { PublicKey } from '@battery-passport/keys'
import type { FindingCode } from '../findings/finding-kinds.ts'
import type { Finding } from '../findings/findings.ts'
import type { Inquiry } from '../inquiry.ts'
import type { EffectivePolicy } from '../policy/policy.ts'
import { findingsOfPresent, follow } from '../proof/references.ts'
import type {
  Accreditation,
  SecuredCredential,
  StatementType,
} from '../reading/secured-credential.ts'
import { statusOf } from '../status/status.ts'
import { ownSigner } from '../status/status-signers.ts'
import { type WithdrawalEffects, withdrawalEffects } from '../status/withdrawal.ts'
import type { AccreditationExam } from '../trust/accreditation.ts'
import { currencyFindings } from '../trust/currency.ts'
import { entitlementFindings, scopeFindings, uncoveredDemands } from '../trust/entitlement.ts'
import { accreditedParty, independenceFindings, party } from '../trust/independence.ts'
import type { ScopeLists } from '../trust/scope-lists.ts'
import type { Examiners } from './examiners.ts'
import type { OtherParties } from './other-parties.ts'

/** What follows from who made a statement, and from what was withdrawn of it since. */
export interface Standing {
  readonly findings: readonly Finding[]
  readonly used: readonly SecuredCredential[]
  readonly withdrawal: WithdrawalEffects
  /** Whether it states more than its body is accredited for. */
  readonly isOutsideScope: boolean
}

/**
 * Steps 4 to 7 for a statement of an assurance body whose proof holds: its accreditation to an
 * anchor, its status, whether the body was entitled to it, still is, and is independent.
 *
 * @param key that signed it
 * @param demands what it demands of its accreditation
 * @param others whom the body must not depend on, besides its accreditor
 */
export async function standingOf(
  statement: SecuredCredential<StatementType>,
  key: PublicKey,
  demands: readonly ScopeLists[],
  others: () => Promise<OtherParties>,
  inquiry: Inquiry,
  examiners: Examiners,
): Promise<Standing> {
  const { documents, policy } = inquiry
  const reference = statement.credential.credentialSubject.accreditation
  const up = follow(statement, '/credentialSubject/accreditation', reference, documents)
  const exam = up.ok ? await examiners.accreditation(up.secured) : null
  const entitled = exam?.accreditation.credential.credentialSubject.id === statement.issuer
  const signers =
    exam !== null && entitled ? await exam.statusSigners() : ownSigner(statement.issuer)
  const status = await statusOf(statement, inquiry, signers)
  const withdrawal = withdrawalEffects(status.withdrawals, examiners.reliedOnAt, inquiry)
  const scope =
    exam === null || !entitled ? [] : scopeFindings(statement, demands, exam.accreditation)
  const findings: Finding[] = [
    ...up.findings,
    ...(up.ok ? [] : await findingsOfPresent(up.present, inquiry)),
    ...(exam?.findings ?? []),
    ...status.findings,
    ...asPolicyTakes(withdrawal.findings, 'REVOKED', policy),
    ...asPolicyTakes(scope, 'ACCREDITATION_SCOPE', policy),
  ]
  const used = [...status.used, ...(exam?.used ?? [])]
  if (exam !== null) findings.push(...entitlementFindings(statement, exam.accreditation, key))
  if (exam !== null && entitled) {
    const relied = withdrawalEffects(exam.withdrawals, statement.created, inquiry)
    const { accreditation } = examiners
    const right = {
      signed: statement,
      key,
      pinned: exam,
      withdrawn: relied.ended,
      isAllowedBy: ({ credential }: Accreditation) =>
        uncoveredDemands(demands, credential.credentialSubject.scope).length === 0,
    }
    const current = await currencyFindings(right, inquiry, accreditation)
    const independence = await independenceOf(statement, exam, await others(), inquiry, examiners)
    findings.push(...relied.findings, ...current.findings, ...independence.findings)
    used.push(...current.used, ...independence.used)
  }
  return { findings, used, withdrawal, isOutsideScope: scope.length > 0 }
}

/** Under a policy that rescores, a statement that does not count is no reason to reject. */
export function asPolicyTakes(
  findings: readonly Finding[],
  code: FindingCode,
  { uncountedAttestation }: EffectivePolicy,
): readonly Finding[] {
  return uncountedAttestation === 'rescore'
    ? findings.map((each) =>
        each.code === code ? Object.freeze({ ...each, severity: 'warning' }) : each,
      )
    : findings
}

async function independenceOf(
  statement: SecuredCredential<StatementType>,
  exam: AccreditationExam,
  others: OtherParties,
  inquiry: Inquiry,
  examiners: Examiners,
): Promise<{ readonly findings: readonly Finding[]; readonly used: readonly SecuredCredential[] }> {
  const body = await examiners.identity(statement.issuer)
  const accreditor = await examiners.identity(exam.accreditation.issuer)
  const findings = independenceFindings(
    statement,
    accreditedParty('assurance body', exam.accreditation, body),
    [
      party('accreditor', exam.accreditation.issuer, accreditor, { byOther: true }),
      ...others.parties,
    ],
    inquiry.policy.requireProvenIndependence,
  )
  return { findings, used: [...body.used, ...accreditor.used, ...others.used] }
}
