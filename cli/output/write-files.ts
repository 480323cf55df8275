import { link, mkdir, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { stageFile, systemCode } from '@battery-passport/keys/files'
import { usageError } from '../errors.ts'
import { assertFree } from './assert-free.ts'

/** A file that is to be written. */
export interface OutputFile {
  readonly path: string
  readonly text: string | Uint8Array
}

/**
 * Writes files so that each is there whole or not at all. All bytes are on the disk under temporary
 * names before the first name appears; without `force` no existing file is replaced, and if one
 * cannot be written those of this call are taken away again.
 *
 * @throws {CommandError} usage: a name is taken, or a place cannot be written
 */
export async function writeFiles(
  files: readonly OutputFile[],
  { force }: { readonly force: boolean },
): Promise<void> {
  if (!force) await assertFree(files.map(({ path }) => path))
  const staged: { readonly path: string; readonly temporary: string }[] = []
  const done: string[] = []
  try {
    for (const { path, text } of files) {
      staged.push({ path, temporary: await stage(path, text) })
    }
    for (const { path, temporary } of staged) {
      await (force ? rename : link)(temporary, path).catch((error) => {
        throw unwritable(path, error)
      })
      done.push(path)
    }
  } catch (error) {
    if (!force) await removeAll(done)
    throw error
  } finally {
    await removeAll(staged.map(({ temporary }) => temporary))
  }
}

async function stage(path: string, text: string | Uint8Array): Promise<string> {
  try {
    await mkdir(dirname(path), { recursive: true })
    return await stageFile(path, text, 0o644)
  } catch (error) {
    throw unwritable(path, error)
  }
}

async function removeAll(paths: readonly string[]): Promise<void> {
  for (const path of paths) await unlink(path).catch(() => undefined)
}

function unwritable(path: string, error: unknown): unknown {
  const code = systemCode(error)
  if (code === null) return error
  return usageError({
    what: 'The file cannot be written.',
    where: path,
    expected: 'a place where a file can be written, and no file of this name',
    found: code,
    remedy: 'Check the folder, its rights and the space left on the disk.',
  })
}
