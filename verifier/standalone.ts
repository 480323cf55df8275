import { formatInstant } from '@battery-passport/contexts'
import { accreditationExaminer, anchorOf } from './accreditation.ts'
import { examineAttestation } from './attestation.ts'
import { authenticate } from './authenticity.ts'
import { chainFindings } from './chain.ts'
import { finding } from './findings.ts'
import { identityExaminer } from './identity.ts'
import type { Inquiry } from './inquiry.ts'
import type { MethodLibrary } from './methods.ts'
import { walkPassport } from './passport.ts'
import type { Report } from './report.ts'
import { isOfType, type SecuredCredential } from './secured-credential.ts'
import { statusOf } from './status.ts'
import { validityFindings } from './validity.ts'

/** Walks one credential of any type to what it rests on. */
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
  const endless = chainFindings(credential, inquiry.documents, inquiry.policy.limits)
  report.add(endless)
  if (endless.length > 0) return
  const { at, policy } = inquiry
  const accreditation = accreditationExaminer(inquiry)
  if (isOfType(credential, 'RulebookAttestation')) {
    const exam = await examineAttestation(credential, inquiry, {
      accreditation,
      identity: identityExaminer(inquiry, at),
      rulebook: (digest) => methods.findRulebook(digest),
      passportIssuer: null,
    })
    report.add(exam.findings)
    report.use(exam.used)
  } else if (isOfType(credential, 'VerifierAccreditation')) {
    const exam = await accreditation(credential)
    report.add(exam.findings)
    report.add(exam.ended)
    report.use(exam.used)
  } else {
    const authentic = await authenticate(credential, inquiry, Math.max(at, inquiry.now))
    if (!authentic.ok) {
      report.add(authentic.findings)
      return
    }
    report.add(authentic.doubts)
    if (isOfType(credential, 'RegisteredIdentity')) {
      const roles = ['registrar', 'scheme-owner'] as const
      const { anchor } = anchorOf(policy.anchors, credential.issuer, roles, credential.created)
      if (anchor === null) report.add([noRegistrar(credential)])
      const status = await statusOf(credential, inquiry, null)
      report.add(status.findings)
      report.use(status.lists)
    }
  }
  report.add(validityFindings(credential, at, `at ${formatInstant(at)}`, policy.clockSkew))
}

function noRegistrar({ id, issuer }: SecuredCredential) {
  return finding('ANCHOR_UNKNOWN', {
    credential: id,
    pointer: '/issuer',
    detail: 'Identities count only by an anchor of role registrar or scheme-owner.',
    expected: 'an anchor of your policy in force when it signed',
    found: issuer,
  })
}
