import {
  CRYPTOSUITES,
  type Cryptosuite,
  jcs,
  PROOF_MEMBERS,
  parseInstant,
} from '@battery-passport/contexts'
import { type DidUrlParts, parseDidUrl } from './did.ts'
import type { KeyType } from './multikey.ts'
import { decodeProofValue } from './proof-value.ts'

/** The key type that each cryptosuite signs with. */
export const KEY_OF_SUITE = {
  'eddsa-jcs-2022': 'Ed25519',
  'eddsa-rdfc-2022': 'Ed25519',
  'ecdsa-rdfc-2019': 'P-256',
} as const satisfies Record<Cryptosuite, KeyType>

/** A Data Integrity proof over a credential with the `@context` C (Data Integrity 1.0 §2.1). */
export interface ProofOf<C> {
  readonly type: 'DataIntegrityProof'
  readonly created: string
  readonly verificationMethod: string
  readonly cryptosuite: Cryptosuite
  readonly proofPurpose: 'assertionMethod'
  /** Only with `eddsa-jcs-2022`: the `@context` of the credential once more. */
  readonly '@context'?: C
  readonly proofValue: string
}

/** A proof of the profile, taken apart; that its signature holds is not known yet. */
export interface ProofParts<C> {
  readonly ok: true
  readonly proof: ProofOf<C>
  /** The proof without `proofValue`: what the signature covers besides the credential. */
  readonly options: Omit<ProofOf<C>, 'proofValue'>
  readonly verificationMethod: DidUrlParts
  /** The 64 bytes of `proofValue`. */
  readonly signature: Uint8Array
}

/** What a proof has against it. */
export type ProofFaultCode =
  /** There is none. */
  | 'MISSING'
  /** Not one object: libraries accept a set of proofs if any one of them verifies. */
  | 'COUNT'
  /** It points at another proof, which no library follows. */
  | 'CHAINED'
  /** A member that the profile does not have. */
  | 'UNKNOWN_MEMBER'
  | 'TYPE'
  | 'CRYPTOSUITE'
  | 'CREATED'
  | 'VERIFICATION_METHOD'
  | 'PURPOSE'
  /** The signature is not in its one canonical text. */
  | 'ENCODING'
  /** Its contexts are not those of the credential, or it has some where it must not. */
  | 'CONTEXT'

/** One thing that a proof has against it, and where. */
export interface ProofFault {
  readonly code: ProofFaultCode
  /** The member of the proof; none when it is the proof as a whole. */
  readonly member?: string
  readonly expected: string
}

/** A proof taken apart, or everything it has against it. */
export type ProofReading<C> =
  | ProofParts<C>
  | { readonly ok: false; readonly faults: readonly ProofFault[] }

const KNOWN: ReadonlySet<string> = new Set(PROOF_MEMBERS)

/**
 * Takes the one proof of a credential apart. The set of members is closed: `expires`,
 * `previousProof`, `domain` and the like are verified by no library, so a proof that has one is
 * refused rather than half understood.
 *
 * @param context the credential's `@context`; an `eddsa-jcs-2022` proof repeats it exactly, since
 *   the suite alone would accept contexts that were appended after signing
 * @throws when a context is no JSON value
 * @see https://www.w3.org/TR/vc-data-integrity/#proofs
 */
export function parseProof<C>(proof: unknown, context: C): ProofReading<C> {
  if (proof === undefined || (Array.isArray(proof) && proof.length === 0)) {
    return { ok: false, faults: [{ code: 'MISSING', expected: 'one proof object' }] }
  }
  if (typeof proof !== 'object' || proof === null || Array.isArray(proof)) {
    return { ok: false, faults: [{ code: 'COUNT', expected: 'one proof object' }] }
  }
  const members = new Map<string, unknown>(Object.entries(proof))
  const faults = strangers(members)
  const fault = (code: ProofFaultCode, member: string, expected: string) =>
    faults.push({ code, member, expected })
  if (members.get('type') !== 'DataIntegrityProof') fault('TYPE', 'type', '"DataIntegrityProof"')
  const cryptosuite = CRYPTOSUITES.find((suite) => suite === members.get('cryptosuite'))
  if (cryptosuite === undefined) {
    fault('CRYPTOSUITE', 'cryptosuite', `one of ${CRYPTOSUITES.join(', ')}`)
  }
  const created = read(members.get('created'), parseInstant)
  if (created === null) fault('CREATED', 'created', 'RFC 3339 with Z and whole seconds')
  const method = read(members.get('verificationMethod'), parseDidUrl)
  if (method === null) {
    fault('VERIFICATION_METHOD', 'verificationMethod', 'a DID URL with a fragment')
  }
  if (members.get('proofPurpose') !== 'assertionMethod') {
    fault('PURPOSE', 'proofPurpose', '"assertionMethod"')
  }
  const value = read(members.get('proofValue'), decodeProofValue)
  if (value === null) fault('ENCODING', 'proofValue', '64 bytes in base58btc multibase (z…)')
  if (cryptosuite !== 'eddsa-jcs-2022') {
    if (members.has('@context')) fault('CONTEXT', '@context', 'nothing')
  } else if (!isSame(members.get('@context'), context)) {
    fault('CONTEXT', '@context', 'the @context of the document')
  }
  if (cryptosuite === undefined || created === null || method === null || value === null) {
    return { ok: false, faults }
  }
  if (faults.length > 0) return { ok: false, faults }
  const options = Object.freeze({
    type: 'DataIntegrityProof',
    cryptosuite,
    created: created.text,
    verificationMethod: method.text,
    proofPurpose: 'assertionMethod',
    ...(cryptosuite === 'eddsa-jcs-2022' ? { '@context': context } : {}),
  } as const)
  const whole = Object.freeze({ ...options, proofValue: value.text })
  return {
    ok: true,
    proof: whole,
    options,
    verificationMethod: method.parsed,
    signature: value.parsed,
  }
}

function strangers(members: ReadonlyMap<string, unknown>): ProofFault[] {
  return [...members.keys()]
    .filter((member) => !KNOWN.has(member))
    .map((member) => ({
      code: member === 'previousProof' ? 'CHAINED' : 'UNKNOWN_MEMBER',
      member,
      expected: 'nothing',
    }))
}

function read<T>(value: unknown, parse: (text: string) => T | null) {
  const parsed = typeof value === 'string' ? parse(value) : null
  return typeof value === 'string' && parsed !== null ? { text: value, parsed } : null
}

function isSame(repeated: unknown, context: unknown): boolean {
  return repeated !== undefined && context !== undefined && jcs(repeated) === jcs(context)
}
