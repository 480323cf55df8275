import {
  CRYPTOSUITES,
  type DataIntegrityProof,
  jcs,
  PROOF_MEMBERS,
  parseInstant,
  preview,
} from '@battery-passport/contexts'
import { decodeProofValue } from '@battery-passport/keys'
import type { FindingCode } from './finding-kinds.ts'
import type { Finding } from './findings.ts'
import type { JsonObject, JsonValue } from './json.ts'
import { findingAt, isObject, type Place } from './shape.ts'

type ProofResult =
  | { readonly ok: true; readonly proof: DataIntegrityProof; readonly signature: Uint8Array }
  | { readonly ok: false; readonly findings: readonly Finding[] }

const KNOWN: ReadonlySet<string> = new Set(PROOF_MEMBERS)

const DID_URL = /^did:[!-~]+#[!-~]+$/

/**
 * Reads the one proof the profile expects, every part of it. Libraries accept a set of proofs if
 * any one verifies, and ignore `previousProof` and `expires`; here there is exactly one proof,
 * and nothing in it that is not understood.
 */
export function readProof(document: JsonObject, place: Place): ProofResult {
  const proof = document.proof
  const refuse = (code: FindingCode, pointer: string, detail: string, expected: string) =>
    findingAt(place, code, {
      pointer: `/proof${pointer}`,
      detail,
      expected,
      found: preview(pointer === '' ? proof : member(proof, pointer.slice(1))),
    })
  if (proof === undefined) {
    const detail = 'The credential has no proof.'
    return { ok: false, findings: [refuse('PROOF_MISSING', '', detail, 'one proof')] }
  }
  if (!isObject(proof)) {
    const count = Array.isArray(proof) ? `${proof.length} proofs` : 'no object'
    const detail = `There must be exactly one proof, not a list of them: ${count}.`
    const code = Array.isArray(proof) && proof.length === 0 ? 'PROOF_MISSING' : 'PROOF_COUNT'
    return { ok: false, findings: [refuse(code, '', detail, 'one proof object')] }
  }
  const findings: Finding[] = []
  const expect = (
    holds: boolean,
    ...[code, pointer, detail, expected]: [FindingCode, string, string, string]
  ) => {
    if (!holds) findings.push(refuse(code, pointer, detail, expected))
  }
  for (const key of Object.keys(proof)) {
    if (KNOWN.has(key)) continue
    const code = key === 'previousProof' ? 'PROOF_COUNT' : 'SCHEMA'
    expect(false, code, `/${key}`, 'The profile does not know this property of a proof.', 'nothing')
  }
  const { type, cryptosuite, created, verificationMethod, proofPurpose, proofValue } = proof
  expect(
    type === 'DataIntegrityProof',
    'PROOF_SUITE_NOT_ALLOWED',
    '/type',
    'Only Data Integrity proofs are read.',
    '"DataIntegrityProof"',
  )
  expect(
    typeof cryptosuite === 'string' && CRYPTOSUITES.some((suite) => suite === cryptosuite),
    'PROOF_SUITE_NOT_ALLOWED',
    '/cryptosuite',
    'The cryptosuite is not one of the profile.',
    `one of ${CRYPTOSUITES.join(', ')}`,
  )
  expect(
    typeof created === 'string' && parseInstant(created) !== null,
    'PROOF_TIME',
    '/created',
    'The signing time is required.',
    'RFC 3339 with Z and whole seconds',
  )
  expect(
    typeof verificationMethod === 'string' && DID_URL.test(verificationMethod),
    'KEY_NOT_AUTHORISED',
    '/verificationMethod',
    'The proof must name the key of its issuer.',
    'a DID URL with a fragment',
  )
  expect(
    proofPurpose === 'assertionMethod',
    'KEY_NOT_AUTHORISED',
    '/proofPurpose',
    'A credential is an assertion.',
    '"assertionMethod"',
  )
  const signature = typeof proofValue === 'string' ? decodeProofValue(proofValue) : null
  expect(
    signature !== null,
    'PROOF_ENCODING',
    '/proofValue',
    'The signature must be written in its one canonical form.',
    '64 bytes in base58btc multibase (z…)',
  )
  const context = proof['@context']
  if (cryptosuite === 'eddsa-jcs-2022') {
    expect(
      context !== undefined && jcs(context) === jcs(document['@context'] ?? ''),
      'CONTEXT_NOT_ALLOWED',
      '/@context',
      'The proof must pin exactly the contexts of the document: a prefix would let contexts be appended.',
      'the @context of the document',
    )
  } else {
    expect(
      context === undefined,
      'CONTEXT_NOT_ALLOWED',
      '/@context',
      'This cryptosuite has no context in its proof.',
      'nothing',
    )
  }
  return findings.length === 0 && signature !== null && isProof(proof)
    ? { ok: true, proof, signature }
    : { ok: false, findings }
}

function member(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** Every property was looked at above; this only says so to the compiler. */
function isProof(proof: JsonObject): proof is JsonObject & DataIntegrityProof {
  return typeof proof.proofValue === 'string'
}
