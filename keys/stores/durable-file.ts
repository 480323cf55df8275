import { randomBytes } from 'node:crypto'
import { open, rename, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Files that their owner alone reads and writes. */
export const FILE_MODE = 0o600
/** Folders, likewise. */
export const FOLDER_MODE = 0o700

/**
 * Writes a file so that after a crash there is the old one or the new one, whole: the bytes reach
 * the disk before the name does, and the name before this returns. Only for a folder that nobody
 * else writes to.
 */
export async function writeDurably(path: string, text: string): Promise<void> {
  const next = `${path}.new`
  await writeSynced(next, text, 'w')
  await rename(next, path)
  await syncFolder(dirname(path))
}

/**
 * Writes bytes to the disk itself, under a name that may not last yet.
 *
 * @param flags `w` to write anew, `a` to append, `wx` to refuse an existing file
 */
export async function writeSynced(
  path: string,
  text: string | Uint8Array,
  flags: 'w' | 'a' | 'wx',
  mode = FILE_MODE,
): Promise<void> {
  const handle = await open(path, flags, mode)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Writes what is to become a file, beside it and under a name that nobody else takes: whole, or
 * not there.
 *
 * @returns the temporary name; whoever links or renames it also removes it
 */
export async function stageFile(
  path: string,
  text: string | Uint8Array,
  mode = FILE_MODE,
): Promise<string> {
  const random = randomBytes(8).toString('hex')
  const temporary = join(dirname(path), `.${basename(path)}.${random}.tmp`)
  try {
    await writeSynced(temporary, text, 'wx', mode)
    return temporary
  } catch (error) {
    await unlink(temporary).catch(() => undefined)
    throw error
  }
}

/** Makes created and renamed names in a folder last: a power cut may forget them otherwise. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folder, and keeps names with the files.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
