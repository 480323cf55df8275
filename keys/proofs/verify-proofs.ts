import { type Cryptosuite, preview } from '@battery-passport/contexts'
import { ContextNotPinnedError, pinnedContext } from '@battery-passport/contexts/loader'
import { KEY_OF_SUITE } from '../data-integrity-proof.ts'
import type { Did, DidUrl } from '../did.ts'
import type { ContextLoader } from '../json-ld.ts'
import type { PublicKey } from '../public-key.ts'
import type { Resolver } from '../resolver.ts'
import { verifySignature } from '../verify-signature.ts'
import { authorisedKey } from './authorised-key.ts'
import type { CanonicalWork } from './canonical-work.ts'
import { clockSkewOf } from './clock-skew.ts'
import { type PreviousProofs, previousProofs } from './previous-proofs.ts'
import { type ProblemDetails, problem } from './problem-details.ts'
import { expectationErrors, type ProofExpectations } from './proof-expectations.ts'
import { readSetProof, type SetProof } from './read-set-proof.ts'
import { type SignedHash, signedHash } from './signed-hash.ts'

/** The most proofs of a set: each costs a signature, and a canonical form if it is chained. */
export const MAX_PROOFS = 16

/** What the proofs of a document must be for, and how they are judged. */
export interface VerifyProofsOptions extends ProofExpectations {
  readonly resolver: Resolver
  /** Gives the contexts that JSON-LD suites need; default: those that are pinned here. */
  readonly contextLoader?: ContextLoader
  /** What may be made canonical, where several documents share it; default: for this one alone. */
  readonly canonicalWork?: CanonicalWork
}

/** The result of one proof. */
export interface ProofVerification {
  readonly verified: boolean
  /** RFC 6901: where the proof stands. */
  readonly pointer: string
  readonly id?: string
  readonly cryptosuite?: Cryptosuite
  readonly verificationMethod?: DidUrl
  /** The DID that answers for the proof. */
  readonly controller?: Did
  /** As it is written in the proof. */
  readonly created?: string
  readonly previousProof: readonly string[]
  readonly errors: readonly ProblemDetails[]
}

/** The result of all proofs of a document: verified only if every single one is. */
export interface ProofsVerification {
  readonly verified: boolean
  readonly proofs: readonly ProofVerification[]
  /** What stands against the set as a whole. */
  readonly errors: readonly ProblemDetails[]
}

/**
 * Verifies every Data Integrity proof of a document: one, a set, or a chain by `previousProof`. All
 * must verify. Libraries answer yes when any proof of a set does, and follow no chain.
 *
 * Who may speak is not judged: each result names the controller of its key, and the caller compares
 * it with the issuer or holder. Nothing is thrown for a bad document.
 *
 * @param securedDocument parsed JSON; it may be frozen and is not changed
 * @throws {TypeError} for options that contradict each other, and times that are no numbers
 * @see https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains
 * @example
 * ```ts
 * const resolver = didKeyResolver()
 * const result = await verifyProofs(document, { proofPurpose: 'assertionMethod', resolver, now })
 * const isByIssuer = result.proofs.some(({ controller }) => controller === document.issuer)
 * ```
 */
export async function verifyProofs(
  securedDocument: object,
  options: VerifyProofsOptions,
): Promise<ProofsVerification> {
  if (options.proofPurpose === 'authentication' && options.challenge === undefined) {
    throw new TypeError('verifyProofs: an authentication is verified by the challenge it answers')
  }
  // Against no number nothing is ever too late, whatever the proofs say.
  clockSkewOf(options.clockSkew)
  if (!Number.isFinite(options.now)) {
    throw new TypeError(`now: expected seconds since 1970, found ${preview(options.now)}`)
  }
  const { proof, ...unsecured }: Readonly<Record<string, unknown>> = { ...securedDocument }
  const values: readonly unknown[] = Array.isArray(proof) ? proof : [proof]
  if (proof === undefined || values.length === 0 || values.length > MAX_PROOFS) {
    const found = proof === undefined ? 'nothing' : `${values.length}`
    const name = values.length > MAX_PROOFS ? 'RANGE_ERROR' : 'PROOF_VERIFICATION_ERROR'
    const expected = `1 to ${MAX_PROOFS} proofs`
    const detail = 'The document has no proofs that can be verified.'
    const error = problem(name, { detail, pointer: '/proof', expected, found })
    return { verified: false, proofs: [], errors: [error] }
  }
  const context = unsecured['@context']
  const readings = values.map((value, index) =>
    readSetProof(value, Array.isArray(proof) ? `/proof/${index}` : '/proof', context),
  )
  const set = readings.flatMap((reading) => (reading.ok ? [reading.proof] : []))
  const previous = previousProofs(set)
  const hash = signedHash(unsecured, options.contextLoader ?? pinnedContext, options.canonicalWork)
  const proofs: ProofVerification[] = []
  for (const [index, reading] of readings.entries()) {
    if (!reading.ok) {
      const pointer = Array.isArray(proof) ? `/proof/${index}` : '/proof'
      proofs.push({ verified: false, pointer, previousProof: [], errors: reading.errors })
      continue
    }
    // One after another: the errors of a hostile set cost no more than those of one proof.
    proofs.push(await verifyOne(reading.proof, previous.get(reading.proof), hash, options))
  }
  return { verified: proofs.every(({ verified }) => verified), proofs, errors: [] }
}

async function verifyOne(
  proof: SetProof,
  chain: PreviousProofs | undefined,
  hash: SignedHash,
  options: VerifyProofsOptions,
): Promise<ProofVerification> {
  const errors = expectationErrors(proof, options)
  if (chain === undefined || !chain.ok) {
    if (chain !== undefined) errors.push(chain.error)
  } else {
    const { proofPurpose: purpose, resolver, now } = options
    const key = await authorisedKey(proof, { purpose, resolver, at: now * 1000 })
    if (!key.ok) errors.push(key.error)
    else if (key.publicKey.type !== KEY_OF_SUITE[proof.cryptosuite]) {
      errors.push(
        problem('PROOF_VERIFICATION_ERROR', {
          detail: 'The cryptosuite does not sign with keys of this type.',
          pointer: `${proof.pointer}/cryptosuite`,
          expected: `a cryptosuite of ${key.publicKey.type}`,
          found: proof.cryptosuite,
        }),
      )
    } else {
      const error = await signatureError(proof, chain.previous, hash, key.publicKey)
      if (error !== null) errors.push(error)
    }
  }
  const { created } = proof.options
  return {
    verified: chain?.ok === true && errors.length === 0,
    pointer: proof.pointer,
    ...(proof.id === null ? {} : { id: proof.id }),
    cryptosuite: proof.cryptosuite,
    verificationMethod: proof.verificationMethod.url,
    controller: proof.verificationMethod.did,
    ...(typeof created === 'string' ? { created } : {}),
    previousProof: proof.previousProof,
    errors,
  }
}

async function signatureError(
  proof: SetProof,
  previous: readonly SetProof[],
  hash: SignedHash,
  publicKey: PublicKey,
): Promise<ProblemDetails | null> {
  const { cryptosuite, options, signature, pointer } = proof
  try {
    const whole = previous.map((each) => each.proof)
    const signed = await hash({ cryptosuite, options, previous: whole })
    if (await verifySignature(signed, signature, publicKey)) return null
  } catch (error) {
    const isUnpinned = error instanceof ContextNotPinnedError
    return problem('PROOF_TRANSFORMATION_ERROR', {
      severity: isUnpinned ? 'unknown' : 'error',
      detail: error instanceof Error ? error.message.slice(0, 300) : 'It has no canonical form.',
      pointer: isUnpinned ? '/@context' : '',
      expected: `a document that ${cryptosuite} can make canonical`,
      found: isUnpinned ? error.url : 'one that it cannot',
    })
  }
  return problem('CRYPTOGRAPHIC_SECURITY_ERROR', {
    detail: `The ${cryptosuite} signature does not fit the document, the proof and the proofs before it.`,
    pointer: `${pointer}/proofValue`,
    expected: `a signature by ${publicKey.multibase} over exactly this`,
    found: preview(proof.proof.proofValue),
  })
}
