import { link, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { stageFile, syncFolder } from './durable-file.ts'

/**
 * Writes a new file whole or not at all, readable by its owner only, and never over an existing one.
 *
 * The bytes are on the disk under a temporary name before the name appears; `link`, unlike `rename`,
 * fails when the name is taken, even by a process that takes it at this moment.
 *
 * @throws the error of the file system, with `code` `EEXIST` when the name is taken
 */
export async function writeOnce(path: string, text: string): Promise<void> {
  const temporary = await stageFile(path, text)
  try {
    await link(temporary, path)
  } finally {
    await unlink(temporary)
  }
  await syncFolder(dirname(path))
}
