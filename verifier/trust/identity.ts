import type { PublicKey } from '@battery-passport/keys'
import { type Finding, finding, listed } from '../findings/findings.ts'
import type { Inquiry } from '../inquiry.ts'
import { anchorEnded, anchorOf } from '../policy/anchors.ts'
import { authenticate } from '../proof/authenticity.ts'
import { listsKey } from '../proof/covered-keys.ts'
import { credentialsAbout } from '../reading/documents.ts'
import type { Identity, SecuredCredential } from '../reading/secured-credential.ts'
import { statusOf } from '../status/status.ts'
import { ownSigner } from '../status/status-signers.ts'
import { withdrawalEffects } from '../status/withdrawal.ts'
import type { Ending } from '../time/ending.ts'
import { inForce } from '../time/validity.ts'
import { outdated, timeUnproven } from './currency.ts'

/** The identities of one DID that may be used, and why others may not. */
export interface IdentityExam {
  readonly good: readonly Identity[]
  /** Those of which something could not be checked, with the findings that say so. */
  readonly undecided: readonly Identity[]
  readonly unknowns: readonly Finding[]
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
 * @param relying whose time of signing tells whether an identity was relied on before it was
 *   withdrawn; without it, nothing does
 */
export function identityExaminer(
  inquiry: Inquiry,
  instant: number,
  relying: SecuredCredential | null = null,
): IdentityExaminer {
  const exams = new Map<string, Promise<IdentityExam>>()
  return (did) => {
    const known = exams.get(did)
    if (known !== undefined) return known
    const exam = examineIdentities(did, inquiry, instant, relying)
    exams.set(did, exam)
    return exam
  }
}

async function examineIdentities(
  did: string,
  inquiry: Inquiry,
  instant: number,
  relying: SecuredCredential | null,
): Promise<IdentityExam> {
  const good: Identity[] = []
  const undecided: Identity[] = []
  const unknowns: Finding[] = []
  const notes: Finding[] = []
  const used: SecuredCredential[] = []
  for (const identity of credentialsAbout('RegisteredIdentity', did, inquiry.documents)) {
    const judged = await judgeIdentity(identity, inquiry, instant, relying)
    if (judged.outcome === 'bad') {
      notes.push(notUsed(identity, judged.reasons))
      continue
    }
    used.push(identity, ...judged.lists)
    if (judged.outcome === 'good') good.push(identity)
    else {
      undecided.push(identity)
      unknowns.push(...judged.unknowns)
    }
  }
  return { good, undecided, unknowns, notes, used }
}

type JudgedIdentity =
  | { readonly outcome: 'bad'; readonly reasons: readonly string[] }
  | { readonly outcome: 'good'; readonly lists: readonly SecuredCredential[] }
  | {
      readonly outcome: 'undecided'
      readonly lists: readonly SecuredCredential[]
      readonly unknowns: readonly Finding[]
    }

async function judgeIdentity(
  identity: Identity,
  inquiry: Inquiry,
  instant: number,
  relying: SecuredCredential | null,
): Promise<JudgedIdentity> {
  const reasons: string[] = []
  const unknowns: Finding[] = []
  const authentic = await authenticate(identity, inquiry, inquiry.at)
  const isOpen = !authentic.ok && authentic.findings.every(({ severity }) => severity === 'unknown')
  if (authentic.ok) unknowns.push(...authentic.doubts)
  else if (!isOpen) reasons.push(...authentic.findings.map(({ code }) => code))
  const roles = ['registrar', 'scheme-owner'] as const
  const { anchor } = anchorOf(inquiry.policy.anchors, identity.issuer, roles, identity.created)
  if (anchor === null) reasons.push('ANCHOR_UNKNOWN')
  else if (anchor.validUntil < inquiry.at) {
    unknowns.push(...outdated(identity, [anchorEnded(identity, anchor)], inquiry))
  }
  if (identity.issuer === identity.credential.credentialSubject.id) reasons.push('NOT_INDEPENDENT')
  if (!inForce(identity.validity, instant)) {
    reasons.push(instant < identity.validity.from ? 'NOT_YET_VALID' : 'EXPIRED')
  }
  if (reasons.length > 0) return { outcome: 'bad', reasons }
  // Only one that would count if its signature held: a stranger's is none, whatever that is.
  if (!authentic.ok) return { outcome: 'undecided', lists: [], unknowns: authentic.findings }
  const status = await statusOf(identity, inquiry, ownSigner(identity.issuer))
  const { findings, used: lists } = status
  const effects = withdrawalEffects(status.withdrawals, instant, inquiry)
  const withdrawn = effects.findings.filter(({ severity }) => severity === 'error')
  if (withdrawn.length > 0) return { outcome: 'bad', reasons: withdrawn.map(({ code }) => code) }
  // A list that is damaged leaves the identity open: else who presents it could make a common
  // parent unseen by damaging a list.
  unknowns.push(...findings.filter(({ severity }) => severity !== 'note'))
  unknowns.push(...withdrawnSince(identity, effects.ended, inquiry, relying))
  return unknowns.some(({ severity }) => severity === 'unknown' || severity === 'error')
    ? { outcome: 'undecided', lists, unknowns }
    : { outcome: 'good', lists }
}

/** Withdrawn only after the passport says that it was signed. */
function withdrawnSince(
  identity: Identity,
  ended: readonly Ending[],
  inquiry: Inquiry,
  relying: SecuredCredential | null,
): readonly Finding[] {
  if (relying !== null) return outdated(relying, ended, inquiry)
  const notes = ended.map(({ note }) => note)
  return notes.length === 0 || inquiry.policy.acceptSelfAssertedTime
    ? notes
    : [timeUnproven(identity, notes)]
}

function notUsed(identity: Identity, reasons: readonly string[]): Finding {
  return finding('CREDENTIAL_UNUSED', {
    credential: identity.id,
    pointer: '',
    detail: `This identity is not used: ${[...new Set(reasons)].join(', ')}.`,
    expected: 'an identity that nothing stands against',
    found: listed([...new Set(reasons)]),
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
