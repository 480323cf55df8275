import { followedReferences, isOfType, type SecuredCredential } from '@battery-passport/verifier'

/** Something a credential refers to that is not there. */
export interface MissingPart {
  readonly what: string
  readonly id: string
  /** The digest that pins it; lists are found by id. */
  readonly digestMultibase?: string
  /** The credential that refers to it. */
  readonly neededBy: string
}

/** Every reference, and every status list, of some credentials that none of them is. */
export function missingParts(credentials: readonly SecuredCredential[]): MissingPart[] {
  const digests = new Set(credentials.map(({ digestMultibase }) => digestMultibase))
  const lists = new Set(
    credentials.flatMap((each) =>
      isOfType(each, 'BitstringStatusListCredential') ? [`${each.issuer} ${each.id}`] : [],
    ),
  )
  const missing = new Map<string, MissingPart>()
  for (const each of credentials) {
    for (const { reference } of followedReferences(each)) {
      const { type, id, digestMultibase } = reference
      if (digests.has(digestMultibase)) continue
      missing.set(digestMultibase, { what: type, id, digestMultibase, neededBy: each.id })
    }
    if (!('credentialStatus' in each.credential)) continue
    for (const { statusListCredential: id, statusPurpose } of each.credential.credentialStatus) {
      if (lists.has(`${each.issuer} ${id}`)) continue
      missing.set(id, { what: `${statusPurpose} list`, id, neededBy: each.id })
    }
  }
  return [...missing.values()]
}
