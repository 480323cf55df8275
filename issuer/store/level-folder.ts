import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { systemCode } from '@battery-passport/keys/files'
import { Level } from 'level'
import { StoreError } from './store-error.ts'

/** Keys and sealed values of a data folder. */
export type Database = Level<string, Uint8Array>

/**
 * How much is kept in memory, and in one log, before it is sorted into a table: eight times what is
 * usual, for passports are larger than usual values, and every sorting writes them once more.
 */
const WRITE_BUFFER_BYTES = 32 * 1024 * 1024

/** Where the database lies in a data folder. */
export function databaseFolder(folder: string): string {
  return join(folder, 'level')
}

/** The database of a data folder, not open yet. */
export function newDatabase(folder: string): Database {
  return new Level<string, Uint8Array>(databaseFolder(folder), {
    keyEncoding: 'utf8',
    valueEncoding: 'view',
    createIfMissing: false,
    writeBufferSize: WRITE_BUFFER_BYTES,
  })
}

/**
 * Opens one that `checkDatabase` has found there and sound; it never creates one.
 *
 * @throws {StoreError} STORE_LOCKED, STORE_UNREADABLE, STORE_CORRUPT
 */
export async function openDatabase(db: Database, folder: string): Promise<void> {
  try {
    await db.open({ createIfMissing: false })
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined
    const code = systemCode(cause)
    if (code === 'LEVEL_LOCKED') {
      throw new StoreError(
        'STORE_LOCKED',
        `data folder ${folder}: expected one that no process holds, found that another has it open. Stop that service, or give this one a folder of its own.`,
        { cause: error },
      )
    }
    if (code === 'LEVEL_IO_ERROR' && cause instanceof Error) {
      throw new StoreError(
        'STORE_UNREADABLE',
        `data folder ${folder}: expected a database that opens, found ${cause.message}. Mend what the system says and start again.`,
        { cause: error },
      )
    }
    throw new StoreError(
      'STORE_CORRUPT',
      `data folder ${folder}: expected a database that opens, found one that does not. Restore the folder from a copy.`,
      { cause: error },
    )
  }
}

/**
 * Refuses a folder that others may read or change.
 *
 * @throws {StoreError} STORE_PERMISSIONS
 */
export async function assertPrivate(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const { mode } = await lstat(folder)
  if ((mode & 0o077) === 0) return
  throw new StoreError(
    'STORE_PERMISSIONS',
    `data folder ${folder}: expected mode 0700 or less, found ${(mode & 0o777).toString(8).padStart(4, '0')}. Others may read or change what is kept: run chmod 700 on it after looking why.`,
  )
}

/** There is no store in the folder. */
export function missing(folder: string, cause?: unknown): StoreError {
  return new StoreError(
    'STORE_MISSING',
    `data folder ${folder}: expected a store, found none. The first time, start with --init, which makes one; a lost one must be restored from a copy, not made anew.`,
    { cause },
  )
}
