import { type Finding, finding, isClean } from '../findings/findings.ts'
import type { Inquiry } from '../inquiry.ts'
import { anchorEnded, anchorOf, noAnchor } from '../policy/anchors.ts'
import { authenticate } from '../proof/authenticity.ts'
import { keyEndings } from '../proof/covered-keys.ts'
import { findingsOfPresent, follow } from '../proof/references.ts'
import { chainFindings } from '../reading/chain.ts'
import { credentialsAbout } from '../reading/documents.ts'
import type { Accreditation, SecuredCredential } from '../reading/secured-credential.ts'
import { type StatusReport, statusOf } from '../status/status.ts'
import { ownSigner, type StatusSigner, signersOf } from '../status/status-signers.ts'
import { type Withdrawal, withdrawalEffects } from '../status/withdrawal.ts'
import type { Ending } from '../time/ending.ts'
import { endedSince } from '../time/validity.ts'
import type { SignedByRight } from './currency.ts'
import { delegationFindings, narrowingFindings } from './delegation.ts'

/** What is known of an accreditation after its whole chain was walked. */
export interface AccreditationExam {
  readonly accreditation: Accreditation
  /** By what right it was signed; null under an anchor, or where nothing can rest on it. */
  readonly right: SignedByRight | null
  /** Of this one and of all it rests on. */
  readonly findings: readonly Finding[]
  /** This one, those it rests on, and the status lists and notices used. */
  readonly used: readonly SecuredCredential[]
  /** Why signatures made under it can no longer be taken in time on their word alone. */
  readonly ended: readonly Ending[]
  /** The same, where what it rests on was withdrawn: no renewal cures that. */
  readonly withdrawn: readonly Ending[]
  /** What was withdrawn of itself from later than its signing on: to be judged by who relied on it. */
  readonly withdrawals: readonly Withdrawal[]
  /** Who says how the credentials of the accredited body stand. */
  statusSigners(): Promise<readonly StatusSigner[]>
}

/** Examines each accreditation once in a verification. */
export type AccreditationExaminer = (accreditation: Accreditation) => Promise<AccreditationExam>

/** Step 7, the way up: accreditation → accreditedBy → … → an anchor of the policy. */
export function accreditationExaminer(inquiry: Inquiry): AccreditationExaminer {
  // A later accreditation may list another key for the lists, or name a successor. Each is examined
  // by what it pins alone: two that waited for one another would wait for ever.
  const byPinned = rememberingExaminer(inquiry, () => [])
  return rememberingExaminer(inquiry, ({ digestMultibase, credential }) =>
    credentialsAbout('VerifierAccreditation', credential.credentialSubject.id, inquiry.documents)
      .filter((each) => each.digestMultibase !== digestMultibase)
      .map(byPinned),
  )
}

/** The exams of the accreditations that a body has besides one. */
type OtherExams = (accreditation: Accreditation) => readonly Promise<AccreditationExam>[]

function rememberingExaminer(inquiry: Inquiry, others: OtherExams): AccreditationExaminer {
  const exams = new Map<string, Promise<AccreditationExam>>()
  const examine: AccreditationExaminer = (accreditation) => {
    const known = exams.get(accreditation.digestMultibase)
    if (known !== undefined) return known
    const exam = examineWithinDepth(accreditation, inquiry, examine, others)
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
  others: OtherExams,
): Promise<AccreditationExam> {
  const { limits } = inquiry.policy
  const endless = chainFindings(accreditation, inquiry.documents, {
    ...limits,
    chainDepth: limits.chainDepth - 1,
  })
  return endless.length === 0
    ? examineAccreditation(accreditation, inquiry, examine, others)
    : refused(accreditation, endless, others)
}

/** Nothing can rest on it. */
function refused(
  accreditation: Accreditation,
  findings: readonly Finding[],
  others: OtherExams,
): AccreditationExam {
  return {
    accreditation,
    right: null,
    findings,
    used: [accreditation],
    ended: [],
    withdrawn: [],
    withdrawals: [],
    statusSigners: bodySigners(accreditation, [], others),
  }
}

async function examineAccreditation(
  accreditation: Accreditation,
  inquiry: Inquiry,
  examine: AccreditationExaminer,
  others: OtherExams,
): Promise<AccreditationExam> {
  const { id, issuer, created, credential } = accreditation
  const subject = credential.credentialSubject
  const only = (findings: readonly Finding[]) => refused(accreditation, findings, others)
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
    const signers = ownSigner(issuer)
    const status = await withdrawnSince(accreditation, inquiry, signers)
    return {
      accreditation,
      right: null,
      findings: [...authentic.doubts, ...status.findings],
      used: [accreditation, ...status.used],
      ended: anchor.validUntil < inquiry.at ? [anchorEnded(accreditation, anchor)] : [],
      withdrawn: [],
      withdrawals: status.withdrawals,
      statusSigners: bodySigners(accreditation, signers, others),
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
  const signers = await above.statusSigners()
  const status = await withdrawnSince(accreditation, inquiry, signers)
  const relied = withdrawalEffects(above.withdrawals, created, inquiry)
  return {
    accreditation,
    right: {
      signed: accreditation,
      key: authentic.key,
      pinned: above,
      withdrawn: relied.ended,
      isAllowedBy: (other) =>
        other.credential.credentialSubject.mayDelegate &&
        narrowingFindings(accreditation, other).length === 0,
    },
    findings: [
      ...authentic.doubts,
      ...up.findings,
      ...above.findings,
      ...relied.findings,
      ...status.findings,
      ...delegationFindings(accreditation, up.secured, authentic.key),
    ],
    used: [accreditation, ...status.used, ...above.used],
    ended: [
      ...above.ended,
      ...(up.secured.validity.until < inquiry.at ? [endedSince(up.secured, inquiry.at)] : []),
      ...keyEndings(up.secured, authentic.key, created, inquiry.at),
    ],
    withdrawn: [...above.withdrawn, ...relied.ended],
    withdrawals: status.withdrawals,
    statusSigners: bodySigners(accreditation, signers, others),
  }
}

/**
 * The status of an accreditation, by itself: what was withdrawn from its own signing on counts for
 * nobody, and what was withdrawn later is for those to judge who relied on it.
 */
async function withdrawnSince(
  accreditation: Accreditation,
  inquiry: Inquiry,
  signers: readonly StatusSigner[],
): Promise<StatusReport> {
  const status = await statusOf(accreditation, inquiry, signers)
  const isVoid = (each: Withdrawal) =>
    each.purpose === 'suspension' || each.since === null || each.since <= accreditation.created
  const { findings } = withdrawalEffects(
    status.withdrawals.filter(isVoid),
    accreditation.created,
    inquiry,
  )
  return {
    findings: [...status.findings, ...findings],
    withdrawals: status.withdrawals.filter((each) => !isVoid(each)),
    used: status.used,
  }
}

/** Asked once, by the first credential of the body: the work must not grow with their number. */
function bodySigners(
  accreditation: Accreditation,
  above: readonly StatusSigner[],
  others: OtherExams,
): AccreditationExam['statusSigners'] {
  let signers: Promise<readonly StatusSigner[]> | undefined
  const ask = async () => {
    const exams = await Promise.all(others(accreditation))
    // One that could not be checked could be anybody's, and would let a stranger's key sign lists.
    const good = exams.filter(({ findings }) => isClean(findings))
    return signersOf(
      accreditation,
      good.map((each) => each.accreditation),
      above,
    )
  }
  return () => {
    signers ??= ask()
    return signers
  }
}
