import type { CredentialType } from '@battery-passport/contexts'
import {
  type Accreditation,
  followedReferences,
  isOfType,
  type SecuredCredential,
  type StatusList,
} from '@battery-passport/verifier'

/** The order in which the parts of a chain follow what it is about. */
const ORDER: readonly CredentialType[] = [
  'RulebookAttestation',
  'CustodyAttestation',
  'VerifierAccreditation',
  'RegisteredIdentity',
  'BitstringStatusListCredential',
  'WithdrawalNotice',
]

function inOrder(
  chosen: readonly SecuredCredential[],
  roots: readonly SecuredCredential[],
): readonly SecuredCredential[] {
  const rest = chosen.filter((each) => !roots.includes(each))
  return [
    ...chosen.filter((each) => roots.includes(each)),
    ...ORDER.flatMap((type) => rest.filter((each) => each.type === type)),
  ]
}

/**
 * Everything reachable from the roots, which come first: what they refer to, identities, renewals,
 * status lists with the notices they name, and what lets a successor sign them.
 */
export function chainOf(
  roots: readonly SecuredCredential[],
  pool: CredentialPool,
): readonly SecuredCredential[] {
  const chosen = new Set<SecuredCredential>()
  const seen = new Set<string>()
  const waiting = [...roots]
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (seen.has(next.digestMultibase)) continue
    seen.add(next.digestMultibase)
    chosen.add(next)
    const successions = successionsOf(next, pool)
    const issuers = [next.issuer, ...successions.map(successorOf)]
    const lists = listIdsOf(next).flatMap((id) =>
      issuers.flatMap((issuer) => pool.lists.get(listKey(issuer, id)) ?? []),
    )
    const found = [
      ...followedReferences(next).map(({ reference }) =>
        pool.byDigest.get(reference.digestMultibase),
      ),
      ...partiesOf(next, pool).flatMap((did) => pool.identities.get(did) ?? []),
      ...renewalsOf(next, pool),
      ...lists,
      ...noticesOf(next, lists).map((digest) => pool.byDigest.get(digest)),
      // Without one of its lists, nothing rests on a successor.
      ...successions.filter((each) => lists.some(({ issuer }) => issuer === successorOf(each))),
    ]
    for (const each of found) if (each !== undefined) waiting.push(each)
  }
  return inOrder([...chosen], roots)
}

/** Credentials at hand, found as a chain asks for them. */
export interface CredentialPool {
  readonly byDigest: ReadonlyMap<string, SecuredCredential>
  /** By the DID they are about. */
  readonly identities: ReadonlyMap<string, readonly SecuredCredential[]>
  readonly accreditations: ReadonlyMap<string, readonly Accreditation[]>
  /**
   * The edition of each list that was signed last; an older one could hide a withdrawal. Those of
   * one second together: nobody can tell which is later, and a verifier counts all of them.
   */
  readonly lists: ReadonlyMap<string, readonly StatusList[]>
}

/** Makes credentials findable: once, however many chains are made of them. */
export function indexPool(atHand: readonly SecuredCredential[]): CredentialPool {
  const byDigest = new Map(atHand.map((each) => [each.digestMultibase, each]))
  const identities = new Map<string, SecuredCredential[]>()
  const accreditations = new Map<string, Accreditation[]>()
  const lists = new Map<string, readonly StatusList[]>()
  for (const each of byDigest.values()) {
    if (isOfType(each, 'RegisteredIdentity')) {
      const { id } = each.credential.credentialSubject
      identities.set(id, [...(identities.get(id) ?? []), each])
    } else if (isOfType(each, 'VerifierAccreditation')) {
      const { id } = each.credential.credentialSubject
      accreditations.set(id, [...(accreditations.get(id) ?? []), each])
    } else if (isOfType(each, 'BitstringStatusListCredential')) {
      const key = listKey(each.issuer, each.id)
      const others = lists.get(key) ?? []
      const newest = Math.max(each.created, ...others.map(({ created }) => created))
      lists.set(
        key,
        [...others, each].filter(({ created }) => created === newest),
      )
    }
  }
  return { byDigest, identities, accreditations, lists }
}

/** A list counts only if it is of the issuer of what names it: no other can put one in its place. */
function listKey(issuer: string, id: string): string {
  return `${issuer} ${id}`
}

/** Later accreditations of the same body: they show that it may still sign. */
function renewalsOf(
  secured: SecuredCredential,
  { accreditations }: CredentialPool,
): readonly SecuredCredential[] {
  if (!isOfType(secured, 'VerifierAccreditation')) return []
  const { credentialSubject, validUntil } = secured.credential
  return (accreditations.get(credentialSubject.id) ?? []).filter(
    (each) => each.credential.validUntil > validUntil,
  )
}

/** The parties whose identities tell whether it is independent, and which facilities they have. */
function partiesOf(secured: SecuredCredential, { byDigest }: CredentialPool): readonly string[] {
  const { issuer } = secured
  if (isOfType(secured, 'BatteryPassport')) return [issuer]
  if (isOfType(secured, 'RulebookAttestation')) {
    const subject = secured.credential.credentialSubject
    const party = subject.type === 'Facility' ? subject.operator : subject.manufacturer
    // Independence is also of the accreditor, but not of those above it.
    const accreditor = byDigest.get(subject.accreditation.digestMultibase)?.issuer
    return [issuer, party, ...(accreditor === undefined ? [] : [accreditor])]
  }
  if (isOfType(secured, 'CustodyAttestation')) {
    const { manufacturer, accreditation } = secured.credential.credentialSubject
    const accreditor = byDigest.get(accreditation.digestMultibase)?.issuer
    return [issuer, manufacturer, ...(accreditor === undefined ? [] : [accreditor])]
  }
  return []
}

/** Accreditations of the issuer of a credential that name who signs its lists after it. */
function successionsOf(
  { issuer, credential }: SecuredCredential,
  { accreditations }: CredentialPool,
): readonly Accreditation[] {
  if (!('credentialStatus' in credential)) return []
  return (accreditations.get(issuer) ?? []).filter((each) => successorOf(each) !== '')
}

function successorOf({ credential }: Accreditation): string {
  return credential.credentialSubject.statusSuccessor ?? ''
}

/** The digests of the notices that lists name for a credential. */
function noticesOf(
  { credential }: SecuredCredential,
  lists: readonly StatusList[],
): readonly string[] {
  if (!('credentialStatus' in credential)) return []
  const indexes = new Set(
    credential.credentialStatus.map(({ statusListIndex }) => Number(statusListIndex)),
  )
  return lists.flatMap((list) =>
    (list.credential.credentialSubject.notices ?? []).flatMap(({ index, digestMultibase }) =>
      indexes.has(index) ? [digestMultibase] : [],
    ),
  )
}

function listIdsOf({ credential }: SecuredCredential): readonly string[] {
  return 'credentialStatus' in credential
    ? credential.credentialStatus.map(({ statusListCredential }) => statusListCredential)
    : []
}
