import type { CredentialType, CredentialTypes } from '@battery-passport/contexts'
import type { ProofOf } from '@battery-passport/keys'
import type { JsonObject } from './json.ts'

/** How a credential is secured, with what a signature check needs. */
export type Securing =
  | {
      readonly form: 'data-integrity'
      readonly proof: ProofOf<unknown>
      /** The 64 bytes of `proofValue`. */
      readonly signature: Uint8Array
      /** JCS of the proof without `proofValue`. */
      readonly proofOptionsJcs: string
      /** JCS of the credential without `proof`. */
      readonly unsecuredJcs: string
    }
  | { readonly form: 'vc+jwt'; readonly compact: string; readonly keyId: string }

/** When a credential is in force: seconds since the epoch, both inclusive. */
export interface Validity {
  readonly from: number
  readonly until: number
}

/** A credential that was read strictly and has the shape of its type. Nothing is trusted yet. */
export interface SecuredCredential<T extends CredentialType = CredentialType> {
  /** RFC 6901 in the input; `/with/N…` for added ones. */
  readonly pointer: string
  readonly type: T
  readonly id: string
  readonly issuer: string
  /** What was signed, without `proof`: the only thing later steps read. Deep-frozen. */
  readonly credential: CredentialTypes[T]
  /** The credential as it came, with its proof or as an enveloped one. Deep-frozen. */
  readonly document: JsonObject
  readonly digestMultibase: string
  /** Signed-at by the signer's own word: seconds since the epoch. */
  readonly created: number
  /** As the credential states it. */
  readonly validity: Validity
  readonly securing: Securing
}

/** Whom a registrar has registered. */
export type Identity = SecuredCredential<'RegisteredIdentity'>
/** What a body is allowed to attest. */
export type Accreditation = SecuredCredential<'VerifierAccreditation'>
/** What a body has found. */
export type Attestation = SecuredCredential<'RulebookAttestation'>
/** What a body has found of the shares of a supply chain. */
export type Custody = SecuredCredential<'CustodyAttestation'>
/** What an assurance body states: of answers, or of shares. */
export type StatementType = 'RulebookAttestation' | 'CustodyAttestation'
/** The passport of a battery. */
export type Passport = SecuredCredential<'BatteryPassport'>
/** Which credentials of an issuer are withdrawn. */
export type StatusList = SecuredCredential<'BitstringStatusListCredential'>

/** The place of a member of its proof; an enveloped credential has none inside. */
export function proofPointer(
  { securing }: { readonly securing?: Securing },
  member: string,
): string {
  return securing?.form === 'vc+jwt' ? '' : `/proof/${member}`
}

/** Whether a credential is of a type; narrows what it says. */
export function isOfType<T extends CredentialType>(
  secured: SecuredCredential,
  type: T,
): secured is SecuredCredential<T> {
  return secured.type === type
}
