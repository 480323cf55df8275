import { SecuringError } from './securing-error.ts'
import type { Signer } from './signer.ts'

/** A credential before it is secured; what else it holds is its type's business. */
export interface UnsecuredCredential {
  readonly '@context': readonly string[]
  /** The DID of the issuer: always the signer's own. */
  readonly issuer: string
}

/**
 * Refuses what must not be signed: a library would sign for an issuer whose key it does not hold,
 * and the signature would be good for nothing but confusion.
 *
 * @throws {SecuringError} ISSUER_MISMATCH, ALREADY_SECURED
 */
export function assertSignable(unsecured: UnsecuredCredential, signer: Signer): void {
  if (unsecured.issuer !== signer.did) {
    throw new SecuringError(
      'ISSUER_MISMATCH',
      `issuer: expected ${signer.did}, the DID of the signing key, found ${JSON.stringify(unsecured.issuer)}. Sign with the key of the issuer, or name the signer as issuer.`,
    )
  }
  if ('proof' in unsecured) {
    throw new SecuringError(
      'ALREADY_SECURED',
      'proof: expected none, found one. Secure the credential as it was before its proof.',
    )
  }
}
