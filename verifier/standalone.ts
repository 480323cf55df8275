import { formatInstant } from '@battery-passport/contexts'
import { type Finding, finding } from './findings/findings.ts'
import type { Inquiry } from './inquiry.ts'
import { walkPassport } from './passport.ts'
import { anchorEnded, anchorOf } from './policy/anchors.ts'
import type { MethodLibrary } from './policy/methods.ts'
import { authenticate } from './proof/authenticity.ts'
import { chainFindings } from './reading/chain.ts'
import {
  type Accreditation,
  type Attestation,
  type Custody,
  isOfType,
  type SecuredCredential,
} from './reading/secured-credential.ts'
import type { Report } from './report.ts'
import { examineAttestation } from './statements/attestation.ts'
import { examineCustody } from './statements/custody.ts'
import type { Examiners } from './statements/examiners.ts'
import { statusOf } from './status/status.ts'
import { ownSigner } from './status/status-signers.ts'
import { withdrawalEffects } from './status/withdrawal.ts'
import { validityFindings } from './time/validity.ts'
import { accreditationExaminer } from './trust/accreditation.ts'
import { currencyFindings, outdated } from './trust/currency.ts'
import { identityExaminer } from './trust/identity.ts'

/**
 * Walks one credential to what it rests on. Status lists and notices rest on nothing: of them it
 * says whether they are genuine and in force, not whether anybody should care.
 */
export async function walkCredential(
  credential: SecuredCredential,
  inquiry: Inquiry,
  methods: MethodLibrary,
  report: Report,
): Promise<void> {
  report.use([credential])
  if (isOfType(credential, 'BatteryPassport')) {
    await walkPassport(credential, inquiry, methods, report)
    return
  }
  const { at, policy } = inquiry
  if (isOfType(credential, 'RulebookAttestation')) {
    await walkAttestation(credential, inquiry, attestationExaminers(inquiry, methods), report)
  } else if (isOfType(credential, 'CustodyAttestation')) {
    await walkCustody(credential, inquiry, attestationExaminers(inquiry, methods), report)
  } else if (isOfType(credential, 'VerifierAccreditation')) {
    await walkAccreditation(credential, inquiry, report)
  } else if (!(await walkOther(credential, inquiry, report))) return
  report.add(validityFindings(credential, at, `at ${formatInstant(at)}`, policy.clockSkew))
}

/** One accreditation by itself: to its anchor; who delegated it is held to what attests is held to. */
async function walkAccreditation(
  accreditation: Accreditation,
  inquiry: Inquiry,
  report: Report,
): Promise<void> {
  const examine = accreditationExaminer(inquiry)
  const { right, findings, ended, withdrawals, used } = await examine(accreditation)
  const current =
    right === null
      ? { findings: outdated(accreditation, ended, inquiry), used: [] }
      : await currencyFindings(right, inquiry, examine)
  report.add(findings)
  report.add(current.findings)
  report.add(withdrawalEffects(withdrawals, inquiry.at, inquiry).findings)
  report.use([...used, ...current.used])
}

/** What a single attestation is examined with, where no passport says by which method. */
export function attestationExaminers(inquiry: Inquiry, methods: MethodLibrary): Examiners {
  return {
    accreditation: accreditationExaminer(inquiry),
    identity: identityExaminer(inquiry, inquiry.at),
    rulebook: (digest) => methods.findRulebook(digest),
    passportIssuer: null,
    reliedOnAt: inquiry.at,
  }
}

/** One attestation by itself: to its anchor, and against the rulebook it names. */
export async function walkAttestation(
  attestation: Attestation,
  inquiry: Inquiry,
  examiners: Examiners,
  report: Report,
): Promise<void> {
  report.use([attestation])
  const endless = chainFindings(attestation, inquiry.documents, inquiry.policy.limits)
  report.add(endless)
  if (endless.length > 0) return
  const exam = await examineAttestation(attestation, inquiry, examiners)
  report.add(exam.findings)
  report.use(exam.used)
  if (exam.authentic) report.add(contentFindings(attestation, examiners))
}

/** One custody attestation by itself: to its anchor; which battery has such rows is not asked. */
export async function walkCustody(
  custody: Custody,
  inquiry: Inquiry,
  examiners: Examiners,
  report: Report,
): Promise<void> {
  report.use([custody])
  const endless = chainFindings(custody, inquiry.documents, inquiry.policy.limits)
  report.add(endless)
  if (endless.length > 0) return
  const exam = await examineCustody(custody, [], inquiry, examiners)
  report.add(exam.findings)
  report.use(exam.used)
}

/** Answers to questions nobody has at hand cannot be checked. */
function contentFindings(attestation: Attestation, { rulebook }: Examiners): Finding[] {
  const { key, version, digestMultibase } = attestation.credential.credentialSubject.rulebook
  const content = rulebook(digestMultibase)
  const where = { credential: attestation.id, pointer: '/credentialSubject/rulebook' }
  if (content === null) {
    return [
      finding('RULEBOOK_UNKNOWN', {
        ...where,
        detail: 'The content of the rulebook is not at hand, so its answers were not checked.',
        expected: `${key} ${version} (${digestMultibase})`,
        found: 'nothing',
      }),
    ]
  }
  if (content.key === key && content.version === version) return []
  return [
    finding('RULEBOOK_MISMATCH', {
      ...where,
      detail: 'The rulebook with that digest is another one.',
      expected: `${content.key} ${content.version}`,
      found: `${key} ${version}`,
    }),
  ]
}

/** Identities, lists and notices; false if its proof does not hold. */
async function walkOther(
  credential: SecuredCredential,
  inquiry: Inquiry,
  report: Report,
): Promise<boolean> {
  // A list may be later than the instant asked for: what it says of the past counts.
  const authentic = await authenticate(credential, inquiry, Math.max(inquiry.at, inquiry.now))
  report.add(authentic.ok ? authentic.doubts : authentic.findings)
  if (!authentic.ok) return false
  if (isOfType(credential, 'RegisteredIdentity')) {
    report.add(registrarFindings(credential, inquiry))
  }
  const status = await statusOf(credential, inquiry, ownSigner(credential.issuer))
  report.add(status.findings)
  report.add(withdrawalEffects(status.withdrawals, inquiry.at, inquiry).findings)
  report.use(status.used)
  return true
}

function registrarFindings(
  identity: SecuredCredential<'RegisteredIdentity'>,
  inquiry: Inquiry,
): readonly Finding[] {
  const { policy } = inquiry
  const { id, issuer, created, credential } = identity
  if (credential.credentialSubject.id === issuer) {
    return [
      finding('NOT_INDEPENDENT', {
        credential: id,
        pointer: '/credentialSubject/id',
        detail: 'What a party says of itself never counts.',
        expected: 'another DID than the issuer',
        found: issuer,
      }),
    ]
  }
  const roles = ['registrar', 'scheme-owner'] as const
  const { anchor } = anchorOf(policy.anchors, issuer, roles, created)
  if (anchor !== null) {
    const ended = anchor.validUntil < inquiry.at ? [anchorEnded(identity, anchor)] : []
    return outdated(identity, ended, inquiry)
  }
  return [
    finding('ANCHOR_UNKNOWN', {
      credential: id,
      pointer: '/issuer',
      detail: 'Identities count only by an anchor of role registrar or scheme-owner.',
      expected: 'an anchor of your policy in force when it signed',
      found: issuer,
    }),
  ]
}
