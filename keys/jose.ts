import { jcs, toBase64url } from '@battery-passport/contexts'
import { compactSignatureHolds } from '#compact-signature'
import { type CompactJwt, decodeJose, JOSE_ALGORITHMS } from './decode-jose.ts'
import type { ProofRefusal } from './proof-refusal.ts'
import type { PublicKey } from './public-key.ts'
import { SecuringError } from './securing-error.ts'
import { signatureOf } from './signature-of.ts'
import type { Signer } from './signer.ts'
import { assertSignable, type UnsecuredCredential } from './unsecured.ts'

/** Whether a compact JWT holds, with its parts when it does. */
export type JoseCheck = CompactJwt | ProofRefusal

/**
 * Secures a credential as a `vc+jwt` (enveloping proof): the payload is the credential with `iat`
 * besides. Header and payload are canonical JSON, so that one credential has one signing input.
 *
 * jose signs only with keys it holds itself, so the signing input is built here, where a hardware
 * token can sign it too, and jose verifies the result before it is released.
 *
 * @param options.issuedAt whole seconds since 1970-01-01T00:00:00Z, the `iat` claim
 * @returns the compact serialization
 * @throws {SecuringError} when it must not or cannot be signed
 * @see https://www.w3.org/TR/vc-jose-cose/#securing-with-jose
 */
export async function secureWithJose<T extends UnsecuredCredential>(
  unsecured: T,
  options: { readonly signer: Signer; readonly issuedAt: number },
): Promise<string> {
  const { signer, issuedAt } = options
  assertSignable(unsecured, signer)
  if (!Number.isSafeInteger(issuedAt)) {
    throw new SecuringError('CREATED_INVALID', `iat: expected whole seconds, found ${issuedAt}.`)
  }
  const alg = JOSE_ALGORITHMS[signer.algorithm]
  const header = jcs({ alg, cty: 'vc', kid: signer.verificationMethod, typ: 'vc+jwt' })
  const input = `${base64url(header)}.${base64url(jcs({ ...unsecured, iat: issuedAt }))}`
  const signature = await signatureOf(new TextEncoder().encode(input), signer)
  const compact = `${input}.${toBase64url(signature)}`
  const check = await checkJose(compact, { publicKey: signer.publicKey, maxLength: compact.length })
  if (check.ok) return compact
  throw new SecuringError(
    'SIGNER_FAULT',
    `signer ${signer.did}: expected a signature of its own key, but jose finds: ${check.detail}.`,
  )
}

/**
 * Checks a compact `vc+jwt` through jose under a key that was resolved before. The algorithm is
 * fixed by the key, never chosen by the header. Nothing is thrown for a bad token.
 *
 * @param options.publicKey the key of the header's `kid`
 * @param options.maxLength see `decodeJose`
 */
export async function checkJose(
  compact: string,
  options: { readonly publicKey: PublicKey; readonly maxLength?: number },
): Promise<JoseCheck> {
  const { publicKey, maxLength } = options
  const decoded = decodeJose(compact, maxLength === undefined ? {} : { maxLength })
  if (!decoded.ok) return decoded
  const algorithm = JOSE_ALGORITHMS[publicKey.type]
  if (decoded.header.alg !== algorithm) {
    return invalid(`header.alg: expected ${algorithm}, the algorithm of the key`)
  }
  return (await compactSignatureHolds(compact, decoded.header, publicKey))
    ? decoded
    : invalid('the signature of the JWT does not hold')
}

function base64url(text: string): string {
  return toBase64url(new TextEncoder().encode(text))
}

function invalid(detail: string): ProofRefusal {
  return { ok: false, code: 'PROOF_INVALID', detail }
}
