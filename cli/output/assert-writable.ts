import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Complaint, usageError } from '../errors.ts'

/**
 * Makes sure, before anything is signed, that files can be written: the folder each goes to exists,
 * or can be made, and may be written, and no folder has its name.
 *
 * @throws {CommandError} usage, naming every place that cannot be written
 */
export async function assertWritable(paths: readonly string[]): Promise<void> {
  const complaints = new Map<string, Complaint>()
  for (const path of paths) {
    const here = await kindOf(path)
    if (here === 'folder') complaints.set(path, unwritable(path, 'the name of a file', 'a folder'))
    const folder = await nearestExisting(dirname(path))
    const kind = await kindOf(folder)
    if (kind === 'file') complaints.set(folder, unwritable(folder, 'a folder', 'a file'))
    else if (!(await mayWrite(folder))) {
      complaints.set(
        folder,
        unwritable(folder, 'a folder that you may write to', 'one that is not'),
      )
    }
  }
  if (complaints.size > 0) throw usageError(...complaints.values())
}

function unwritable(where: string, expected: string, found: string): Complaint {
  return {
    what: 'The output cannot be written there; nothing was signed.',
    where,
    expected,
    found,
    remedy: 'Choose another place with --out.',
  }
}

async function nearestExisting(folder: string): Promise<string> {
  let path = folder
  while ((await kindOf(path)) === 'nothing' && dirname(path) !== path) path = dirname(path)
  return path
}

/** A name below a file is nothing, too. */
function kindOf(path: string): Promise<'file' | 'folder' | 'nothing'> {
  return stat(path).then(
    (entry) => (entry.isDirectory() ? 'folder' : 'file'),
    () => 'nothing',
  )
}

function mayWrite(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )
}
