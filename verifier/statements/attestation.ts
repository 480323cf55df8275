import type { Inquiry } from '../inquiry.ts'
import { authenticate } from '../proof/authenticity.ts'
import type { Attestation } from '../reading/secured-credential.ts'
import type { AttestationExam } from './attestation-exam.ts'
import type { Examiners } from './examiners.ts'
import {
  manufacturerOf,
  type OtherParties,
  operatorParties,
  passportIssuerOf,
  together,
} from './other-parties.ts'
import { asPolicyTakes, standingOf } from './standing.ts'
import { statementFindings } from './statement.ts'

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
  const { policy, memory } = inquiry
  const { digestMultibase } = attestation.credential.credentialSubject.rulebook
  const rulebook = examiners.rulebook(digestMultibase)
  const { demands, conclusion, faults } = statementFindings(attestation, rulebook, memory)
  const others = () => othersOf(attestation, inquiry, examiners)
  const standing = await standingOf(attestation, authentic.key, demands, others, inquiry, examiners)
  const { withdrawal, isOutsideScope } = standing
  const findings = [
    ...authentic.doubts,
    ...standing.findings,
    ...asPolicyTakes(conclusion, 'CONCLUSION_NOT_ACCEPTED', policy),
    ...faults,
  ]
  const used = [attestation, ...standing.used]
  const uncounted =
    policy.uncountedAttestation === 'reject'
      ? null
      : withdrawal.isRevoked
        ? 'withdrawn'
        : conclusion.length > 0
          ? 'conclusion-not-accepted'
          : isOutsideScope
            ? 'outside-accreditation'
            : null
  const { indicators: withdrawnIndicators, ended } = withdrawal
  return { attestation, authentic: true, findings, used, uncounted, withdrawnIndicators, ended }
}

async function othersOf(
  attestation: Attestation,
  inquiry: Inquiry,
  examiners: Examiners,
): Promise<OtherParties> {
  const subject = attestation.credential.credentialSubject
  if (subject.type === 'Facility') {
    // What the attestation says of the operator's group is the word of the body itself.
    const declared = [{ did: subject.operator, group: subject.operatorGroup }]
    const operators = await operatorParties(new Set([subject.id]), declared, inquiry, examiners)
    return together(operators, passportIssuerOf(examiners))
  }
  return manufacturerOf(subject.manufacturer, examiners)
}
