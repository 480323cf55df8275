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

const MEMBERS: readonly string[] = PROOF_MEMBERS

/** A proof of the profile, taken apart; that its signature holds is not known yet. */
export interface ProofParts {
  readonly ok: true
  readonly cryptosuite: Cryptosuite
  readonly created: string
  readonly verificationMethod: DidUrlParts
  readonly signature: Uint8Array
  /** The proof without `proofValue`: what the signature covers besides the credential. */
  readonly options: Readonly<Record<string, unknown>>
}

/** Why a proof does not count. */
export interface ProofRefusal {
  readonly ok: false
  /** `PROOF_ENCODING`: not in its one canonical text. `PROOF_INVALID`: everything else. */
  readonly code: 'PROOF_INVALID' | 'PROOF_ENCODING'
  readonly detail: string
}

/**
 * Takes the one proof of a credential apart. The set of members is closed: `expires`,
 * `previousProof`, `domain` and the like are verified by no library, so a proof that has one is
 * refused rather than half understood.
 *
 * @param context the credential's `@context`; an `eddsa-jcs-2022` proof repeats it exactly, since
 *   the suite alone would accept contexts that were appended after signing
 * @see https://www.w3.org/TR/vc-data-integrity/#proofs
 */
export function parseProof(proof: unknown, context: unknown): ProofParts | ProofRefusal {
  if (typeof proof !== 'object' || proof === null || Array.isArray(proof)) {
    return invalid('proof: expected one object, not a set of proofs')
  }
  const { proofValue, ...options }: Readonly<Record<string, unknown>> = { ...proof }
  const stranger = Object.keys(options).find((name) => !MEMBERS.includes(name))
  if (stranger !== undefined) return invalid('proof: a member that the profile does not have')
  if (options.type !== 'DataIntegrityProof') return invalid('proof.type: not DataIntegrityProof')
  if (options.proofPurpose !== 'assertionMethod') {
    return invalid('proof.proofPurpose: expected assertionMethod')
  }
  const cryptosuite = CRYPTOSUITES.find((name) => name === options.cryptosuite)
  if (cryptosuite === undefined) return invalid(`proof.cryptosuite: none of ${CRYPTOSUITES}`)
  const { created, verificationMethod } = options
  if (typeof created !== 'string' || parseInstant(created) === null) {
    return invalid('proof.created: expected RFC 3339 with Z and second precision')
  }
  const method = typeof verificationMethod === 'string' ? parseDidUrl(verificationMethod) : null
  if (method === null) return invalid('proof.verificationMethod: expected a DID URL with fragment')
  if (cryptosuite !== 'eddsa-jcs-2022') {
    if ('@context' in options) return invalid('proof.@context: only for eddsa-jcs-2022')
  } else if (!('@context' in options) || jcs(options['@context']) !== jcs(context)) {
    return invalid('proof.@context: expected the @context of the credential')
  }
  const signature = typeof proofValue === 'string' ? decodeProofValue(proofValue) : null
  if (signature === null) {
    const detail = 'proof.proofValue: expected 64 bytes in canonical base58btc multibase (z…)'
    return { ok: false, code: 'PROOF_ENCODING', detail }
  }
  return { ok: true, cryptosuite, created, verificationMethod: method, signature, options }
}

function invalid(detail: string): ProofRefusal {
  return { ok: false, code: 'PROOF_INVALID', detail }
}
