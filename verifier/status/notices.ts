import { formatInstant, parseInstant } from '@battery-passport/contexts'
import type { PublicKey } from '@battery-passport/keys'
import { type Finding, finding } from '../findings/findings.ts'
import type { Inquiry } from '../inquiry.ts'
import { authenticate } from '../proof/authenticity.ts'
import { distrustRules } from '../proof/distrust.ts'
import { findingsOfPresent, follow } from '../proof/references.ts'
import {
  proofPointer,
  type SecuredCredential,
  type StatusList,
} from '../reading/secured-credential.ts'
import { validityFindings } from '../time/validity.ts'
import { aboutFindings, noticeFindings, sinceOf } from './notice-rules.ts'
import { invalidList } from './status-findings.ts'
import { keysInWords, notSigned, type StatusSigner } from './status-signers.ts'
import type { Withdrawal } from './withdrawal.ts'

/** Why, how far and since when a credential is withdrawn. */
export type Notice = SecuredCredential<'WithdrawalNotice'>

/** What the notice says that a list names for a bit that is set. */
export type NoticeReading =
  /** The list names none, or one that does not count: then nothing narrows the withdrawal. */
  | { readonly outcome: 'none'; readonly findings: readonly Finding[] }
  /** The one it names is not at hand, or could not be looked at. */
  | { readonly outcome: 'open'; readonly findings: readonly Finding[] }
  | ({ readonly outcome: 'read'; readonly notice: Notice } & Pick<
      Withdrawal,
      'since' | 'withdraws' | 'said'
    >)

/** The entry of a credential in a list. */
export interface NoticeQuestion {
  readonly withdrawn: SecuredCredential
  /** Of the entry, in that credential. */
  readonly pointer: string
  readonly list: StatusList
  readonly index: number
  /** Whether its bit is set. */
  readonly isSet: boolean
}

/**
 * The one notice that a list names for an index. A notice only ever narrows what the bit says: one
 * that is not as it must be leaves the whole withdrawn from the beginning.
 */
export async function noticeOf(
  question: NoticeQuestion,
  inquiry: Inquiry,
  signers: readonly StatusSigner[],
): Promise<NoticeReading> {
  const { list, index, isSet, withdrawn, pointer } = question
  const { notices = [] } = list.credential.credentialSubject
  const places = notices.flatMap((each, place) => (each.index === index ? [place] : []))
  const [place] = places
  const named = place === undefined ? undefined : notices[place]
  if (place === undefined || named === undefined) return none([])
  const at = `/credentialSubject/notices/${place}`
  if (places.length > 1) {
    const detail = 'The list names two notices for one index: nobody may choose the milder.'
    return none([invalidList(list, at, detail, 'one', `${places.length}`)])
  }
  if (!isSet) {
    const detail = 'The list names a notice for an index that is not set.'
    return none([invalidList(list, at, detail, `bit ${index} set`, 'not set')])
  }
  if (inquiry.documents.byId(named.id).length === 0) {
    return {
      outcome: 'open',
      findings: [
        finding('NOTICE_MISSING', {
          credential: withdrawn.id,
          pointer,
          detail: `It is withdrawn, says the list of ${formatInstant(list.created)}; how far and since when says a notice that is not at hand.`,
          expected: `${named.id} (${named.digestMultibase})`,
          found: 'nothing',
        }),
      ],
    }
  }
  const { index: _, ...reference } = named
  const followed = follow(list, at, reference, inquiry.documents)
  if (!followed.ok) {
    const { findings, present } = followed
    const about = await findingsOfPresent(present, inquiry)
    return { outcome: 'open', findings: [...findings, ...about] }
  }
  if (followed.findings.length > 0) return none(followed.findings)
  return read(followed.secured, question, inquiry, signers)
}

async function read(
  notice: Notice,
  { withdrawn, list }: NoticeQuestion,
  inquiry: Inquiry,
  signers: readonly StatusSigner[],
): Promise<NoticeReading> {
  const authentic = await authenticate(notice, inquiry, Math.max(inquiry.at, inquiry.now))
  if (!authentic.ok) {
    const { findings } = authentic
    // What could not be looked at is not known to be bad.
    const isOpen = findings.every(({ severity }) => severity === 'unknown')
    return { outcome: isOpen ? 'open' : 'none', findings }
  }
  const subject = notice.credential.credentialSubject
  const faults = [
    ...(authentic.isGoodToday ? [] : [lapsed(notice, authentic.key, inquiry)]),
    ...signerFindings(notice, signers, authentic.key),
    ...aboutFindings(notice, withdrawn),
    ...noticeFindings(notice, withdrawn),
    // What it says goes on after its end, but not before its beginning.
    ...validityFindings(notice, list.created, 'when the list that names it was signed').filter(
      ({ code }) => code !== 'EXPIRED',
    ),
  ]
  if (faults.length > 0) return none(faults)
  const { withdraws, reason } = subject
  const since = parseInstant(sinceOf(notice).text)
  const from = `${subject.voidFrom === undefined ? 'not to be relied on' : 'void'} from ${sinceOf(notice).text} on`
  return {
    outcome: 'read',
    notice,
    since,
    withdraws: withdraws.kind === 'whole' ? 'whole' : withdraws.indicators,
    said: `the notice ${notice.id} of ${formatInstant(notice.created)} says ${reason}, ${from}`,
  }
}

/** Who has a key that was good once could narrow a revocation that was not its own. */
function lapsed(notice: Notice, key: PublicKey, inquiry: Inquiry): Finding {
  const rule = [...distrustRules(notice, inquiry, null), ...distrustRules(notice, inquiry, key)][0]
  const pointer = proofPointer(notice, 'verificationMethod')
  return rule === undefined
    ? finding('KEY_REVOKED', {
        credential: notice.id,
        pointer,
        detail:
          'The key of this notice was revoked or has expired since: it narrows no withdrawal.',
        expected: 'a key that is still good',
        found: key.thumbprint,
      })
    : finding('DISTRUSTED', {
        credential: notice.id,
        pointer,
        detail: `Your policy distrusts the ${rule.kind === 'did' ? 'issuer' : rule.kind} of this notice, so it narrows no withdrawal: ${rule.reason}`,
        expected: 'an issuer, a key and a credential that your policy does not distrust',
        found: rule.value,
      })
}

function signerFindings(
  notice: Notice,
  signers: readonly StatusSigner[],
  key: PublicKey,
): readonly Finding[] {
  const credential = notice.id
  switch (notSigned(notice, signers, key)) {
    case null:
      return []
    case 'key':
      return [
        finding('KEY_NOT_AUTHORISED', {
          credential,
          pointer: proofPointer(notice, 'verificationMethod'),
          detail: 'The accreditation of the issuer does not list the key of this notice.',
          expected: keysInWords(signers, notice.issuer),
          found: key.thumbprint,
        }),
      ]
    default:
      return [
        finding('ISSUER_NOT_AUTHORISED', {
          credential,
          pointer: '/issuer',
          detail: 'The notice is of someone who may not withdraw this credential.',
          expected: signers.map(({ did }) => did).join(', '),
          found: notice.issuer,
          remedy:
            'Only the issuer of a credential, its successor, and the body that accredited it write notices about it.',
        }),
      ]
  }
}

function none(findings: readonly Finding[]): NoticeReading {
  return { outcome: 'none', findings }
}
