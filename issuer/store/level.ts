import { mkdir, readdir, realpath } from 'node:fs/promises'
import { FOLDER_MODE, syncFolder } from '@battery-passport/keys/files'
import { type FolderHolder, type FolderLock, lockFolder } from '../folder-lock.ts'
import { checkSuccession, nextEntry, parseEntry } from './audit-log.ts'
import { CommitQueue } from './commit-queue.ts'
import { type HighWater, HighWaterFile } from './high-water.ts'
import { checkDatabase } from './level-check.ts'
import {
  assertPrivate,
  type Database,
  databaseFolder,
  missing,
  newDatabase,
  openDatabase,
} from './level-folder.ts'
import { AUDIT, auditOperation, LevelTarget, sequenceId } from './level-target.ts'
import { seal, unseal } from './sealed.ts'
import { recordKey, sealChange } from './sealed-change.ts'
import {
  type AuditHead,
  RECORD_ID,
  type RecordKind,
  type Store,
  type StoredRecord,
} from './store.ts'
import { StoreError } from './store-error.ts'
import { unreadable } from './unreadable.ts'

/** The version of what lies in the folder. */
const FORMAT = '1'
const FORMAT_KEY = 'meta/format'

/**
 * Creates a store in a new or empty folder that only its owner may read, and leaves it closed.
 *
 * @param options.at RFC 3339
 * @throws {StoreError} STORE_EXISTS, STORE_PERMISSIONS
 */
export async function initLevelStore(
  folder: string,
  options: { readonly at: string },
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: FOLDER_MODE })
  await assertPrivate(folder)
  const found = await readdir(folder)
  if (found.length > 0) {
    throw new StoreError(
      'STORE_EXISTS',
      `data folder ${folder}: expected an empty folder, found ${found.length} entries. Choose another folder; a store is never overwritten.`,
    )
  }
  const lock = await lockFolder(await realpath(folder), (holder) => locked(folder, holder))
  try {
    // LevelDB makes files for everyone to read, but nobody else gets as far as to them.
    await mkdir(databaseFolder(folder), { mode: FOLDER_MODE })
    const db = newDatabase(folder)
    await db.open({ createIfMissing: true, errorIfExists: true })
    const sealed = seal(FORMAT_KEY, FORMAT)
    const reason = { action: 'store-created', subject: 'store', at: options.at } as const
    const entry = nextEntry(null, reason, [{ type: 'create', key: FORMAT_KEY, sealed }])
    const format = { type: 'put' as const, key: FORMAT_KEY, value: sealed }
    await db.batch([format, auditOperation(entry)], { sync: true })
    await db.close()
    await HighWaterFile.create(folder, entry)
    await syncFolder(folder)
  } finally {
    await lock.release()
  }
}

/**
 * Opens the store in a folder; it never creates one. The audit log is walked from its first entry.
 *
 * @throws {StoreError} STORE_MISSING, STORE_PERMISSIONS, STORE_LOCKED, STORE_UNREADABLE,
 *   STORE_FORMAT, STORE_CORRUPT
 */
export async function openLevelStore(folder: string): Promise<Store> {
  const real = await realpath(folder).catch((error: unknown) => {
    throw unreadable(folder, error) ?? missing(folder, error)
  })
  await assertPrivate(real)
  const lock = await lockFolder(real, (holder) => locked(real, holder))
  try {
    return await openLocked(real, lock)
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function openLocked(folder: string, lock: FolderLock): Promise<Store> {
  await checkDatabase(folder)
  const mark = await HighWaterFile.open(folder)
  const db = newDatabase(folder)
  try {
    await openDatabase(db, folder)
    await assertFormat(db, folder)
    const head = await walkAudit(db, mark.mark)
    // Whatever was in its logs, LevelDB has written it through to the disk by opening.
    if (head.sequence > mark.mark.sequence) await mark.advance(head)
    await mark.sync()
    return levelStore(db, mark, lock, head)
  } catch (error) {
    await db.close().finally(() => mark.close())
    throw error
  }
}

function levelStore(db: Database, mark: HighWaterFile, lock: FolderLock, head: AuditHead): Store {
  const target = new LevelTarget(db, mark)
  const queue = new CommitQueue(target, head)
  let closing: Promise<void> | null = null
  const close = async () => {
    await queue.close()
    try {
      if (queue.failure === null) await target.sync()
    } finally {
      await db
        .close()
        .finally(() => mark.close())
        .finally(() => lock.release())
    }
  }
  return {
    async read(kind, id) {
      const key = recordKey({ kind, id: checkedId(id) })
      const sealed = target.find(key)
      return sealed === undefined ? null : unseal(key, sealed)
    },
    page: (kind, { after, limit }) => page(db, kind, after, limit),
    async audit({ after, limit }) {
      const found = await page(db, AUDIT, sequenceId(after), limit)
      return found.map(({ value }) => parseEntry(value))
    },
    commit: (changes, reason, durability = 'synced') => {
      for (const { id } of changes) checkedId(id)
      return queue.commit(changes.map(sealChange), reason, durability)
    },
    head: () => queue.head,
    failure: () => queue.failure,
    close() {
      closing ??= close()
      return closing
    },
  }
}

function locked(folder: string, { file, found }: FolderHolder): StoreError {
  return new StoreError(
    'STORE_LOCKED',
    `data folder ${folder}: expected one that no process holds, found ${found}. Stop that service, or give this one a folder of its own; if no process uses it, delete ${file}.`,
  )
}

async function assertFormat(db: Database, folder: string): Promise<void> {
  const sealed = await db.get(FORMAT_KEY)
  const format = sealed === undefined ? 'none' : unseal(FORMAT_KEY, sealed)
  if (format === FORMAT) return
  throw new StoreError(
    'STORE_FORMAT',
    `data folder ${folder}: expected format ${FORMAT}, found ${format}. Open it with the version that wrote it.`,
  )
}

/** Follows the log from its first entry to its last, through the point it is known to have reached. */
async function walkAudit(db: Database, mark: HighWater): Promise<AuditHead> {
  let head: AuditHead | null = null
  let passed = false
  for await (const [key, sealed] of db.iterator(range(AUDIT))) {
    head = checkSuccession(head, parseEntry(unseal(key, sealed)))
    passed ||= head.sequence === mark.sequence && head.hash === mark.hash
  }
  if (head !== null && passed) return head
  throw new StoreError(
    'STORE_CORRUPT',
    `audit log: expected it to reach entry ${mark.sequence} as it once did, found ${head === null ? 'nothing' : `entry ${head.sequence} as its last, or another log`}. The database is older than the folder or lost its end: restore the data folder from a copy, as a whole.`,
  )
}

async function page(
  db: Database,
  kind: RecordKind | typeof AUDIT,
  after: string | undefined,
  limit: number,
): Promise<StoredRecord[]> {
  const bounds = range(kind)
  const from = after === undefined ? bounds : { ...bounds, gt: `${kind}/${checkedId(after)}` }
  const records: StoredRecord[] = []
  for await (const [key, sealed] of db.iterator({ ...from, limit })) {
    records.push({ id: key.slice(kind.length + 1), value: unseal(key, sealed) })
  }
  return records
}

/** Every key of a kind: `0` is the character after `/`. */
function range(kind: RecordKind | typeof AUDIT): { gt: string; lt: string } {
  return { gt: `${kind}/`, lt: `${kind}0` }
}

/** A record's id is made by this program, never taken from outside unhashed: another is a mistake. */
function checkedId(id: string): string {
  if (RECORD_ID.test(id)) return id
  throw new TypeError(`store: not a record id: ${JSON.stringify(id.slice(0, 80))}`)
}
