import type { EvaluationFault } from '@battery-passport/rulebooks'
import type { FindingCode } from '../findings/finding-kinds.ts'

const CODES: Readonly<Record<EvaluationFault['cause'], FindingCode>> = {
  chemistry: 'SCHEMA',
  shares: 'SHARES_INVALID',
  conflict: 'ATTESTATION_CONFLICT',
  'no-attestations': 'SCHEMA',
  rulebook: 'RULEBOOK_MISMATCH',
}

/**
 * Why a passport has no score, as a code, and where in the passport. The evaluation looks at
 * `/battery`, `/supplyChain` and `/attestations/N/…`; a passport has its attestations as references,
 * so what is inside one is told of the reference.
 */
export function inPassport({ cause, pointer }: EvaluationFault): {
  readonly code: FindingCode
  readonly pointer: string
} {
  const at = pointer.replace(/^\/battery/, '').replace(/^(\/attestations\/\d+)\/.*$/, '$1')
  return { code: CODES[cause], pointer: `/credentialSubject${at}` }
}
