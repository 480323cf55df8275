import { formatInstant, preview, type StatusEntry } from '@battery-passport/contexts'
import { type Finding, finding } from '../findings/findings.ts'
import type { Inquiry } from '../inquiry.ts'
import { authenticate } from '../proof/authenticity.ts'
import {
  isOfType,
  proofPointer,
  type SecuredCredential,
  type StatusList,
} from '../reading/secured-credential.ts'
import { MAXIMUM_LIST_BYTES } from './decoded-lists.ts'
import { invalidList } from './status-findings.ts'
import { keysInWords, notSigned, type StatusSigner, startInWords } from './status-signers.ts'

/** A list that is authentic, with its bits. */
export interface Edition {
  readonly list: StatusList
  readonly bits: Uint8Array
}

/** The editions that count, or why there are none. */
export interface CurrentEditions {
  readonly editions: readonly Edition[]
  readonly findings: readonly Finding[]
}

/**
 * The newest list with the id of the entry that is authentic and of who may sign it. Of two that were
 * signed in the same second nobody can tell which is newer, and who presents them must not choose
 * the milder: both count.
 */
export async function currentEditions(
  entry: StatusEntry,
  inquiry: Inquiry,
  signers: readonly StatusSigner[],
): Promise<CurrentEditions> {
  const refusals: Finding[] = []
  const listSigners = signers.filter(({ signsLists }) => signsLists)
  const candidates: StatusList[] = []
  for (const document of inquiry.documents.byId(entry.statusListCredential)) {
    if (!document.ok) refusals.push(...document.findings)
    else if (isOfType(document.secured, 'BitstringStatusListCredential')) {
      candidates.push(document.secured)
    } else refusals.push(noList(document.secured))
  }
  candidates.sort((a, b) => b.created - a.created)
  const editions: Edition[] = []
  const doubts: Finding[] = []
  for (const list of candidates) {
    const [newest] = editions
    if (newest !== undefined && list.created < newest.list.created) break
    const checked = await checkList(list, entry, inquiry, listSigners)
    if (checked.ok) {
      editions.push({ list, bits: checked.bits })
      doubts.push(...checked.doubts)
      continue
    }
    refusals.push(...checked.findings)
    // Beside others it would be the one that says revoked which nobody looks at.
    if (checked.isUnread) doubts.push(...checked.findings)
  }
  return { editions, findings: editions.length === 0 ? refusals : doubts }
}

function unreadable(encodedList: string, detail: string) {
  const pointer = '/credentialSubject/encodedList'
  const expected =
    'a bit string in plain gzip and canonical base64url, as Bitstring Status List has it'
  const sentence = `The list cannot be read: ${detail}.`
  return [pointer, sentence, expected, preview(encodedList)] as const
}

function noList(other: SecuredCredential): Finding {
  const expected = 'BitstringStatusListCredential'
  return invalidList(other, '/type', 'It is no status list.', expected, other.type)
}

type ListCheck =
  | { readonly ok: true; readonly bits: Uint8Array; readonly doubts: readonly Finding[] }
  | {
      readonly ok: false
      readonly findings: readonly Finding[]
      /** Whether it may well be right, and there was no room to read it. */
      readonly isUnread?: true
    }

async function checkList(
  list: StatusList,
  entry: StatusEntry,
  inquiry: Inquiry,
  signers: readonly StatusSigner[],
): Promise<ListCheck> {
  const refuse = (pointer: string, detail: string, expected: string, found: string) => ({
    ok: false as const,
    findings: [invalidList(list, pointer, detail, expected, found)],
  })
  const unsigned = notSigned(list, signers, null)
  if (unsigned === 'issuer') {
    const detail = 'The list is of another issuer than the credential.'
    return refuse('/issuer', detail, signers.map(({ did }) => did).join(', '), list.issuer)
  }
  if (unsigned === 'time') {
    const detail = 'The list was signed before its issuer might speak for that of the credential.'
    const at = proofPointer(list, 'created')
    return refuse(at, detail, startInWords(signers, list.issuer), formatInstant(list.created))
  }
  const { statusPurpose, encodedList } = list.credential.credentialSubject
  if (statusPurpose !== entry.statusPurpose) {
    const detail = 'The list is for another purpose than the entry.'
    return refuse('/credentialSubject/statusPurpose', detail, entry.statusPurpose, statusPurpose)
  }
  const authentic = await authenticate(list, inquiry, Math.max(inquiry.at, inquiry.now))
  if (!authentic.ok) return authentic
  if (notSigned(list, signers, authentic.key) !== null) {
    return {
      ok: false,
      findings: [
        finding('KEY_NOT_AUTHORISED', {
          credential: list.id,
          pointer: proofPointer(list, 'verificationMethod'),
          detail: 'The accreditation of the issuer does not list the key of this status list.',
          expected: keysInWords(signers, list.issuer),
          found: authentic.key.thumbprint,
        }),
      ],
    }
  }
  const decoded = inquiry.lists.bitsOf(list)
  if (decoded === null) return { ok: false, isUnread: true, findings: [noRoom(list)] }
  const { doubts } = authentic
  return decoded.ok ? { ...decoded, doubts } : refuse(...unreadable(encodedList, decoded.detail))
}

function noRoom(list: StatusList): Finding {
  const most = MAXIMUM_LIST_BYTES / 2 ** 20
  return finding('LIMIT_EXCEEDED', {
    credential: list.id,
    pointer: '/credentialSubject/encodedList',
    detail: 'The status lists hold more together than is decoded in one verification.',
    expected: `lists of at most ${most} MiB together`,
    found: 'more',
    whose: 'holder',
    remedy: 'Send the newest status lists alone, and split what rests on so many large ones.',
  })
}
