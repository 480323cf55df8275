import { type ProblemDetails, problem } from './problem-details.ts'
import type { SetProof } from './read-set-proof.ts'

/** The proofs that a chained proof signs as well, or why they cannot be told. */
export type PreviousProofs =
  | { readonly ok: true; readonly previous: readonly SetProof[] }
  | { readonly ok: false; readonly error: ProblemDetails }

/**
 * For each proof of a set, the proofs that its `previousProof` names. A name that no other proof
 * has, or that two have, and a chain that comes back to itself, are refused: who takes the first
 * link away, or puts another in its place, must not go unseen.
 *
 * @see https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains
 */
export function previousProofs(set: readonly SetProof[]): ReadonlyMap<SetProof, PreviousProofs> {
  return new Map(set.map((proof) => [proof, before(proof, set)]))
}

function before(proof: SetProof, set: readonly SetProof[]): PreviousProofs {
  if (proof.id !== null && named(proof.id, set).length > 1) {
    return refuse(`${proof.pointer}/id`, 'Two proofs have this id.', 'an id of its own', proof.id)
  }
  const pointer = `${proof.pointer}/previousProof`
  const previous: SetProof[] = []
  for (const id of proof.previousProof) {
    const matching = named(id, set)
    const [match] = matching
    if (match === undefined || matching.length > 1) {
      const detail = match === undefined ? 'It names no proof.' : 'Two proofs have this id.'
      return refuse(pointer, detail, 'the id of exactly one proof of the same set', id)
    }
    previous.push(match)
  }
  if (comesBack(proof, set)) {
    const detail =
      'The chain comes back to this proof, which cannot have been signed before itself.'
    return refuse(pointer, detail, 'proofs that were made before', proof.previousProof.join(', '))
  }
  return { ok: true, previous }
}

function named(id: string, set: readonly SetProof[]): readonly SetProof[] {
  return set.filter((each) => each.id === id)
}

/** Whether one of the proofs before it, or before those, is the proof itself. */
function comesBack(proof: SetProof, set: readonly SetProof[]): boolean {
  const waiting = [...proof.previousProof]
  const seen = new Set<string>()
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id === proof.id) return true
    if (seen.has(id)) continue
    seen.add(id)
    waiting.push(...named(id, set).flatMap(({ previousProof }) => previousProof))
  }
  return false
}

function refuse(pointer: string, detail: string, expected: string, found: string): PreviousProofs {
  const error = problem('PROOF_VERIFICATION_ERROR', { detail, pointer, expected, found })
  return { ok: false, error }
}
