import type { CredentialType } from '@battery-passport/contexts'
import type { SecuredCredential } from '@battery-passport/verifier'

/** The reference that pins a secured credential by its bytes. */
export function referenceTo<T extends CredentialType>({
  id,
  type,
  digestMultibase,
}: Pick<SecuredCredential<T>, 'id' | 'type' | 'digestMultibase'>) {
  return { id, type, digestMultibase }
}
