import { randomBytes } from 'node:crypto'
import { link, open, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/**
 * Writes a new file whole or not at all, readable by its owner only, and never over an existing one.
 *
 * The bytes are on the disk under a temporary name before the name appears; `link`, unlike `rename`,
 * fails when the name is taken, even by a process that takes it at this moment.
 *
 * @throws the error of the file system, with `code` `EEXIST` when the name is taken
 */
export async function writeOnce(path: string, text: string): Promise<void> {
  const folder = dirname(path)
  const temporary = join(folder, `.${basename(path)}.${randomBytes(8).toString('hex')}.tmp`)
  const handle = await open(temporary, 'wx', 0o600)
  try {
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await link(temporary, path)
  } finally {
    await unlink(temporary)
  }
  await syncFolder(folder)
}

/** Without it a power cut may forget the name of a file whose bytes are safe. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
