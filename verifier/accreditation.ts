import { type CoveredKey, formatInstant, parseInstant } from '@battery-passport/contexts'
import type { PublicKey } from '@battery-passport/keys'
import { isWithin } from './accreditation-scope.ts'
import { authenticate } from './authenticity.ts'
import { chainFindings } from './chain.ts'
import { type Finding, finding } from './findings.ts'
import type { Inquiry } from './inquiry.ts'
import type { TrustAnchor } from './policy.ts'
import type { AnchorRole } from './policy-schema.ts'
import { findingsOfPresent, follow } from './references.ts'
import { proofPointer, type SecuredCredential } from './secured-credential.ts'
import { type ListKeys, statusOf } from './status.ts'
import { inForce } from './validity.ts'

export type Accreditation = SecuredCredential<'VerifierAccreditation'>

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

/** The keys an accredited body may sign its lists with, of any date: it goes on publishing them. */
export function listKeysOf(accreditations: readonly Accreditation[]): ListKeys {
  const keys = accreditations.flatMap(({ credential }) => credential.credentialSubject.keys)
  return new Set(keys.map(({ thumbprint }) => thumbprint))
}

/** Whether a body's accreditation lists a key at an instant; bounds inclusive. */
export function listsKey(
  keys: readonly CoveredKey[],
  { thumbprint }: PublicKey,
  instant: number,
): boolean {
  return keys.some(
    (key) =>
      key.thumbprint === thumbprint &&
      inForce({ from: parseInstant(key.from) ?? 0, until: parseInstant(key.until) ?? -1 }, instant),
  )
}

/** The anchor of a role that covers a DID at an instant, or null; and one out of time, if that is all. */
export function anchorOf(
  anchors: readonly TrustAnchor[],
  did: string,
  roles: readonly AnchorRole[],
  instant: number,
): { readonly anchor: TrustAnchor | null; readonly outOfTime: TrustAnchor | null } {
  const named = anchors.filter((anchor) => anchor.did === did && roles.includes(anchor.role))
  const inTime = named.filter(({ validFrom, validUntil }) =>
    inForce({ from: validFrom, until: validUntil }, instant),
  )
  inTime.sort((a, b) => b.validUntil - a.validUntil)
  return { anchor: inTime[0] ?? null, outOfTime: named[0] ?? null }
}

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

/** What the delegating body must be entitled to, when it signed. */
function delegationFindings(
  accreditation: Accreditation,
  above: Accreditation,
  key: PublicKey,
): Finding[] {
  const findings: Finding[] = []
  const { id, issuer, created, credential } = accreditation
  const delegator = above.credential.credentialSubject
  if (delegator.id !== issuer) {
    findings.push(
      finding('ISSUER_NOT_AUTHORISED', {
        credential: id,
        pointer: '/issuer',
        detail: 'The accreditation it rests on is of another body.',
        expected: delegator.id,
        found: issuer,
      }),
    )
    return findings
  }
  if (!delegator.mayDelegate) {
    findings.push(
      finding('ACCREDITATION_SCOPE', {
        credential: id,
        pointer: '/credentialSubject/accreditedBy',
        detail: 'Its issuer is accredited to attest, not to accredit others.',
        expected: `mayDelegate: true in ${above.id}`,
        found: 'false',
        whose: 'scheme',
      }),
    )
  }
  if (!inForce(above.validity, created)) {
    findings.push(outsideAccreditation(accreditation, above, 'signed', created, '/proof/created'))
  }
  if (!listsKey(delegator.keys, key, created)) findings.push(unlistedKey(accreditation, above, key))
  for (const [index, entry] of credential.credentialSubject.scope.entries()) {
    if (delegator.scope.some((outer) => isWithin(entry, outer))) continue
    findings.push(
      finding('ACCREDITATION_SCOPE', {
        credential: id,
        pointer: `/credentialSubject/scope/${index}`,
        detail: 'It grants more than its issuer has: scope only narrows.',
        expected: `within the scope of ${above.id}`,
        found: entry.rulebook,
        whose: 'scheme',
      }),
    )
  }
  return findings
}

/** The code for a signature or statement outside the accreditation it rests on. */
export function outsideAccreditation(
  credential: SecuredCredential,
  accreditation: Accreditation,
  what: 'signed' | 'stated',
  instant: number,
  pointer: string,
): Finding {
  const { validFrom, validUntil } = accreditation.credential
  return finding('ACCREDITATION_TIME', {
    credential: credential.id,
    pointer: what === 'signed' ? proofPointer(credential, 'created') : pointer,
    detail: `It was ${what} outside the validity of the accreditation it rests on.`,
    expected: `from ${validFrom} to ${validUntil}`,
    found: formatInstant(instant),
  })
}

/** The code for a key the body's accreditation does not list at that date. */
export function unlistedKey(
  credential: SecuredCredential,
  accreditation: Accreditation,
  { thumbprint }: PublicKey,
): Finding {
  const keys = accreditation.credential.credentialSubject.keys
  return finding('KEY_NOT_AUTHORISED', {
    credential: credential.id,
    pointer: proofPointer(credential, 'verificationMethod'),
    detail: `The accreditation ${accreditation.id} does not list this key at ${formatInstant(credential.created)}.`,
    expected: keys.map((key) => `${key.thumbprint} (${key.from} to ${key.until})`).join(', '),
    found: thumbprint,
  })
}

function noAnchor(accreditation: Accreditation, outOfTime: TrustAnchor | null): Finding {
  const { id, issuer, created } = accreditation
  return finding('ANCHOR_UNKNOWN', {
    credential: id,
    pointer: '/issuer',
    detail:
      outOfTime === null
        ? 'Its issuer is no anchor of your policy, and it names no accreditation it rests on.'
        : 'Its issuer was no anchor of your policy when it signed.',
    expected:
      outOfTime === null
        ? 'an anchor of role scheme-owner or accreditation-body'
        : `signed from ${formatInstant(outOfTime.validFrom)} to ${formatInstant(outOfTime.validUntil)}`,
    found: outOfTime === null ? issuer : formatInstant(created),
  })
}

/** The note that a key was listed when it signed and is no longer at the instant asked for. */
export function keyEndings(
  body: SecuredCredential<'VerifierAccreditation'> | SecuredCredential<'RegisteredIdentity'>,
  key: PublicKey,
  created: number,
  at: number,
): Finding[] {
  const { keys } = body.credential.credentialSubject
  if (!listsKey(keys, key, created) || listsKey(keys, key, at)) return []
  return [
    finding('ENDED_SINCE', {
      credential: body.id,
      pointer: '/credentialSubject/keys',
      detail: 'The key that signed is listed only until before the instant asked for.',
      expected: `listed at ${formatInstant(at)}`,
      found: key.thumbprint,
    }),
  ]
}

/** The note that something was in force when it counted and has ended by the instant asked for. */
export function endedSince(credential: SecuredCredential, at: number): Finding {
  return finding('ENDED_SINCE', {
    credential: credential.id,
    pointer: '/validUntil',
    detail: 'It was in force when it counted and has ended since.',
    expected: `in force at ${formatInstant(at)}`,
    found: credential.credential.validUntil,
  })
}

/** The note that the anchor a credential rests on has ended since it signed. */
export function anchorEnded(anchored: SecuredCredential, anchor: TrustAnchor): Finding {
  return finding('ENDED_SINCE', {
    credential: anchored.id,
    pointer: '/issuer',
    detail: 'The trust anchor it rests on has ended since.',
    found: `${anchor.did} until ${formatInstant(anchor.validUntil)}`,
  })
}
