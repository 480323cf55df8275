import { preview } from '@battery-passport/contexts'
import type { ProofPurpose } from './authorised-key.ts'
import { clockSkewOf } from './clock-skew.ts'
import { type ProblemDetails, type ProblemName, problem } from './problem-details.ts'
import type { SetProof } from './read-set-proof.ts'

/** What a verifier expects a proof to be for, and when. */
export interface ProofExpectations {
  /** What every proof of the set must be for. */
  readonly proofPurpose: ProofPurpose
  /** What the verifier asked the holder; every `authentication` must answer one. */
  readonly challenge?: string
  /** The domain of the verifier. */
  readonly domain?: string
  /** Seconds since the epoch. */
  readonly now: number
  /** Seconds between a signed instant and `now` that are forgiven; default 60. */
  readonly clockSkew?: number
}

/**
 * What a proof says of its purpose, time, challenge and domain, against what is expected. One that
 * answers a challenge nobody gave was made for somebody else, and is replayed.
 *
 * @see https://www.w3.org/TR/vc-data-integrity/#verify-proof
 */
export function expectationErrors(proof: SetProof, options: ProofExpectations): ProblemDetails[] {
  const { proofPurpose, challenge, domain, now } = options
  const clockSkew = clockSkewOf(options.clockSkew)
  const errors: ProblemDetails[] = []
  const expect = (name: ProblemName, member: string, detail: string, expected: string) => {
    const found = preview(proof.options[member])
    errors.push(problem(name, { detail, pointer: `${proof.pointer}/${member}`, expected, found }))
  }
  if (proof.proofPurpose !== proofPurpose) {
    const detail = 'The proof was made for another purpose.'
    expect('PROOF_VERIFICATION_ERROR', 'proofPurpose', detail, proofPurpose)
  }
  const { created, expires } = proof
  if (created !== null && created > (now + clockSkew) * 1000) {
    const latest = `not later than ${stamp(now)} (and ${clockSkew} s of skew)`
    expect('RANGE_ERROR', 'created', 'It claims to be signed in the future.', latest)
  }
  if (expires !== null && expires < (now - clockSkew) * 1000) {
    const earliest = `not before ${stamp(now)} (less ${clockSkew} s of skew)`
    expect('RANGE_ERROR', 'expires', 'The proof has expired.', earliest)
  }
  if (created !== null && expires !== null && expires < created) {
    const from = `not before ${new Date(created).toISOString()}`
    expect('RANGE_ERROR', 'expires', 'It expired before it was made.', from)
  }
  if (proof.challenge !== (challenge ?? null)) {
    const expected = challenge ?? 'nothing: no challenge is expected here'
    expect('INVALID_CHALLENGE_ERROR', 'challenge', 'A proof answers one challenge.', expected)
  }
  if (domain === undefined ? proof.domain.length > 0 : !proof.domain.includes(domain)) {
    const expected = domain ?? 'nothing: no domain is expected here'
    expect('INVALID_DOMAIN_ERROR', 'domain', 'A proof is for the domains it names.', expected)
  }
  return errors
}

function stamp(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
