import { SecuringError } from './securing-error.ts'
import type { Signer } from './signer.ts'

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
