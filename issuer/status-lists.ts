import {
  CONTEXTS,
  formatInstant,
  MAXIMUM_NOTICES,
  MINIMUM_STATUS_ENTRIES,
  parseInstant,
  type StatusPurpose,
} from '@battery-passport/contexts'
import { encodeBitstring } from './bitstring.ts'
import { refuseFaults } from './errors.ts'
import { frameFaults, shapeFaults } from './lint/shape.ts'
import type { StatusEntries, Unsecured } from './unsecured.ts'

/** The two lists of an issuer that one credential stands in, at the same index. */
export interface StatusListPair {
  readonly revocation: string
  readonly suspension: string
}

/** A notice as a list names it. */
export interface NamedNotice {
  readonly index: number
  readonly id: string
  readonly digestMultibase: string
}

/** What a status list shall say. */
export interface StatusListRequest {
  /** The URL or URN under which credentials name the list: it never changes. */
  readonly id: string
  readonly issuer: string
  readonly purpose: StatusPurpose
  /** The indexes that are set, in any order. */
  readonly set: Iterable<number>
  /** A multiple of 8; 131,072 unless told otherwise, the least that keeps a holder unnamed. */
  readonly entries?: number
  /** For indexes that are set, the one notice of each; at most 256. */
  readonly notices?: readonly NamedNotice[]
  readonly validFrom: string
  /** Short: a verifier takes no list for current after this instant. */
  readonly validUntil: string
}

/**
 * Makes the next edition of a status list (Bitstring Status List 1.0 §3): the same id, new dates,
 * new bits. Nothing is signed.
 *
 * @throws {IssuanceError} STATUS_LIST_REFUSED
 */
export function statusList(request: StatusListRequest): Unsecured<'BitstringStatusListCredential'> {
  const { id, issuer, purpose, entries = MINIMUM_STATUS_ENTRIES, notices = [] } = request
  const set = new Set(request.set)
  checkNotices(notices, set)
  const credential = {
    '@context': CONTEXTS,
    id,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'] as const,
    issuer,
    validFrom: request.validFrom,
    validUntil: request.validUntil,
    credentialSubject: {
      id: `${id}#list`,
      type: 'BitstringStatusList' as const,
      statusPurpose: purpose,
      encodedList: encodeBitstring(set, entries),
      ...(notices.length === 0 ? {} : { notices: notices.map(asNamed) }),
    },
  }
  const type = 'BitstringStatusListCredential'
  refuseFaults('STATUS_LIST_REFUSED', shapeFaults(type, credential))
  refuseFaults('STATUS_LIST_REFUSED', frameFaults(type, credential))
  return credential
}

/** A notice in the form in which a list names it. */
export function asNamed({ index, id, digestMultibase }: NamedNotice) {
  return { index, id, type: 'WithdrawalNotice' as const, digestMultibase }
}

/** Verifiers refuse a list that names two notices for one index, or one for nothing. */
function checkNotices(notices: readonly NamedNotice[], set: ReadonlySet<number>): void {
  const named = new Set<number>()
  for (const { index } of notices) {
    if (!set.has(index)) throw new TypeError(`statusList: a notice for index ${index}, not set`)
    if (named.has(index)) throw new TypeError(`statusList: two notices for index ${index}`)
    named.add(index)
  }
}

/** The `credentialStatus` of a credential at an index of a pair of lists. */
export function statusEntries(pair: StatusListPair, index: number): StatusEntries {
  return [
    statusEntry('revocation', pair.revocation, index),
    statusEntry('suspension', pair.suspension, index),
  ]
}

function statusEntry<const P extends StatusPurpose>(purpose: P, list: string, index: number) {
  return {
    type: 'BitstringStatusListEntry' as const,
    statusPurpose: purpose,
    statusListIndex: String(index),
    statusListCredential: list,
  }
}

/** Which list pair a new credential goes to: the first is number 1. */
export interface ListUse {
  readonly generation: number
  /** How many indexes of it are taken. */
  readonly used: number
  /** How many notices one of its lists names. */
  readonly notices?: number
}

/**
 * The generation that takes the next credential: a list that is half used makes room for a new
 * one, so that a random index stays quick to find and the list keeps company around each holder.
 * So does one that can name no more notices.
 */
export function nextGeneration(current: ListUse, entries: number = MINIMUM_STATUS_ENTRIES): number {
  const { generation, used, notices = 0 } = current
  return used * 2 >= entries || notices >= MAXIMUM_NOTICES ? generation + 1 : generation
}

/**
 * A random index that is not taken: in order, indexes would tell who was issued to after whom.
 *
 * @param isUsed whether an index is taken, also by a credential that was never released
 * @param randomInt a uniform integer from 0 up to, not including, its argument: `randomInt` of node:crypto
 * @throws {TypeError} when no index is free: the list should have rolled over long before
 */
export function unusedIndex(
  isUsed: (index: number) => boolean,
  randomInt: (below: number) => number,
  entries: number = MINIMUM_STATUS_ENTRIES,
): number {
  const start = randomInt(entries)
  if (!isUsed(start)) return start
  // Half of the list is free, so a second dice is nearly always enough; a scan ends the rest.
  for (let attempt = 0; attempt < 64; attempt++) {
    const index = randomInt(entries)
    if (!isUsed(index)) return index
  }
  for (let step = 1; step < entries; step++) {
    const index = (start + step) % entries
    if (!isUsed(index)) return index
  }
  throw new TypeError(`unusedIndex: all ${entries} entries are taken; start a new list`)
}

/** How long a signed list is in force, from `proof.created` on. */
export function listValidity(
  createdAt: string,
  seconds: number,
): { readonly validFrom: string; readonly validUntil: string } {
  const from = parseInstant(createdAt)
  if (from === null || !Number.isSafeInteger(seconds) || seconds < 1) {
    throw new TypeError(
      `listValidity: expected an instant and whole seconds, found ${createdAt}, ${seconds}`,
    )
  }
  return { validFrom: createdAt, validUntil: formatInstant(from + seconds) }
}
