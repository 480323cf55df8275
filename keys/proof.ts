import type { ProofForm } from '@battery-passport/contexts'
import { type SecuredDocument, secureWithDataIntegrity } from './data-integrity.ts'
import { secureWithJose } from './jose.ts'
import { signedAt } from './signed-at.ts'
import type { Signer } from './signer.ts'
import type { UnsecuredCredential } from './unsecured.ts'

/** A secured credential in either of its two shapes. */
export type Secured<T extends UnsecuredCredential> =
  /** The credential with a `proof` member (embedded proof). */
  | { readonly kind: 'document'; readonly document: SecuredDocument<T> }
  /** A compact JWT whose payload is the credential (enveloping proof). */
  | { readonly kind: 'compact'; readonly compact: string }

/**
 * Secures a credential in the form that is asked for.
 *
 * @param options.created RFC 3339 with `Z` and second precision: `proof.created`, or the `iat` claim
 * @throws {SecuringError} when it must not or cannot be signed
 *
 * @example
 * ```ts
 * const signer = generateSigner('Ed25519')
 * const unsecured = { '@context': CONTEXTS, issuer: signer.did, type: ['VerifiableCredential'] }
 * const created = '2026-11-23T12:00:00Z'
 * const secured = await secure(unsecured, { signer, form: 'eddsa-jcs-2022', created })
 * ```
 */
export async function secure<T extends UnsecuredCredential>(
  unsecured: T,
  options: { readonly signer: Signer; readonly form: ProofForm; readonly created: string },
): Promise<Secured<T>> {
  const { signer, form, created } = options
  if (form === 'vc+jwt') {
    const issuedAt = signedAt(created)
    return { kind: 'compact', compact: await secureWithJose(unsecured, { signer, issuedAt }) }
  }
  const document = await secureWithDataIntegrity(unsecured, { signer, cryptosuite: form, created })
  return { kind: 'document', document }
}
