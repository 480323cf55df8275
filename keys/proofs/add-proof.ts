import type { Cryptosuite } from '@battery-passport/contexts'
import { pinnedContext } from '@battery-passport/contexts/loader'
import { KEY_OF_SUITE } from '../data-integrity-proof.ts'
import type { ContextLoader } from '../json-ld.ts'
import { encodeProofValue } from '../proof-value.ts'
import { SecuringError, type SecuringFault } from '../securing-error.ts'
import { signatureOf } from '../signature-of.ts'
import { signedAt } from '../signed-at.ts'
import type { Signer } from '../signer.ts'
import { verifySignature } from '../verify-signature.ts'
import type { ProofPurpose } from './authorised-key.ts'
import { previousProofs } from './previous-proofs.ts'
import type { ProblemDetails } from './problem-details.ts'
import { readSetProof, type SetProof } from './read-set-proof.ts'
import { signedHash } from './signed-hash.ts'
import { MAX_PROOFS } from './verify-proofs.ts'

/** What a proof says besides its signature (Data Integrity 1.0 §2.1). */
export interface AddProofOptions {
  readonly signer: Signer
  readonly cryptosuite: Cryptosuite
  /** RFC 3339 with `Z` and second precision. */
  readonly created: string
  /** Default `assertionMethod`. */
  readonly proofPurpose?: ProofPurpose
  /** A URL by which a later proof can name this one. */
  readonly id?: string
  /** The ids of proofs of the document that this one signs as well. */
  readonly previousProof?: string | readonly string[]
  /** RFC 3339. */
  readonly expires?: string
  readonly challenge?: string
  readonly domain?: string | readonly string[]
  readonly contextLoader?: ContextLoader
}

/** A document with one proof, or with a set of them. */
export type WithProof<T extends object> = Omit<T, 'proof'> & { readonly proof: object }

/**
 * Adds a proof to a document: the first is its `proof`; beside others it makes a set; with
 * `previousProof`, a chain that seals the proofs it names. What was given is left as it was. Anyone
 * may add a proof: whether the signer may speak for the document is for who verifies it.
 *
 * @throws {SecuringError} when it must not or cannot be signed
 * @see https://www.w3.org/TR/vc-data-integrity/#add-proof-set-chain
 * @example
 * ```ts
 * const id = 'urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544'
 * const once = await addProof(credential, { signer, cryptosuite, created, id })
 * const sealed = await addProof(once, { signer: notary, cryptosuite, created, previousProof: id })
 * ```
 */
export async function addProof<T extends object>(
  document: T,
  options: AddProofOptions,
): Promise<WithProof<T>> {
  const { signer, cryptosuite, created, contextLoader = pinnedContext, ...others } = options
  signedAt(created)
  if (signer.algorithm !== KEY_OF_SUITE[cryptosuite]) {
    throw new SecuringError(
      'ALGORITHM_MISMATCH',
      `cryptosuite ${cryptosuite}: expected a key of ${KEY_OF_SUITE[cryptosuite]}, found ${signer.algorithm}. Choose the suite that fits the key.`,
    )
  }
  const members: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(document))
  const { proof: present, ...unsecured } = members
  const before: readonly unknown[] =
    present === undefined ? [] : Array.isArray(present) ? present : [present]
  if (before.length >= MAX_PROOFS) {
    const limit = `expected fewer than ${MAX_PROOFS}, found ${before.length}`
    throw new SecuringError('PROOF_REFUSED', `proof: ${limit}. Leave one out.`)
  }
  const context = unsecured['@context']
  const repeats = cryptosuite === 'eddsa-jcs-2022' && context !== undefined
  const { proofPurpose = 'assertionMethod', ...given } = others
  const proofOptions = {
    type: 'DataIntegrityProof',
    created,
    verificationMethod: signer.verificationMethod,
    cryptosuite,
    proofPurpose,
    ...given,
    ...(repeats ? { '@context': context } : {}),
  }
  const previous = previousIn(before, proofOptions, context)
  const signed = await hashed({ cryptosuite, options: proofOptions, previous }, unsecured)
  const signature = await signatureOf(signed, signer)
  if (!(await verifySignature(signed, signature, signer.publicKey))) {
    throw new SecuringError(
      'SIGNER_FAULT',
      `signer ${signer.did}: expected a signature of its own key. Look at the key store or token.`,
    )
  }
  const proof = { ...proofOptions, proofValue: encodeProofValue(signature) }
  return { ...document, proof: before.length === 0 ? proof : [...before, proof] }

  function hashed(signable: Parameters<ReturnType<typeof signedHash>>[0], whole: object) {
    return signedHash(
      whole,
      contextLoader,
    )(signable).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : 'it has no canonical form'
      throw new SecuringError(
        'PROOF_REFUSED',
        `document: ${why}. Mend it, or choose another suite.`,
        { cause: error },
      )
    })
  }
}

/** Signs nothing that would not verify: neither a malformed proof nor a broken chain. */
function previousIn(
  before: readonly unknown[],
  options: Readonly<Record<string, unknown>>,
  context: unknown,
): readonly object[] {
  const own = `/proof/${before.length}`
  const placeholder = { ...options, proofValue: encodeProofValue(new Uint8Array(64)) }
  const set: SetProof[] = []
  for (const [index, value] of [...before, placeholder].entries()) {
    const reading = readSetProof(value, `/proof/${index}`, context)
    if (!reading.ok) throw refused('PROOF_REFUSED', reading.errors)
    set.push(reading.proof)
  }
  for (const [proof, chain] of previousProofs(set)) {
    if (!chain.ok) throw refused('PROOF_REFUSED', [chain.error])
    if (proof.pointer === own) return chain.previous.map((each) => each.proof)
  }
  return []
}

function refused(code: SecuringFault, errors: readonly ProblemDetails[]): SecuringError {
  const text = errors.map(
    ({ pointer, detail, expected, found }) =>
      `${pointer}: ${detail} Expected ${expected}, found ${found}.`,
  )
  return new SecuringError(code, text.join(' '))
}
