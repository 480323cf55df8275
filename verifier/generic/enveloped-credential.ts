import { preview } from '@battery-passport/contexts'
import {
  authorisedKey,
  checkJose,
  decodeJose,
  type ProblemDetails,
  type ProofVerification,
  problem,
  type Resolver,
} from '@battery-passport/keys'
import { type JsonObject, type JsonValue, readJson } from '../reading/json.ts'
import { LIMITS } from '../reading/limits.ts'
import { isObject } from '../reading/shape.ts'
import { malformed, outOfRange } from './data-model.ts'

/** A credential out of a `vc+jwt`, with the result of its signature, or why there is none. */
export type EnvelopedCredential =
  | {
      readonly ok: true
      readonly credential: JsonObject
      readonly proof: ProofVerification
      readonly errors: readonly ProblemDetails[]
    }
  | { readonly ok: false; readonly error: ProblemDetails }

/**
 * Takes the credential out of a compact `vc+jwt` and checks its signature, under the key of its
 * `kid` alone, and the times and names of its claims.
 *
 * @param now seconds since the epoch
 * @see https://www.w3.org/TR/vc-jose-cose/#vc-jwt
 */
export async function openEnvelope(
  compact: string,
  { resolver, now, clockSkew }: { resolver: Resolver; now: number; clockSkew: number },
): Promise<EnvelopedCredential> {
  const decoded = decodeJose(compact, { maxLength: LIMITS.envelopedCredentialBytes })
  if (!decoded.ok) {
    const { detail } = decoded
    const expected = 'a compact vc+jwt, its header of alg, typ, kid and cty alone'
    const what = { detail, pointer: '', expected, found: preview(compact) }
    return { ok: false, error: problem('PROOF_VERIFICATION_ERROR', what) }
  }
  const read = readJson(decoded.payload, LIMITS)
  if (!read.ok || !isObject(read.value)) {
    const { pointer, expected, found } = read.ok
      ? { pointer: '', expected: 'a JSON object', found: preview(read.value) }
      : read.fault
    const detail = 'The payload of the JWT is no credential.'
    return { ok: false, error: problem('PARSING_ERROR', { detail, pointer, expected, found }) }
  }
  const { iat, nbf, exp, iss, proof, vc, ...credential } = read.value
  const errors: ProblemDetails[] = []
  const expect = (holds: boolean, name: string, expected: string, found: unknown) => {
    const detail = 'A credential secured as a JWT has it otherwise (VC-JOSE-COSE).'
    if (!holds) errors.push(malformed(`/${name}`, expected, found, detail))
  }
  expect(proof === undefined, 'proof', 'no proof inside the JWT', proof)
  expect(vc === undefined, 'vc', 'the credential as the payload itself', vc)
  const { issuer } = credential
  expect(iss === undefined || iss === issuer, 'iss', 'the issuer of the credential', iss)
  errors.push(...timeErrors({ iat, nbf, exp }, now, clockSkew))
  const { kid } = decoded.header
  const created = typeof iat === 'number' ? iat * 1000 : null
  const problems: ProblemDetails[] = []
  const signed = { verificationMethod: kid, pointer: '', created }
  const key = await authorisedKey(signed, { purpose: 'assertionMethod', resolver, at: now * 1000 })
  if (!key.ok) problems.push({ ...key.error, pointer: '' })
  else {
    const check = await checkJose(compact, { publicKey: key.publicKey })
    if (!check.ok) {
      const { detail } = check
      const expected = `a signature by ${key.publicKey.multibase}`
      const what = { detail, pointer: '', expected, found: preview(compact) }
      problems.push(problem('CRYPTOGRAPHIC_SECURITY_ERROR', what))
    }
  }
  const signature = {
    verified: problems.length === 0,
    pointer: '',
    verificationMethod: kid.url,
    controller: kid.did,
    previousProof: [],
    errors: problems,
  }
  return { ok: true, credential, proof: signature, errors }
}

/** The times of the claims, in seconds (RFC 7519 §4.1), against the clock. */
function timeErrors(
  { iat, nbf, exp }: Readonly<Record<'iat' | 'nbf' | 'exp', JsonValue | undefined>>,
  now: number,
  clockSkew: number,
): ProblemDetails[] {
  const clock = `${now} (${new Date(now * 1000).toISOString()})`
  const judge = (
    pointer: string,
    claim: JsonValue | undefined,
    holds: (seconds: number) => boolean,
    detail: string,
    expected: string,
  ): ProblemDetails[] => {
    if (claim === undefined) return []
    if (typeof claim === 'number') {
      return holds(claim) ? [] : [outOfRange(pointer, detail, expected, claim)]
    }
    return [malformed(pointer, 'seconds since the epoch', claim, 'The claim is no number.')]
  }
  const isPast = (seconds: number) => seconds <= now + clockSkew
  const isToCome = (seconds: number) => seconds > now - clockSkew
  const latest = `not later than ${clock}`
  return [
    ...judge('/iat', iat, isPast, 'It claims to be signed in the future.', latest),
    ...judge('/nbf', nbf, isPast, 'It is not valid yet.', latest),
    ...judge('/exp', exp, isToCome, 'It is no longer valid.', `later than ${clock}`),
  ]
}
