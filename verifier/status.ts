import { formatInstant, type StatusEntry } from '@battery-passport/contexts'
import { authenticate } from './authenticity.ts'
import { bitAt, decodeBitstring } from './bitstring.ts'
import type { FindingCode } from './finding-kinds.ts'
import { type Finding, finding } from './findings.ts'
import type { Inquiry } from './inquiry.ts'
import {
  isOfType,
  proofPointer,
  type SecuredCredential,
  type StatusList,
} from './secured-credential.ts'
import { inForce } from './validity.ts'

/** What the lists say of one credential. */
export interface StatusReport {
  readonly revoked: boolean
  readonly suspended: boolean
  readonly findings: readonly Finding[]
  /** The lists that were used. */
  readonly lists: readonly SecuredCredential[]
}

/** Which keys may sign the lists of an issuer, by thumbprint; null where any key of its DID may. */
export type ListKeys = ReadonlySet<string> | null

/**
 * Step 5: every entry of a credential against the newest authentic list of its id. Revoked and
 * could-not-check are never confused: a missing or stale list is unknown, a set bit is an error.
 */
export async function statusOf(
  credential: SecuredCredential,
  inquiry: Inquiry,
  listKeys: ListKeys,
): Promise<StatusReport> {
  const findings: Finding[] = []
  const lists: SecuredCredential[] = []
  const set = { revocation: false, suspension: false }
  const entries =
    'credentialStatus' in credential.credential ? credential.credential.credentialStatus : []
  for (const [position, entry] of entries.entries()) {
    const at = { credential: credential.id, pointer: `/credentialStatus/${position}` }
    const found = await currentEditions(credential.issuer, entry, inquiry, listKeys)
    findings.push(...found.findings)
    if (found.editions.length === 0 && found.findings.length === 0) {
      findings.push(unreachable(at, entry))
    }
    for (const { list, bits } of found.editions) {
      lists.push(list)
      findings.push(...freshness(list, inquiry))
      const bit = bitAt(bits, Number(entry.statusListIndex))
      if (bit === null) findings.push(outOfRange(at, entry, bits))
      else if (bit) {
        set[entry.statusPurpose] = true
        findings.push(withdrawn(at, entry, list))
      }
    }
  }
  return { revoked: set.revocation, suspended: set.suspension, findings, lists }
}

/** A list that is authentic, with its bits. */
interface Edition {
  readonly list: StatusList
  readonly bits: Uint8Array
}

interface CurrentEditions {
  readonly editions: readonly Edition[]
  readonly findings: readonly Finding[]
}

/**
 * The newest list with the id of the entry that is authentic and of this issuer. Of two that were
 * signed in the same second nobody can tell which is newer, and who presents them must not choose
 * the milder: both count.
 */
async function currentEditions(
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
    } else refusals.push(invalid(document.secured, '/type', 'It is no status list.'))
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
    findings: [invalid(list, pointer, detail, expected, found)],
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

/** Age and validity at the instant asked for; too old is unknown, never expired. */
function freshness(list: StatusList, { policy, at }: Inquiry): Finding[] {
  const credential = list.id
  if (list.created > at + policy.clockSkew) {
    return [
      finding('STATUS_LATER', {
        credential,
        pointer: proofPointer(list, 'created'),
        detail:
          'The list is later than the instant asked for; it is used for what it says of the past.',
        expected: `not later than ${formatInstant(at)}`,
        found: formatInstant(list.created),
      }),
    ]
  }
  const age = at - list.created
  if (age > policy.statusMaximumAge) {
    return [
      finding('STATUS_STALE', {
        credential,
        pointer: proofPointer(list, 'created'),
        detail: 'The list is older than your policy allows.',
        expected: `at most ${policy.statusMaximumAge} s old at ${formatInstant(at)}`,
        found: `${age} s`,
      }),
    ]
  }
  if (inForce(list.validity, at, policy.clockSkew)) return []
  return [
    finding('STATUS_STALE', {
      credential,
      pointer: '/validUntil',
      detail: 'The list is not in force at the instant asked for.',
      expected: `in force at ${formatInstant(at)}`,
      found: `${list.credential.validFrom} to ${list.credential.validUntil}`,
    }),
  ]
}

interface At {
  readonly credential: string
  readonly pointer: string
}

function unreachable(at: At, entry: StatusEntry): Finding {
  return finding('STATUS_UNREACHABLE', {
    ...at,
    pointer: `${at.pointer}/statusListCredential`,
    detail: `The ${entry.statusPurpose} list of this credential is not at hand, so nobody can say whether it was withdrawn.`,
    expected: entry.statusListCredential,
    found: 'nothing',
  })
}

function outOfRange(at: At, entry: StatusEntry, bits: Uint8Array): Finding {
  return finding('STATUS_LIST_INVALID', {
    ...at,
    pointer: `${at.pointer}/statusListIndex`,
    detail: 'The list has no such entry.',
    expected: `an index below ${bits.length * 8}`,
    found: entry.statusListIndex,
  })
}

function withdrawn(at: At, entry: StatusEntry, list: StatusList): Finding {
  const code: FindingCode = entry.statusPurpose === 'revocation' ? 'REVOKED' : 'SUSPENDED'
  return finding(code, {
    ...at,
    detail: `Its issuer has ${entry.statusPurpose === 'revocation' ? 'revoked' : 'suspended'} it, says the list of ${formatInstant(list.created)}.`,
    expected: `entry ${entry.statusListIndex} of ${list.id} not set`,
    found: 'set',
  })
}

function invalid(
  list: SecuredCredential,
  pointer: string,
  detail: string,
  expected?: string,
  found?: string,
): Finding {
  return finding('STATUS_LIST_INVALID', {
    credential: list.id,
    pointer,
    detail,
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
  })
}
