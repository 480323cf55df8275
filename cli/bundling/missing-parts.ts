import { isOfType, type SecuredCredential } from '@battery-passport/verifier'

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
    for (const { type, id, digestMultibase } of referencesOf(each)) {
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

interface Reference {
  readonly type: string
  readonly id: string
  readonly digestMultibase: string
}

/** What a credential pins by digest and a verifier follows. */
function referencesOf(credential: SecuredCredential): readonly Reference[] {
  if (isOfType(credential, 'BatteryPassport')) {
    const { attestations, custody } = credential.credential.credentialSubject
    return [...attestations, ...custody]
  }
  if (isOfType(credential, 'RulebookAttestation')) {
    return [credential.credential.credentialSubject.accreditation]
  }
  if (isOfType(credential, 'CustodyAttestation')) {
    return [credential.credential.credentialSubject.accreditation]
  }
  if (isOfType(credential, 'VerifierAccreditation')) {
    const { accreditedBy } = credential.credential.credentialSubject
    return accreditedBy === undefined ? [] : [accreditedBy]
  }
  return []
}
