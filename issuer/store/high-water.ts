import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { AuditHead } from './store.ts'
import { StoreError } from './store-error.ts'

const FILE = 'high-water'
const FORM = /^(\d{1,15}) ([0-9a-f]{64})\n$/

/** A point the audit log has reached: it never ends before it again. */
export type HighWater = Pick<AuditHead, 'sequence' | 'hash'>

/**
 * Writes how far the log has come to a file beside the database. LevelDB drops a damaged end of its
 * log without a word, and an emptied or older database opens like any other: this file tells.
 */
export async function writeHighWater(folder: string, head: HighWater): Promise<void> {
  const path = join(folder, FILE)
  const handle = await open(`${path}.new`, 'w', 0o600)
  try {
    await handle.writeFile(`${head.sequence} ${head.hash}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${path}.new`, path)
}

/** @throws {StoreError} STORE_CORRUPT when it is missing or unreadable */
export async function readHighWater(folder: string): Promise<HighWater> {
  const path = join(folder, FILE)
  const match = FORM.exec(await readFile(path, 'utf8').catch(() => ''))
  if (match?.[1] !== undefined && match[2] !== undefined) {
    return { sequence: Number(match[1]), hash: match[2] }
  }
  throw new StoreError(
    'STORE_CORRUPT',
    `${path}: expected how far the audit log had come, found nothing readable. Restore the data folder from a copy, as a whole.`,
  )
}
