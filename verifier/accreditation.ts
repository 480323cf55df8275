import { anchorEnded, anchorOf, noAnchor } from './anchors.ts'
import { authenticate } from './authenticity.ts'
import { chainFindings } from './chain.ts'
import { keyEndings, listKeysOf } from './covered-keys.ts'
import { delegationFindings } from './delegation.ts'
import { type Finding, finding } from './findings.ts'
import type { Inquiry } from './inquiry.ts'
import { findingsOfPresent, follow } from './references.ts'
import type { Accreditation, SecuredCredential } from './secured-credential.ts'
import { statusOf } from './status.ts'
import { endedSince } from './validity.ts'

/** What is known of an accreditation after its whole chain was walked. */
export interface AccreditationExam {
  readonly accreditation: Accreditation
  /** Of this one and of all it rests on. */
  readonly findings: readonly Finding[]
  /** This one, those it rests on, and the status lists used. */
  readonly used: readonly SecuredCredential[]
  /** Why signatures made under it can no longer be taken in time on their word alone. */
  readonly ended: readonly Finding[]
}

/** Examines each accreditation once in a verification. */
export type AccreditationExaminer = (accreditation: Accreditation) => Promise<AccreditationExam>

/** Step 7, the way up: accreditation → accreditedBy → … → an anchor of the policy. */
export function accreditationExaminer(inquiry: Inquiry): AccreditationExaminer {
  const exams = new Map<string, Promise<AccreditationExam>>()
  const examine: AccreditationExaminer = (accreditation) => {
    const known = exams.get(accreditation.digestMultibase)
    if (known !== undefined) return known
    const exam = examineWithinDepth(accreditation, inquiry, examine)
    exams.set(accreditation.digestMultibase, exam)
    return exam
  }
  return examine
}

/** A renewal is reached beside the chain of the passport: its own depth is looked at here. */
async function examineWithinDepth(
  accreditation: Accreditation,
  inquiry: Inquiry,
  examine: AccreditationExaminer,
): Promise<AccreditationExam> {
  const { limits } = inquiry.policy
  const endless = chainFindings(accreditation, inquiry.documents, {
    ...limits,
    chainDepth: limits.chainDepth - 1,
  })
  return endless.length === 0
    ? examineAccreditation(accreditation, inquiry, examine)
    : { accreditation, findings: endless, used: [accreditation], ended: [] }
}

async function examineAccreditation(
  accreditation: Accreditation,
  inquiry: Inquiry,
  examine: AccreditationExaminer,
): Promise<AccreditationExam> {
  const { id, issuer, created, credential } = accreditation
  const subject = credential.credentialSubject
  const only = (findings: readonly Finding[]): AccreditationExam => ({
    accreditation,
    findings,
    used: [accreditation],
    ended: [],
  })
  const authentic = await authenticate(accreditation, inquiry, inquiry.at)
  if (!authentic.ok) return only(authentic.findings)
  if (subject.id === issuer) {
    return only([
      finding('NOT_INDEPENDENT', {
        credential: id,
        pointer: '/credentialSubject/id',
        detail: 'Nobody accredits itself.',
        expected: 'another DID than the issuer',
        found: subject.id,
      }),
    ])
  }
  const roles = ['scheme-owner', 'accreditation-body'] as const
  const { anchor, outOfTime } = anchorOf(inquiry.policy.anchors, issuer, roles, created)
  if (anchor !== null) {
    const status = await statusOf(accreditation, inquiry, null)
    return {
      accreditation,
      findings: [...authentic.doubts, ...status.findings],
      used: [accreditation, ...status.lists],
      ended: anchor.validUntil < inquiry.at ? [anchorEnded(accreditation, anchor)] : [],
    }
  }
  if (subject.accreditedBy === undefined) return only([noAnchor(accreditation, outOfTime)])
  const up = follow(
    accreditation,
    '/credentialSubject/accreditedBy',
    subject.accreditedBy,
    inquiry.documents,
  )
  if (!up.ok) return only([...up.findings, ...(await findingsOfPresent(up.present, inquiry))])
  const above = await examine(up.secured)
  const status = await statusOf(accreditation, inquiry, listKeysOf([up.secured]))
  return {
    accreditation,
    findings: [
      ...authentic.doubts,
      ...up.findings,
      ...above.findings,
      ...status.findings,
      ...delegationFindings(accreditation, up.secured, authentic.key),
    ],
    used: [accreditation, ...status.lists, ...above.used],
    ended: [
      ...above.ended,
      ...(up.secured.validity.until < inquiry.at ? [endedSince(up.secured, inquiry.at)] : []),
      ...keyEndings(up.secured, authentic.key, created, inquiry.at),
    ],
  }
}
