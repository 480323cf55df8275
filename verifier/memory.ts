import { BoundedCache, type PublicKey } from '@battery-passport/keys'
import type { BitstringResult } from './bitstring.ts'
import type { DecodedInput } from './decode.ts'
import type { Evaluated } from './evaluation.ts'
import type { StatementFindings } from './statement.ts'

/**
 * What a verifier remembers from one verification to the next: only what follows from the bytes
 * that a digest names. Dates, status, trust and policy are asked anew each time.
 */
export interface Memory {
  /** Under which key the bytes of a credential were verified, by its digest. */
  readonly proofs: BoundedCache<PublicKey>
  /** Decoded bit strings, by the digest of the list they came from. */
  readonly bitstrings: BoundedCache<BitstringResult>
  /** What is wrong with the statement of an attestation by itself, by its digest. */
  readonly statements: BoundedCache<StatementFindings>
  /** Recomputed scores, by a digest of everything they depend on. */
  readonly evaluations: BoundedCache<Evaluated>
  /** Credentials that were added to a verification, by place and digest. */
  readonly added: BoundedCache<DecodedInput>
}

export function createMemory(): Memory {
  return {
    proofs: new BoundedCache(16_384),
    // Each may inflate to a megabyte, whoever signed it.
    bitstrings: new BoundedCache(64),
    statements: new BoundedCache(4096),
    evaluations: new BoundedCache(256),
    // Few, for each may be megabytes.
    added: new BoundedCache(8),
  }
}
