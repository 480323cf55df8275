import { type CredentialType, type CredentialTypes, parseInstant } from '@battery-passport/contexts'
import type { SecuredCredential } from './secured-credential.ts'

/**
 * A credential with the instants it is judged by, secured already or about to be: a rule that takes
 * this can be asked before anything is signed, too.
 */
export type DatedCredential<T extends CredentialType = CredentialType> = Pick<
  SecuredCredential<T>,
  'id' | 'issuer' | 'credential' | 'created' | 'validity'
> &
  Partial<Pick<SecuredCredential<T>, 'securing'>>

/**
 * A credential that will be signed at an instant, as the rules take it.
 *
 * @param credential of the shape of its type
 * @param created seconds since the epoch
 * @throws {TypeError} the shape was not checked: its validity is no two instants
 */
export function datedCredential<T extends CredentialType>(
  credential: CredentialTypes[T],
  created: number,
): DatedCredential<T> {
  const { id, issuer, validFrom, validUntil } = credential
  const from = parseInstant(validFrom)
  const until = parseInstant(validUntil)
  if (from === null || until === null) {
    throw new TypeError(`datedCredential: no instants: ${validFrom}, ${validUntil}`)
  }
  return { id, issuer, credential, created, validity: { from, until } }
}
