import * as validators from '../generated/typed-validators.ts'
import { EMPTY_CHAIN, follows, linkTo } from '../hash-chain.ts'
import { hexDigest } from '../hex-digest.ts'
import { sealOf } from './sealed.ts'
import type { SealedChange } from './sealed-change.ts'
import type { AuditEntry, AuditHead, CommitReason } from './store.ts'
import { StoreError } from './store-error.ts'

/** The entry that follows `head` (null: the first) for a commit. */
export function nextEntry(
  head: AuditHead | null,
  reason: CommitReason & { readonly at: string },
  changes: readonly SealedChange[],
): AuditEntry {
  const { action, subject, detail, at } = reason
  return linkTo(head ?? EMPTY_CHAIN, {
    at,
    action,
    subject,
    ...(detail === undefined ? {} : { detail }),
    changes: digestOfChanges(changes),
  })
}

/**
 * The entry in a text.
 *
 * @throws {StoreError} STORE_FORMAT when it is not what this version writes
 */
export function parseEntry(text: string): AuditEntry {
  const value: unknown = JSON.parse(text)
  if (validators.AuditEntry(value)) return value
  throw new StoreError(
    'STORE_FORMAT',
    'audit log: expected entries of this version, found another. Open the folder with the version that wrote it.',
  )
}

/**
 * Checks that an entry is the one after `head`: a removed, changed or reordered line breaks the chain.
 *
 * @throws {StoreError} STORE_CORRUPT
 */
export function checkSuccession(head: AuditHead | null, entry: AuditEntry): AuditHead {
  const before = head ?? EMPTY_CHAIN
  const sound = follows(entry, before) && (head === null || entry.at >= head.at)
  if (sound) return { sequence: entry.sequence, at: entry.at, hash: entry.hash }
  throw new StoreError(
    'STORE_CORRUPT',
    `audit log: expected entry ${before.sequence + 1} to follow the one before it, found entry ${entry.sequence} that does not. Records were lost or changed: restore the data folder from a copy.`,
  )
}

/** A key holds no space or line end, so that two lists of changes never read alike. */
function digestOfChanges(changes: readonly SealedChange[]): string {
  const lines = changes.map((change) => {
    const value = change.type === 'remove' ? '' : sealOf(change.sealed)
    return `${change.type} ${change.key} ${value}\n`
  })
  return hexDigest(lines.join(''))
}
