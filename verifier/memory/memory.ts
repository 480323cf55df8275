import { BoundedCache, type PublicKey } from '@battery-passport/keys'
import type { Inquiry } from '../inquiry.ts'
import type { JudgedTimestamp } from '../proof/trusted-time.ts'
import type { BitstringResult } from '../reading/bitstring.ts'
import type { DecodedInput } from '../reading/decode.ts'
import { RememberedDocuments } from '../reading/remembered-documents.ts'
import { WeightedCache } from '../reading/weighted-cache.ts'
import type { Evaluations } from '../score/evaluation.ts'
import type { DuplicateEvidence } from '../statements/evidence.ts'
import type { StatementFindings } from '../statements/statement.ts'
import type { PassportExams } from './passport-exams.ts'
import type { PreparedCredentials } from './prepared-credentials.ts'

/** Whom an exam asks: their answers change between two verifications. */
export type Asked = Pick<Inquiry, 'documents' | 'resolver' | 'seen' | 'times'>

/** The exams of a set of attestations, of answers and of shares, that nothing stands against. */
export interface RememberedExams {
  readonly exams: PassportExams
  /** Whether these answer every question of the exams as others did then. */
  agreesWith(asked: Asked): Promise<boolean>
}

/**
 * What a verifier remembers from one verification to the next: only what follows from the bytes
 * that digests name. Dates, status, trust and policy are asked anew for each instant.
 */
export interface Memory {
  /** Under which key the bytes of a credential were verified, by its digest. */
  readonly proofs: BoundedCache<PublicKey>
  /** Decoded bit strings, by the digest of the list they came from. */
  readonly bitstrings: BoundedCache<BitstringResult>
  /** What is wrong with the statement of an attestation by itself, by its digest. */
  readonly statements: BoundedCache<StatementFindings>
  /** Recomputed scores, by a digest of everything they depend on. */
  readonly evaluations: Evaluations
  /** Exams of sets of attestations, by everything they depend on but the documents. */
  readonly exams: BoundedCache<RememberedExams>
  /** Evidence that is used twice, by the exams in which it is. */
  readonly evidence: DuplicateEvidence
  /** What each timestamp proves, by the digest of its bytes. */
  readonly timestamps: BoundedCache<JudgedTimestamp>
  /** Credentials that were added to a verification, by their digests in order. */
  readonly added: BoundedCache<PreparedCredentials>
  /** Each of those by itself, by its place and digest. */
  readonly inputs: WeightedCache<DecodedInput>
  /** What presentations had in common, by its exact text. */
  readonly documents: RememberedDocuments
}

export function createMemory(): Memory {
  return {
    proofs: new BoundedCache(16_384),
    // Each may inflate to a megabyte, whoever signed it.
    bitstrings: new BoundedCache(64),
    statements: new BoundedCache(4096),
    evaluations: new BoundedCache(256),
    // Few of these, for each may hold megabytes.
    exams: new BoundedCache(32),
    evidence: new WeakMap(),
    timestamps: new BoundedCache(4096),
    added: new BoundedCache(8),
    // In bytes, as they came.
    inputs: new WeightedCache(2 * 1024 * 1024),
    documents: new RememberedDocuments(),
  }
}

/**
 * A memory beside another one, of a verifier whose question differs in trust or status alone: what
 * follows from bytes is remembered for both, exams and prepared credentials for each.
 */
export function memoryBeside(memory: Memory): Memory {
  const { exams, added } = createMemory()
  return { ...memory, exams, added }
}
