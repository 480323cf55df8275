import { type Cryptosuite, jcs } from '@battery-passport/contexts'
import {
  KEY_OF_SUITE,
  type ProofFault,
  type ProofOf,
  type ProofParts,
  parseProof,
} from './data-integrity-proof.ts'
import { checkJcsSignature, jcsHashData } from './eddsa-jcs-2022.ts'
import { forbiddenValue } from './forbidden-value.ts'
import type { ContextLoader } from './json-ld.ts'
import type { ProofRefusal } from './proof-refusal.ts'
import { encodeProofValue } from './proof-value.ts'
import type { PublicKey } from './public-key.ts'
import { faultOfRdfc } from './rdfc-signature.ts'
import { SecuringError } from './securing-error.ts'
import { signatureOf } from './signature-of.ts'
import { signedAt } from './signed-at.ts'
import type { Signer } from './signer.ts'
import { assertSignable, type UnsecuredCredential } from './unsecured.ts'

/** A credential with its proof. */
export type SecuredDocument<T extends UnsecuredCredential> = T & {
  readonly proof: ProofOf<T['@context']>
}

/** Whether a proof holds; everything that is not `ok` has a reason. */
export type ProofCheck = { readonly ok: true } | ProofRefusal

/**
 * Secures a credential with a Data Integrity proof. What was given is left as it was; the answer
 * shares its members.
 *
 * @param options.created RFC 3339 with `Z` and second precision; part of what is signed
 * @throws {SecuringError} when it must not or cannot be signed
 * @see https://www.w3.org/TR/vc-data-integrity/#add-proof
 */
export async function secureWithDataIntegrity<T extends UnsecuredCredential>(
  unsecured: T,
  options: {
    readonly signer: Signer
    readonly cryptosuite: Cryptosuite
    readonly created: string
    readonly contextLoader?: ContextLoader
    /** The JCS text of the credential, where it is known; with another the proof would not hold. */
    readonly unsecuredJcs?: string
  },
): Promise<SecuredDocument<T>> {
  const { signer, cryptosuite, created, contextLoader } = options
  assertSignable(unsecured, signer)
  signedAt(created)
  if (signer.algorithm !== KEY_OF_SUITE[cryptosuite]) {
    throw new SecuringError(
      'ALGORITHM_MISMATCH',
      `cryptosuite ${cryptosuite}: expected a key of ${KEY_OF_SUITE[cryptosuite]}, found ${signer.algorithm}. Choose the suite that fits the key.`,
    )
  }
  const proof = {
    type: 'DataIntegrityProof',
    created,
    verificationMethod: signer.verificationMethod,
    cryptosuite,
    proofPurpose: 'assertionMethod',
  } as const
  if (cryptosuite === 'eddsa-jcs-2022') {
    const proofOptions = { ...proof, '@context': unsecured['@context'] }
    const { unsecuredJcs = jcs(unsecured) } = options
    const signed = jcsHashData(jcs(proofOptions), unsecuredJcs)
    const proofValue = encodeProofValue(await signatureOf(signed, signer))
    return { ...unsecured, proof: { ...proofOptions, proofValue } }
  }
  const forbidden = forbiddenValue(unsecured)
  if (forbidden !== null) {
    throw new SecuringError(
      'FORBIDDEN_VALUE',
      `expected no member or value ${JSON.stringify(forbidden)}: a JSON-LD processor is not safe with it. Use another identifier.`,
    )
  }
  const { signJsonLd } = await import('./json-ld.ts')
  const proofValue = await signJsonLd(unsecured, {
    signer,
    cryptosuite,
    created,
    ...(contextLoader === undefined ? {} : { contextLoader }),
  })
  return { ...unsecured, proof: { ...proof, proofValue } }
}

/**
 * Checks the one Data Integrity proof of a credential under a key that was resolved before: its
 * form, that the key is the issuer's own, and the signature. Whether the key may speak for the
 * issuer, and when, is the caller's to judge. Nothing is thrown for a bad credential.
 *
 * @param document the parsed credential with its proof; it may be frozen and is not changed
 * @param options.publicKey the key of `proof.verificationMethod`
 * @see https://www.w3.org/TR/vc-data-integrity/#verify-proof
 */
export async function checkDataIntegrity(
  document: object,
  options: { readonly publicKey: PublicKey; readonly contextLoader?: ContextLoader },
): Promise<ProofCheck> {
  const { proof, ...unsecured }: Readonly<Record<string, unknown>> = { ...document }
  try {
    const parts = parseProof(proof, unsecured['@context'])
    if (!parts.ok) return malformed(parts.faults)
    const { issuer } = unsecured
    if (issuer !== parts.verificationMethod.did) {
      return invalid('issuer: expected the DID of proof.verificationMethod')
    }
    if (options.publicKey.type !== KEY_OF_SUITE[parts.proof.cryptosuite]) {
      return invalid(
        `proof.cryptosuite: ${parts.proof.cryptosuite} has no ${options.publicKey.type} keys`,
      )
    }
    return await checkSignature(unsecured, parts, options)
  } catch (error) {
    // Lone surrogates, unpinned contexts and the like: whatever cannot be checked is not accepted.
    return invalid(
      `not checkable: ${error instanceof Error ? error.message.slice(0, 200) : 'thrown'}`,
    )
  }
}

async function checkSignature(
  unsecured: Readonly<Record<string, unknown>>,
  { proof, options, signature }: ProofParts<unknown>,
  key: { readonly publicKey: PublicKey; readonly contextLoader?: ContextLoader },
): Promise<ProofCheck> {
  if (proof.cryptosuite !== 'eddsa-jcs-2022') {
    const fault = await faultOfRdfc({ ...key, unsecured, proof, signature })
    return fault === null ? { ok: true } : invalid(fault)
  }
  const proofOptionsJcs = jcs(options)
  const { publicKey } = key
  const pieces = { proofOptionsJcs, unsecuredJcs: jcs(unsecured), signature, publicKey }
  return (await checkJcsSignature(pieces))
    ? { ok: true }
    : invalid('the eddsa-jcs-2022 signature does not hold')
}

/** A proof that is only written otherwise is told apart from one that says something else. */
function malformed(faults: readonly ProofFault[]): ProofRefusal {
  const isEncoding = faults.every(({ code }) => code === 'ENCODING')
  const places = faults.map(({ member, expected }) =>
    member === undefined ? `proof: expected ${expected}` : `proof.${member}: expected ${expected}`,
  )
  const detail = places.slice(0, 8).join('; ')
  return { ok: false, code: isEncoding ? 'PROOF_ENCODING' : 'PROOF_INVALID', detail }
}

function invalid(detail: string): ProofRefusal {
  return { ok: false, code: 'PROOF_INVALID', detail }
}
