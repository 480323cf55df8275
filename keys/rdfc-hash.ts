import { CONTEXTS, parseInstant, sha256 } from '@battery-passport/contexts'
import { canonicalStatements } from './canonical-statements.ts'
import type { ProofOf } from './data-integrity-proof.ts'

/**
 * What an `eddsa-rdfc-2022` or `ecdsa-rdfc-2019` signature with a key of 256 bits covers: SHA-256 of
 * the canonical statements of the proof options, then of the unsecured credential, 64 bytes.
 *
 * It answers only for a credential to which @digitalbazaar/vc has nothing to object, whatever it
 * may object to: then nothing is left of its answer but the signature. Of what it looks at besides,
 * the proof has its form, its purpose and its created when it was read, and the issuer is the DID of
 * the key.
 *
 * @param proof as `parseProof` answers it
 * @returns null where the library must be asked
 * @see https://www.w3.org/TR/vc-di-eddsa/#hashing-eddsa-rdfc-2022
 */
export function rdfcHashData(
  unsecured: Readonly<Record<string, unknown>>,
  proof: ProofOf<unknown>,
): Uint8Array | null {
  if (!hasFormOfCredential(unsecured)) return null
  const { proofValue: _, ...proofOptions } = proof
  const document = canonicalStatements(unsecured)
  const options = canonicalStatements({ '@context': CONTEXTS, ...proofOptions })
  if (document === null || options === null) return null
  const hashes = new Uint8Array(64)
  hashes.set(sha256(options), 0)
  hashes.set(sha256(document), 32)
  return hashes
}

/**
 * Enough of what `verifyCredential` asks of the form; what has another, it may still accept. Only of
 * a `VerifiableCredential` is there a `credentialSubject`: of any other type, no statement is read.
 */
function hasFormOfCredential(credential: Readonly<Record<string, unknown>>): boolean {
  const { validFrom, validUntil, credentialSubject, credentialStatus } = credential
  return (
    isInstantOrNone(validFrom) &&
    isInstantOrNone(validUntil) &&
    isNode(credentialSubject) &&
    (credentialStatus === undefined || listOf(credentialStatus).every(isTypedNode)) &&
    !LEFT_TO_LIBRARY.some((member) => member in credential)
  )
}

/** It has rules for these, which no credential of the profile has. */
const LEFT_TO_LIBRARY = ['evidence', 'termsOfUse', 'proof']

function isInstantOrNone(value: unknown): boolean {
  return value === undefined || (typeof value === 'string' && parseInstant(value) !== null)
}

/** An object whose id is a URI if it has one; of which nothing is said, no statement is read. */
function isNode(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return !('id' in value) || isUri(value.id)
}

function isTypedNode(value: unknown): boolean {
  return isNode(value) && typeof value.type === 'string' && value.type !== ''
}

function isUri(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value)
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}
