import { randomUUID } from 'node:crypto'
import type { CredentialFrame } from '@battery-passport/issuer'

/** What a form says of the credential itself, with what it leaves out filled in. */
export function credentialFrame(
  form: {
    readonly id?: string
    readonly name?: string
    readonly description?: string
    readonly validFrom?: string
    readonly validUntil: string
  },
  created: string,
): Omit<CredentialFrame, 'credentialStatus'> {
  const { id, name, description, validFrom, validUntil } = form
  return {
    id: id ?? `urn:uuid:${randomUUID()}`,
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    validFrom: validFrom ?? created,
    validUntil,
  }
}
