import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Files of an issuer: its owner alone reads and writes them. */
export const FILE_MODE = 0o600
/** Folders of an issuer, likewise. */
export const FOLDER_MODE = 0o700

/**
 * Writes a file so that after a crash there is the old one or the new one, whole: the bytes reach
 * the disk before the name does, and the name before this returns.
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
  text: string,
  flags: 'w' | 'a' | 'wx',
): Promise<void> {
  const handle = await open(path, flags, FILE_MODE)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Makes created and renamed names in a folder last. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
