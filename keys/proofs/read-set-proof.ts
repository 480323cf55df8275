import {
  CRYPTOSUITES,
  type Cryptosuite,
  escapePointer,
  jcs,
  preview,
} from '@battery-passport/contexts'
import { type DidUrlParts, parseDidUrl } from '../did.ts'
import { decodeProofValue } from '../proof-value.ts'
import { parseDateTimeStamp } from './date-time-stamp.ts'
import { type ProblemDetails, type ProblemName, problem } from './problem-details.ts'

/** A Data Integrity proof of any purpose, taken apart; that it verifies is not known yet. */
export interface SetProof {
  readonly pointer: string
  /** The proof as it stands in the document. */
  readonly proof: Readonly<Record<string, unknown>>
  /** The proof without `proofValue`: what the signature covers besides the document. */
  readonly options: Readonly<Record<string, unknown>>
  readonly id: string | null
  /** The ids of the proofs of the same set that it signs as well. */
  readonly previousProof: readonly string[]
  readonly cryptosuite: Cryptosuite
  readonly verificationMethod: DidUrlParts
  readonly proofPurpose: string
  /** Milliseconds since the epoch. */
  readonly created: number | null
  /** Milliseconds since the epoch. */
  readonly expires: number | null
  readonly challenge: string | null
  readonly domain: readonly string[]
  readonly signature: Uint8Array
}

/** A proof, or everything it has against it. */
export type SetProofReading =
  | { readonly ok: true; readonly proof: SetProof }
  | { readonly ok: false; readonly errors: readonly ProblemDetails[] }

/** The members of a proof after Data Integrity 1.0 §2.1; another would be signed and not understood. */
const MEMBERS: ReadonlySet<string> = new Set([
  'id',
  'type',
  'proofPurpose',
  'verificationMethod',
  'cryptosuite',
  'created',
  'expires',
  'domain',
  'challenge',
  'proofValue',
  'previousProof',
  'nonce',
  '@context',
])

/** The longest identifier of a proof, challenge or domain that is read, in characters. */
const MAX_TEXT = 512

/** An absolute URL; one that begins with `_:` is the label of a blank node. */
const URL_FORM = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/

/**
 * Takes one proof of a set apart.
 *
 * @param context the document's `@context`; where an `eddsa-jcs-2022` proof has one it is the same:
 *   the suite alone would accept contexts that were appended after signing
 * @see https://www.w3.org/TR/vc-data-integrity/#proofs
 */
export function readSetProof(value: unknown, pointer: string, context: unknown): SetProofReading {
  const errors: ProblemDetails[] = []
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const detail = 'A proof is a JSON object.'
    const found = preview(value)
    return {
      ok: false,
      errors: [problem('MALFORMED_VALUE_ERROR', { detail, pointer, expected: 'a proof', found })],
    }
  }
  const proof: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(value))
  const member = (name: string) => (Object.hasOwn(proof, name) ? proof[name] : undefined)
  const refuse = (name: string, expected: string, code: ProblemName, detail: string) => {
    const found = member(name) === undefined ? 'nothing' : preview(member(name))
    errors.push(
      problem(code, { detail, pointer: `${pointer}/${escapePointer(name)}`, expected, found }),
    )
  }
  const read = <T>(
    name: string,
    parse: (text: string) => T | null,
    expected: string,
    code: ProblemName = 'MALFORMED_VALUE_ERROR',
  ): T | null => {
    const text = member(name)
    const parsed = typeof text === 'string' ? parse(text) : null
    if (parsed === null) refuse(name, expected, code, `A proof needs a valid ${name}.`)
    return parsed
  }
  const optional = <T>(name: string, parse: (text: string) => T | null, expected: string) =>
    member(name) === undefined ? null : read(name, parse, expected)

  for (const name of Object.keys(proof)) {
    if (MEMBERS.has(name)) continue
    refuse(name, 'a member of Data Integrity 1.0', 'PROOF_VERIFICATION_ERROR', 'Unknown member.')
  }
  if (member('type') !== 'DataIntegrityProof') {
    const detail = 'Only Data Integrity proofs are read.'
    refuse('type', '"DataIntegrityProof"', 'PROOF_VERIFICATION_ERROR', detail)
  }
  const suites = `one of ${CRYPTOSUITES.join(', ')}`
  const cryptosuite = read('cryptosuite', suiteOf, suites, 'PROOF_VERIFICATION_ERROR')
  const method = read(
    'verificationMethod',
    parseDidUrl,
    'a DID URL with a fragment',
    'INVALID_VERIFICATION_METHOD_URL',
  )
  const proofPurpose = read('proofPurpose', textOf, 'a purpose')
  const signature = read(
    'proofValue',
    decodeProofValue,
    '64 bytes in base58btc multibase (z…), written canonically',
    'PROOF_VERIFICATION_ERROR',
  )
  const stamp = 'an xsd:dateTimeStamp such as 2026-11-23T12:00:00Z'
  const created = optional('created', parseDateTimeStamp, stamp)
  const expires = optional('expires', parseDateTimeStamp, stamp)
  const id = optional('id', urlOf, 'a URL')
  const challenge = optional('challenge', textOf, 'a text')
  optional('nonce', textOf, 'a text')
  const domain = listOf(member('domain'), textOf)
  if (domain === null)
    refuse('domain', 'a text, or a list of them', 'MALFORMED_VALUE_ERROR', 'For what it was made.')
  const previousProof = listOf(member('previousProof'), urlOf)
  if (previousProof === null) {
    const detail = 'A chained proof names the proofs before it, each once.'
    refuse(
      'previousProof',
      'the id of a proof, or a list of ids',
      'PROOF_VERIFICATION_ERROR',
      detail,
    )
  }
  if (member('@context') !== undefined && !isContext(member('@context'), cryptosuite, context)) {
    const expected = cryptosuite === 'eddsa-jcs-2022' ? 'the @context of the document' : 'nothing'
    const detail = 'A proof that repeats other contexts would give the terms another meaning.'
    refuse('@context', expected, 'PROOF_VERIFICATION_ERROR', detail)
  }
  if (
    errors.length > 0 ||
    cryptosuite === null ||
    method === null ||
    proofPurpose === null ||
    signature === null ||
    domain === null ||
    previousProof === null
  ) {
    return { ok: false, errors }
  }
  const { proofValue: _, ...options } = proof
  return {
    ok: true,
    proof: Object.freeze({
      pointer,
      proof,
      options,
      id,
      previousProof,
      cryptosuite,
      verificationMethod: method,
      proofPurpose,
      created,
      expires,
      challenge,
      domain,
      signature,
    }),
  }
}

function suiteOf(text: string): Cryptosuite | null {
  return CRYPTOSUITES.find((suite) => suite === text) ?? null
}

function textOf(text: string): string | null {
  return text !== '' && text.length <= MAX_TEXT ? text : null
}

function urlOf(text: string): string | null {
  return text.length <= MAX_TEXT && URL_FORM.test(text) ? text : null
}

/** One text or a list of different ones; null where it is neither. */
function listOf(value: unknown, parse: (text: string) => string | null): readonly string[] | null {
  if (value === undefined) return []
  const items: readonly unknown[] = Array.isArray(value) ? value : [value]
  const texts = items.flatMap((item) => (typeof item === 'string' ? (parse(item) ?? []) : []))
  return items.length > 0 && new Set(texts).size === items.length ? texts : null
}

function isContext(repeated: unknown, suite: Cryptosuite | null, context: unknown): boolean {
  if (suite !== 'eddsa-jcs-2022' || context === undefined) return false
  try {
    return jcs(repeated) === jcs(context)
  } catch {
    return false
  }
}
