import { escapePointer, preview } from '@battery-passport/contexts'
import { type ProofFaultCode, type ProofParts, parseProof } from '@battery-passport/keys'
import type { FindingCode } from '../findings/finding-kinds.ts'
import type { Finding } from '../findings/findings.ts'
import type { JsonObject } from './json.ts'
import { findingAt, isObject, type Place } from './shape.ts'

type ProofResult =
  | ProofParts<unknown>
  | { readonly ok: false; readonly findings: readonly Finding[] }

/** What each fault of a proof is to a verdict. */
const FINDINGS: Readonly<Record<ProofFaultCode, readonly [FindingCode, string]>> = {
  MISSING: ['PROOF_MISSING', 'The credential has no proof.'],
  COUNT: ['PROOF_COUNT', 'There must be exactly one proof, not a list of them.'],
  CHAINED: ['PROOF_COUNT', 'There must be exactly one proof: it points at another.'],
  UNKNOWN_MEMBER: ['SCHEMA', 'The profile does not know this property of a proof.'],
  TYPE: ['PROOF_SUITE_NOT_ALLOWED', 'Only Data Integrity proofs are read.'],
  CRYPTOSUITE: ['PROOF_SUITE_NOT_ALLOWED', 'The cryptosuite is not one of the profile.'],
  CREATED: ['PROOF_TIME', 'The signing time is required.'],
  VERIFICATION_METHOD: ['KEY_NOT_AUTHORISED', 'The proof must name the key of its issuer.'],
  PURPOSE: ['KEY_NOT_AUTHORISED', 'A credential is an assertion.'],
  ENCODING: ['PROOF_ENCODING', 'The signature must be written in its one canonical form.'],
  CONTEXT: [
    'CONTEXT_NOT_ALLOWED',
    'An eddsa-jcs-2022 proof pins exactly the contexts of the document, since a prefix would let contexts be appended; any other proof has none.',
  ],
}

/** Reads the one proof the profile expects; everything it has against it becomes a finding. */
export function readProof(document: JsonObject, place: Place): ProofResult {
  const { proof } = document
  const reading = parseProof<unknown>(proof, document['@context'])
  if (reading.ok) return reading
  const findings = reading.faults.map(({ code, member, expected }) => {
    const [finding, detail] = FINDINGS[code]
    const pointer = member === undefined ? '/proof' : `/proof/${escapePointer(member)}`
    const found = preview(member !== undefined && isObject(proof) ? own(proof, member) : proof)
    return findingAt(place, finding, { pointer, detail, expected, found })
  })
  return { ok: false, findings }
}

function own(proof: JsonObject, member: string) {
  return Object.hasOwn(proof, member) ? proof[member] : undefined
}
