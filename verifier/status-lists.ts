import type { StatusEntry } from '@battery-passport/contexts'
import { authenticate } from './authenticity.ts'
import { decodeBitstring } from './bitstring.ts'
import { type Finding, finding } from './findings.ts'
import type { Inquiry } from './inquiry.ts'
import { isOfType, proofPointer, type StatusList } from './secured-credential.ts'
import { invalidList } from './status-findings.ts'

/** Which keys may sign the lists of an issuer, by thumbprint; null where any key of its DID may. */
export type ListKeys = ReadonlySet<string> | null

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
 * The newest list with the id of the entry that is authentic and of this issuer. Of two that were
 * signed in the same second nobody can tell which is newer, and who presents them must not choose
 * the milder: both count.
 */
export async function currentEditions(
  issuer: string,
  entry: StatusEntry,
  inquiry: Inquiry,
  listKeys: ListKeys,
): Promise<CurrentEditions> {
  const refusals: Finding[] = []
  const candidates: StatusList[] = []
  for (const document of inquiry.documents.byId(entry.statusListCredential)) {
    if (!document.ok) refusals.push(...document.findings)
    else if (isOfType(document.secured, 'BitstringStatusListCredential')) {
      candidates.push(document.secured)
    } else refusals.push(invalidList(document.secured, '/type', 'It is no status list.'))
  }
  candidates.sort((a, b) => b.created - a.created)
  const editions: Edition[] = []
  const doubts: Finding[] = []
  for (const list of candidates) {
    const [newest] = editions
    if (newest !== undefined && list.created < newest.list.created) break
    const checked = await checkList(list, issuer, entry, inquiry, listKeys)
    if (checked.ok) {
      editions.push({ list, bits: checked.bits })
      doubts.push(...checked.doubts)
    } else refusals.push(...checked.findings)
  }
  return { editions, findings: editions.length === 0 ? refusals : doubts }
}

type ListCheck =
  | { readonly ok: true; readonly bits: Uint8Array; readonly doubts: readonly Finding[] }
  | { readonly ok: false; readonly findings: readonly Finding[] }

async function checkList(
  list: StatusList,
  issuer: string,
  entry: StatusEntry,
  inquiry: Inquiry,
  listKeys: ListKeys,
): Promise<ListCheck> {
  const refuse = (pointer: string, detail: string, expected?: string, found?: string) => ({
    ok: false as const,
    findings: [invalidList(list, pointer, detail, expected, found)],
  })
  if (list.issuer !== issuer) {
    const detail = 'The list is of another issuer than the credential.'
    return refuse('/issuer', detail, issuer, list.issuer)
  }
  const { statusPurpose, encodedList } = list.credential.credentialSubject
  if (statusPurpose !== entry.statusPurpose) {
    const detail = 'The list is for another purpose than the entry.'
    return refuse('/credentialSubject/statusPurpose', detail, entry.statusPurpose, statusPurpose)
  }
  const authentic = await authenticate(list, inquiry, Math.max(inquiry.at, inquiry.now))
  if (!authentic.ok) return authentic
  if (listKeys !== null && !listKeys.has(authentic.key.thumbprint)) {
    return {
      ok: false,
      findings: [
        finding('KEY_NOT_AUTHORISED', {
          credential: list.id,
          pointer: proofPointer(list, 'verificationMethod'),
          detail: 'The accreditation of the issuer does not list the key of this status list.',
          expected: `one of ${[...listKeys].join(', ')}`,
          found: authentic.key.thumbprint,
        }),
      ],
    }
  }
  const remembered = inquiry.memory.bitstrings.get(list.digestMultibase)
  const { doubts } = authentic
  // A refusal is remembered as well: to inflate a bomb once for each credential is once too often.
  const decoded = remembered ?? decodeBitstring(encodedList)
  if (remembered === undefined) inquiry.memory.bitstrings.set(list.digestMultibase, decoded)
  return decoded.ok
    ? { ...decoded, doubts }
    : refuse('/credentialSubject/encodedList', `The list cannot be read: ${decoded.detail}.`)
}
