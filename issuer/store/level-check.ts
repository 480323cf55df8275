import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { databaseFolder, missing } from './level-folder.ts'
import { liveTables } from './level-manifest.ts'
import { checkTable } from './level-table.ts'
import { StoreError } from './store-error.ts'
import { unreadable } from './unreadable.ts'

/**
 * Reads every table of a closed database through, before LevelDB may copy what is damaged into new
 * tables with right checksums. Its logs it checks itself, and leaves out what is damaged: that the
 * audit log and the high-water mark tell.
 *
 * @throws {StoreError} STORE_MISSING, STORE_UNREADABLE, STORE_CORRUPT
 */
export async function checkDatabase(folder: string): Promise<void> {
  const level = databaseFolder(folder)
  const current = join(level, 'CURRENT')
  const text = await readFile(current, 'latin1').catch((error: unknown) => {
    throw unreadable(current, error) ?? missing(folder, error)
  })
  const name = text.trimEnd()
  // A flipped bit must not lead out of the folder.
  if (!/^MANIFEST-\d+$/.test(name)) throw damaged(current, 'it names no manifest')
  const live = await reading(join(level, name), liveTables)
  for (const [number, size] of live) {
    const path = join(level, `${String(number).padStart(6, '0')}.ldb`)
    await reading(path, (table) => {
      if (table.length !== size) throw new RangeError(`it has ${table.length} bytes, not ${size}`)
      checkTable(table)
    })
  }
}

async function reading<T>(path: string, check: (bytes: Uint8Array) => T): Promise<T> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw unreadable(path, error) ?? damaged(path, 'it is gone', error)
  })
  try {
    return check(bytes)
  } catch (error) {
    throw damaged(path, error instanceof Error ? error.message : String(error), error)
  }
}

function damaged(path: string, why: string, cause?: unknown): StoreError {
  return new StoreError(
    'STORE_CORRUPT',
    `${path}: expected the bytes that were written, found others: ${why}. The disk or the file was damaged: restore the data folder from a copy, as a whole.`,
    { cause },
  )
}
