import { preview } from '@battery-passport/contexts'
import {
  type CanonicalWork,
  canonicalWork,
  clockSkewOf,
  didKeyResolver,
  type ProblemDetails,
  type ProofVerification,
  problem,
  type Resolver,
  type VerifyProofsOptions,
  verifyProofs,
} from '@battery-passport/keys'
import { assertBytes, secondsOf } from '../policy/caller-faults.ts'
import { compactJwt, JWT_PREFIX } from '../reading/decode-jwt.ts'
import { type JsonObject, type JsonValue, readJson } from '../reading/json.ts'
import { LIMITS } from '../reading/limits.ts'
import { isObject } from '../reading/shape.ts'
import {
  credentialErrors,
  dataModelErrors,
  isOfModelType,
  malformed,
  partyOf,
  unlookedAt,
} from './data-model.ts'
import { openEnvelope } from './enveloped-credential.ts'
import {
  type SecuredDocumentOptions,
  type SecuredDocumentVerdict,
  verdictOf,
} from './secured-document.ts'

/** The longest document that is read, in bytes: each of its proofs may need a canonical form. */
export const MAX_SECURED_DOCUMENT_BYTES = LIMITS.passportBytes

/** To verify means to hold for whoever signed: it must not be read as more. */
const NOBODY_EXPECTED = 'Anybody can sign: who signed it was compared with nobody you expect.'

/** What is settled once for a document and all that is in it. */
interface Setting extends SecuredDocumentOptions {
  readonly resolver: Resolver
  /** Seconds since the epoch. */
  readonly now: number
  readonly clockSkew: number
  /** The credentials of a presentation share it. */
  readonly canonicalWork: CanonicalWork
}

/**
 * Verifies any credential or presentation of the Data Model 2.0: strict JSON, every proof of a set
 * or chain, the issuer or holder behind one of them, and the validity period; a `vc+jwt` as well,
 * alone or enveloped. It says who signed what, not whether to trust them, and looks at no status
 * list: a battery passport is verified by `verifyPassport`.
 *
 * @throws {TypeError} for a programmer's mistake: no bytes, no clock or skew in seconds, options
 *   that contradict each other
 * @see https://www.w3.org/TR/vc-data-model-2.0/#verification
 * @example
 * ```ts
 * const verdict = await verifySecuredDocument(bytes, { clock, expectController: issuer })
 * if (verdict.outcome !== 'verified') console.error(verdict.errors, verdict.proofs)
 * ```
 */
export async function verifySecuredDocument(
  bytes: Uint8Array,
  options: SecuredDocumentOptions,
): Promise<SecuredDocumentVerdict> {
  const { resolver = didKeyResolver(), clock } = options
  assertBytes(bytes, 'bytes')
  const clockSkew = clockSkewOf(options.clockSkew)
  const work = canonicalWork()
  const setting = { ...options, resolver, now: secondsOf(clock), clockSkew, canonicalWork: work }
  const compact = compactJwt(bytes)
  if (compact !== null) return verifyEnvelope(compact, '', setting)
  const read = readJson(bytes, { ...LIMITS, presentationBytes: MAX_SECURED_DOCUMENT_BYTES })
  if (read.ok) return verifyValue(read.value, '', setting)
  const { code, ...fault } = read.fault
  const name = code === 'LIMIT_EXCEEDED' ? 'RANGE_ERROR' : 'PARSING_ERROR'
  return unknown('', problem(name, { detail: 'It is no strict JSON.', ...fault }))
}

async function verifyValue(
  value: JsonValue,
  pointer: string,
  setting: Setting,
): Promise<SecuredDocumentVerdict> {
  const types = 'a VerifiableCredential or VerifiablePresentation'
  if (!isObject(value)) return unknown(pointer, malformed('', types, value))
  if (isOfModelType(value, 'EnvelopedVerifiableCredential')) {
    const { id } = value
    if (typeof id === 'string' && id.startsWith(JWT_PREFIX)) {
      return verifyEnvelope(id.slice(JWT_PREFIX.length), pointer, setting)
    }
    return unknown(pointer, malformed('/id', `${JWT_PREFIX}…`, id))
  }
  const isCredential = isOfModelType(value, 'VerifiableCredential')
  const isPresentation = isOfModelType(value, 'VerifiablePresentation')
  if (isCredential === isPresentation)
    return unknown(pointer, malformed('/type', types, value.type))
  return isCredential
    ? verifyCredential(value, pointer, setting)
    : pointer === ''
      ? verifyPresentation(value, setting)
      : unknown(pointer, malformed('/type', 'a credential', value.type))
}

async function verifyCredential(
  credential: JsonObject,
  pointer: string,
  setting: Setting,
): Promise<SecuredDocumentVerdict> {
  const { now, clockSkew, proofPurpose = 'assertionMethod' } = setting
  const errors = credentialErrors(credential, now, clockSkew)
  const { challenge: _, domain: __, ...unasked } = setting
  const options = pointer === '' ? setting : unasked
  const purpose = pointer === '' ? proofPurpose : 'assertionMethod'
  const checked = await proofsOf(credential, { ...options, proofPurpose: purpose })
  return judged(credential, pointer, setting, {
    errors: [...errors, ...checked.errors],
    proofs: checked.proofs,
  })
}

async function verifyEnvelope(
  compact: string,
  pointer: string,
  setting: Setting,
): Promise<SecuredDocumentVerdict> {
  const envelope = await openEnvelope(compact, setting)
  if (!envelope.ok) return unknown(pointer, envelope.error)
  const { credential, proof } = envelope
  const errors = [
    ...envelope.errors,
    ...credentialErrors(credential, setting.now, setting.clockSkew),
    ...(isOfModelType(credential, 'VerifiableCredential')
      ? []
      : [malformed('/type', 'a VerifiableCredential', credential.type)]),
    ...(pointer === '' ? [...unanswered(setting), ...unproven(setting)] : []),
  ]
  return judged(credential, pointer, setting, { errors, proofs: [proof] })
}

/** A credential whose proofs were looked at: the issuer must be behind one of them. */
function judged(
  credential: JsonObject,
  pointer: string,
  { expectController }: Setting,
  { errors, proofs }: Checked,
): SecuredDocumentVerdict {
  const controller = partyOf(credential.issuer)
  return verdictOf({
    kind: 'credential',
    pointer,
    controller,
    proofs,
    errors: [
      ...errors,
      ...absent(controller, '/issuer', proofs),
      ...(pointer === '' ? unexpected(controller, '/issuer', expectController) : []),
    ],
    warnings: [
      ...unlookedAt(credential),
      ...(pointer === '' && expectController === undefined ? [NOBODY_EXPECTED] : []),
    ],
    credentials: [],
  })
}

async function verifyPresentation(
  presentation: JsonObject,
  setting: Setting,
): Promise<SecuredDocumentVerdict> {
  const { verifiableCredential, holder, proof } = presentation
  const items = Array.isArray(verifiableCredential) ? verifiableCredential : []
  const credentials: SecuredDocumentVerdict[] = []
  for (const [index, item] of items.entries()) {
    credentials.push(await verifyValue(item, `/verifiableCredential/${index}`, setting))
  }
  const errors = dataModelErrors(presentation)
  if (items.length === 0) {
    errors.push(malformed('/verifiableCredential', 'a list of credentials', verifiableCredential))
  }
  const controller = partyOf(holder)
  if (holder !== undefined && controller === null) {
    errors.push(malformed('/holder', 'a URL, or its object', holder))
  }
  const { proofPurpose = 'authentication' } = setting
  const isUnsecured = proof === undefined
  const checked = isUnsecured
    ? { errors: unanswered(setting), proofs: [] }
    : await proofsOf(presentation, { ...setting, proofPurpose })
  return verdictOf({
    kind: 'presentation',
    pointer: '',
    controller,
    proofs: checked.proofs,
    errors: [
      ...errors,
      ...checked.errors,
      ...(holder === undefined ? [] : absent(controller, '/holder', checked.proofs)),
      ...unexpected(isUnsecured ? null : controller, '/holder', setting.expectController),
    ],
    warnings: isUnsecured
      ? ['The presentation is not signed: anybody may present it.']
      : setting.expectController === undefined
        ? [NOBODY_EXPECTED]
        : [],
    credentials,
  })
}

interface Checked {
  readonly errors: readonly ProblemDetails[]
  readonly proofs: readonly ProofVerification[]
}

/** An authentication is compared with a challenge; without one it may be a replay. */
async function proofsOf(document: JsonObject, options: VerifyProofsOptions): Promise<Checked> {
  if (options.proofPurpose === 'assertionMethod' || options.challenge !== undefined) {
    return verifyProofs(document, options)
  }
  const error = problem('INVALID_CHALLENGE_ERROR', {
    severity: 'unknown',
    detail: 'Without the challenge you gave it may have been made for somebody else.',
    pointer: '/proof',
    expected: 'the challenge that it should answer, named by you',
    found: 'none',
  })
  return { errors: [error], proofs: [] }
}

/** A JWT of a credential claims what is in it, and says of nobody that he holds it. */
function unproven({ proofPurpose = 'assertionMethod' }: Setting): ProblemDetails[] {
  if (proofPurpose === 'assertionMethod') return []
  const detail = 'The signature of a vc+jwt is for a claim, and for no other purpose.'
  const what = { detail, pointer: '', expected: proofPurpose, found: 'assertionMethod' }
  return [problem('PROOF_VERIFICATION_ERROR', what)]
}

/** What is not signed, or signed without them, answers no challenge and is for no domain. */
function unanswered({ challenge, domain }: Setting): ProblemDetails[] {
  const detail = 'What it was asked is not in what was signed.'
  const what = { detail, pointer: '', found: 'nothing' }
  return [
    ...(challenge === undefined
      ? []
      : [problem('INVALID_CHALLENGE_ERROR', { ...what, expected: challenge })]),
    ...(domain === undefined
      ? []
      : [problem('INVALID_DOMAIN_ERROR', { ...what, expected: domain })]),
  ]
}

/** Who is named must be behind a proof; others may be beside it, and are behind their own. */
function absent(
  party: string | null,
  pointer: string,
  proofs: readonly ProofVerification[],
): ProblemDetails[] {
  const signers = proofs.flatMap(({ controller }) => controller ?? [])
  if (signers.length === 0 || signers.some((did) => did === party)) return []
  const detail = 'None of the proofs is by a key of the one who is named.'
  const expected = signers.join(', ')
  return [problem('PROOF_VERIFICATION_ERROR', { detail, pointer, expected, found: preview(party) })]
}

function unexpected(
  party: string | null,
  pointer: string,
  expected: string | undefined,
): ProblemDetails[] {
  if (expected === undefined || party === expected) return []
  const detail = 'It is by somebody else than you expect.'
  return [problem('PROOF_VERIFICATION_ERROR', { detail, pointer, expected, found: preview(party) })]
}

function unknown(pointer: string, error: ProblemDetails): SecuredDocumentVerdict {
  const kind = 'unknown'
  return verdictOf({
    kind,
    pointer,
    controller: null,
    proofs: [],
    errors: [error],
    warnings: [],
    credentials: [],
  })
}
