/**
 * What the issuer keeps, as a port: records by kind and id, changed only by atomic commits, each of
 * which appends one entry to a hash-chained audit log. Every backend passes `test/contracts/`.
 */

import type { AuditAction, AuditEntry } from './audit-schema.ts'

export type { AuditAction, AuditEntry } from './audit-schema.ts'

/** The kinds of record; each has ids of its own. */
export const RECORD_KINDS = [
  /** Facts about the store itself. */
  'meta',
  /** A credential of others that was verified, by its digest. */
  'evidence',
  /** The newest list of another issuer, by the hash of its id. */
  'foreign-list',
  /** A passport that was released, by its local id. */
  'passport',
  /** What is about to be signed, by the hash of the idempotency key. */
  'intent',
  /** The answer an idempotency key got, by its hash. */
  'reply',
  /** A status index in use, by list and index. */
  'status-index',
  /** Our own newest signed list, by its local id. */
  'own-list',
  /** Whether a passport is withdrawn, by its local id. */
  'status',
] as const
export type RecordKind = (typeof RECORD_KINDS)[number]

/** The form of a record's id: no separator, no path, nothing a file system or key order could misread. */
export const RECORD_ID = /^[A-Za-z0-9_-]{1,64}$/

/** One change of a commit. `create` holds only if there is no such record yet. */
export type Change =
  | {
      readonly type: 'create' | 'put'
      readonly kind: RecordKind
      readonly id: string
      readonly value: string
    }
  | { readonly type: 'remove'; readonly kind: RecordKind; readonly id: string }

/** Why a commit is made, as the audit log keeps it. */
export interface CommitReason {
  readonly action: AuditAction
  /** The id of what the commit is about. */
  readonly subject: string
  readonly detail?: string
}

/**
 * `synced`: acknowledged only when it survives a power cut. `ordered`: survives the end of the
 * process, and a power cut that loses it loses everything after it as well.
 */
export type Durability = 'synced' | 'ordered'

/** The end of the audit log. */
export type AuditHead = Pick<AuditEntry, 'sequence' | 'at' | 'hash'>

/** A record with its id. */
export interface StoredRecord {
  readonly id: string
  readonly value: string
}

/** A place that keeps records. Every method throws `StoreError` and nothing else of its own. */
export interface Store {
  /** The record's value exactly as it was committed, or null. */
  read(kind: RecordKind, id: string): Promise<string | null>
  /** Up to `limit` records in the order of their ids, those after `after` only. */
  page(
    kind: RecordKind,
    options: { readonly after?: string; readonly limit: number },
  ): Promise<readonly StoredRecord[]>
  /** Audit entries in order, those after the sequence number only. */
  audit(options: { readonly after: number; readonly limit: number }): Promise<readonly AuditEntry[]>
  /**
   * All of the changes or none, one commit after another. `at` is RFC 3339.
   *
   * @throws {StoreError} STORE_CONFLICT when a `create` finds a record: nothing was changed.
   *   STORE_FAILED after any failed write: whether it took effect is unknown until the store is
   *   opened anew, and no further commit is taken.
   */
  commit(
    changes: readonly Change[],
    reason: CommitReason & { readonly at: string },
    durability?: Durability,
  ): Promise<AuditEntry>
  /** The last entry that was committed. */
  head(): AuditHead
  /** Null while all is well; else why no commit is taken any more. */
  failure(): Error | null
  /** Waits for the commits under way, then lets go of the place. */
  close(): Promise<void>
}
