import type { PublicKey } from '@battery-passport/keys'
import { anchorOf, listsKey } from './accreditation.ts'
import { authenticate } from './authenticity.ts'
import { type Finding, finding } from './findings.ts'
import type { Inquiry } from './inquiry.ts'
import type { SecuredCredential } from './secured-credential.ts'
import { statusOf } from './status.ts'
import { inForce, validityOf } from './validity.ts'

export type Identity = SecuredCredential<'RegisteredIdentity'>

/** The identities of one DID that may be used, and why others may not. */
export interface IdentityExam {
  readonly good: readonly Identity[]
  /** Notes only: a bad identity is not used, it does not reject. */
  readonly notes: readonly Finding[]
  readonly used: readonly SecuredCredential[]
}

/** Examines the identities of each DID once in a verification. */
export type IdentityExaminer = (did: string) => Promise<IdentityExam>

/**
 * Whose DID it is, by credentials of a registrar or scheme owner that the policy anchors. What a
 * party says of itself never counts.
 *
 * @param instant when the identity must have been in force: the signing of the passport
 */
export function identityExaminer(inquiry: Inquiry, instant: number): IdentityExaminer {
  const exams = new Map<string, Promise<IdentityExam>>()
  return (did) => {
    const known = exams.get(did)
    if (known !== undefined) return known
    const exam = examineIdentities(did, inquiry, instant)
    exams.set(did, exam)
    return exam
  }
}

async function examineIdentities(
  did: string,
  inquiry: Inquiry,
  instant: number,
): Promise<IdentityExam> {
  const good: Identity[] = []
  const notes: Finding[] = []
  const used: SecuredCredential[] = []
  for (const identity of inquiry.documents.about('RegisteredIdentity', did)) {
    const reasons: string[] = []
    const authentic = await authenticate(identity, inquiry, inquiry.at)
    if (!authentic.ok) reasons.push(...authentic.findings.map(({ code }) => code))
    const roles = ['registrar', 'scheme-owner'] as const
    const { anchor } = anchorOf(inquiry.policy.anchors, identity.issuer, roles, identity.created)
    if (anchor === null) reasons.push('ANCHOR_UNKNOWN')
    if (identity.issuer === did) reasons.push('NOT_INDEPENDENT')
    if (!inForce(validityOf(identity), instant)) reasons.push('EXPIRED')
    if (reasons.length === 0) {
      const status = await statusOf(identity, inquiry, null)
      reasons.push(
        ...status.findings
          .filter(({ severity }) => severity === 'error' || severity === 'unknown')
          .map(({ code }) => code),
      )
      if (reasons.length === 0) used.push(...status.lists)
    }
    if (reasons.length === 0) {
      good.push(identity)
      used.push(identity)
    } else notes.push(notUsed(identity, reasons))
  }
  return { good, notes, used }
}

function notUsed(identity: Identity, reasons: readonly string[]): Finding {
  return finding('CREDENTIAL_UNUSED', {
    credential: identity.id,
    pointer: '',
    detail: `This identity is not used: ${[...new Set(reasons)].join(', ')}.`,
  })
}

/** Whether any good identity lists a key at an instant. */
export function identityListsKey(
  identities: readonly Identity[],
  key: PublicKey,
  instant: number,
): boolean {
  return identities.some(({ credential }) =>
    listsKey(credential.credentialSubject.keys, key, instant),
  )
}
