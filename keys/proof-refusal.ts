/** Why a proof does not count, embedded or enveloping. */
export interface ProofRefusal {
  readonly ok: false
  /** `PROOF_ENCODING`: not in its one canonical text. `PROOF_INVALID`: everything else. */
  readonly code: 'PROOF_INVALID' | 'PROOF_ENCODING'
  readonly detail: string
}
