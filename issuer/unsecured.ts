import { CONTEXTS, type CredentialType, type CredentialTypes } from '@battery-passport/contexts'

/** A credential of a type as it is before it is secured. */
export type Unsecured<T extends CredentialType> = Omit<CredentialTypes[T], 'proof'>

/** One revocation and one suspension entry, in this order. */
export type StatusEntries = CredentialTypes['RulebookAttestation']['credentialStatus']

/** What the issuer of any credential decides: the rest follows from its type. */
export interface CredentialFrame {
  /** An absolute URI that no other credential of this issuer has. */
  readonly id: string
  readonly name?: string
  readonly description?: string
  /** RFC 3339 with `Z`, whole seconds; both bounds are inclusive. */
  readonly validFrom: string
  readonly validUntil: string
  /** Where a verifier will look whether it was withdrawn: reserved for this credential alone. */
  readonly credentialStatus: StatusEntries
}

/** The members every credential of the profile begins with. */
export function framed<const N extends CredentialType>(
  type: N,
  issuer: string,
  { id, name, description, validFrom, validUntil }: Omit<CredentialFrame, 'credentialStatus'>,
) {
  return {
    '@context': CONTEXTS,
    id,
    type: ['VerifiableCredential', type] as const,
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    issuer,
    validFrom,
    validUntil,
  }
}
