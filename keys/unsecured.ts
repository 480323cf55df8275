import { parseInstant } from '@battery-passport/contexts'
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

/**
 * The instant of a signature in whole seconds since the epoch.
 *
 * @throws {SecuringError} CREATED_INVALID
 */
export function signedAt(created: string): number {
  const seconds = parseInstant(created)
  if (seconds === null) {
    throw new SecuringError(
      'CREATED_INVALID',
      `created: expected an RFC 3339 instant such as 2026-11-23T12:00:00Z, found ${JSON.stringify(created)}.`,
    )
  }
  return seconds
}

/**
 * A signature of the signer, checked for its form.
 *
 * @throws {SecuringError} SIGNER_FAULT
 */
export async function signatureOf(bytes: Uint8Array, signer: Signer): Promise<Uint8Array> {
  const signature = await signer.sign(bytes)
  if (signature.length !== 64) {
    throw new SecuringError(
      'SIGNER_FAULT',
      `signer ${signer.did}: expected a signature of 64 bytes, found ${signature.length}. For P-256 the signer must answer r ‖ s (IEEE P1363), not DER.`,
    )
  }
  return signature
}
