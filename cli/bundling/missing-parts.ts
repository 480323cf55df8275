import type { StatusEntry } from '@battery-passport/contexts'
import {
  followedReferences,
  isOfType,
  type SecuredCredential,
  type StatusList,
} from '@battery-passport/verifier'

/** Something a credential refers to that is not there. */
export interface MissingPart {
  readonly what: string
  readonly id: string
  /** The digest that pins it; lists are found by id. */
  readonly digestMultibase?: string
  /** The credential that refers to it. */
  readonly neededBy: string
}

/** Every reference, status list and notice that credentials need and none of them is. */
export function missingParts(credentials: readonly SecuredCredential[]): MissingPart[] {
  const digests = new Set(credentials.map(({ digestMultibase }) => digestMultibase))
  const lists = listsById(credentials)
  const missing = new Map<string, MissingPart>()
  for (const each of credentials) {
    for (const { reference } of followedReferences(each)) {
      const { type, id, digestMultibase } = reference
      if (digests.has(digestMultibase)) continue
      missing.set(digestMultibase, { what: type, id, digestMultibase, neededBy: each.id })
    }
    if (!('credentialStatus' in each.credential)) continue
    for (const entry of each.credential.credentialStatus) {
      const { statusListCredential: id, statusPurpose } = entry
      const editions = lists.get(id) ?? []
      // Of a successor's list the verifier says whether it counts.
      if (editions.length === 0) {
        missing.set(id, { what: `${statusPurpose} list`, id, neededBy: each.id })
      }
      for (const { type, digestMultibase, ...notice } of noticesFor(entry, editions)) {
        if (digests.has(digestMultibase)) continue
        missing.set(digestMultibase, {
          what: type,
          id: notice.id,
          digestMultibase,
          neededBy: each.id,
        })
      }
    }
  }
  return [...missing.values()]
}

function listsById(credentials: readonly SecuredCredential[]): ReadonlyMap<string, StatusList[]> {
  const lists = new Map<string, StatusList[]>()
  for (const each of credentials) {
    if (!isOfType(each, 'BitstringStatusListCredential')) continue
    lists.set(each.id, [...(lists.get(each.id) ?? []), each])
  }
  return lists
}

/** The notices that lists name for an entry. */
function noticesFor({ statusListIndex }: StatusEntry, lists: readonly StatusList[]) {
  return lists.flatMap(({ credential }) =>
    (credential.credentialSubject.notices ?? []).filter(
      ({ index }) => index === Number(statusListIndex),
    ),
  )
}
