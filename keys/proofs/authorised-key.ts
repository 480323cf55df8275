import type { VerificationMethod } from '../did-document.ts'
import { endsBy, hasBegun, listedMethod } from '../listed-method.ts'
import type { PublicKey } from '../public-key.ts'
import { resolveDid } from '../resolve-did.ts'
import type { Resolver } from '../resolver.ts'
import { type ProblemDetails, type ProblemName, problem } from './problem-details.ts'
import type { SetProof } from './read-set-proof.ts'

/** What a proof is for: a claim, or the answer of a holder to a verifier (DID Core §5.3). */
export type ProofPurpose = 'assertionMethod' | 'authentication'

/** The key of a verification method that may be used for the purpose at that instant. */
export type AuthorisedKey =
  | { readonly ok: true; readonly publicKey: PublicKey }
  | { readonly ok: false; readonly error: ProblemDetails }

/**
 * The key that a proof names, out of the DID document of its controller and of nobody else. It must
 * be sound, controlled by that DID, listed there for the purpose, and in force when it signed; a
 * proof that does not say when is judged now.
 *
 * @param at whole milliseconds since the epoch
 * @see https://www.w3.org/TR/cid-1.0/#retrieve-verification-method
 */
export async function authorisedKey(
  {
    verificationMethod: { did, url },
    pointer: proof,
    created,
  }: Pick<SetProof, 'verificationMethod' | 'pointer' | 'created'>,
  { purpose, resolver, at }: AuthorisedKeyOptions,
): Promise<AuthorisedKey> {
  const pointer = `${proof}/verificationMethod`
  const refuse = (
    name: ProblemName,
    detail: string,
    expected: string,
    found: string = url,
  ): AuthorisedKey => ({ ok: false, error: problem(name, { detail, pointer, expected, found }) })

  const resolution = await resolveDid(did, resolver)
  if (!resolution.ok) {
    const { code, detail } = resolution
    if (code === 'KEY_WEAK') return refuse('INVALID_VERIFICATION_METHOD', detail, 'a sound key')
    const name = 'INVALID_CONTROLLED_IDENTIFIER_DOCUMENT'
    if (code !== 'DID_UNRESOLVED') return refuse(name, detail, 'the canonical form of the DID')
    const expected = 'a DID whose document can be had'
    const open = { severity: 'unknown', detail, pointer, expected, found: did } as const
    return { ok: false, error: problem(name, open) }
  }
  const { document } = resolution
  if (document.id !== did) {
    const detail = 'The document that was resolved would lend its keys to another DID.'
    return refuse('INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID', detail, did, document.id)
  }
  const unusable = document.unusable?.find(({ id }) => id === url)
  if (unusable !== undefined) {
    const detail = `The key it names cannot be relied on: ${unusable.detail}.`
    return refuse('INVALID_VERIFICATION_METHOD', detail, 'a sound key in its canonical form')
  }
  const instant = created ?? at
  const method = listedMethod(document, url, instant)
  if (method === undefined || method.controller !== did) {
    const detail = 'The document of the controller has no such verification method.'
    return refuse('INVALID_VERIFICATION_METHOD', detail, `a verification method of ${did}`)
  }
  if (!(document[purpose] ?? []).some((id) => id === url)) {
    const name = 'INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD'
    return refuse(name, 'Its controller does not list the key for this purpose.', purpose)
  }
  const fault = faultAt(method, instant)
  if (fault === null) return { ok: true, publicKey: method.publicKey }
  const found = created === null ? 'no created' : new Date(created).toISOString()
  return refuse('INVALID_VERIFICATION_METHOD', fault.detail, fault.expected, found)
}

interface AuthorisedKeyOptions {
  readonly purpose: ProofPurpose
  readonly resolver: Resolver
  readonly at: number
}

function faultAt(method: VerificationMethod, instant: number) {
  if (!hasBegun(method, instant)) {
    return { detail: 'The key was not listed yet.', expected: `signed from ${method.validFrom} on` }
  }
  const [end] = endsBy(method, instant)
  return end === undefined
    ? null
    : { detail: 'The key was revoked or had expired.', expected: `signed before ${end}` }
}
