import { mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { usageError } from '../errors.ts'

/** Says that a folder is the demo's own, so that the next run may replace it. */
const MARK = 'made-by-battery-passport-demo'

/**
 * Makes sure that a folder may be replaced: it is not there, empty, or left by an earlier demo.
 *
 * @throws {CommandError} usage: it holds something else
 */
export async function checkReplaceable(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null)
  if (found === null) return
  const names = found.isDirectory() ? await readdir(folder) : [basename(folder)]
  if (found.isDirectory() && (names.length === 0 || names.includes(MARK))) return
  throw usageError({
    what: 'The folder holds something that is not the demo’s; it is not replaced.',
    where: folder,
    expected: 'a new or empty folder, or one that an earlier demo left',
    found: names.slice(0, 5).join(', '),
    remedy: 'Name another folder, or remove this one yourself.',
  })
}

/** A new folder beside the one it will become, so that putting it in place is one step. */
export async function stagingFolder(target: string): Promise<string> {
  const folder = await mkdtemp(`${resolve(target)}-`)
  await writeFile(join(folder, MARK), 'This folder is replaced when the demo runs again.\n')
  return folder
}

/** Puts a finished folder in its place; what an earlier demo left there goes. */
export async function putInPlace(staging: string, target: string): Promise<void> {
  await checkReplaceable(target)
  const old = join(dirname(staging), `${basename(staging)}.old`)
  const isThere = await stat(target).then(
    () => true,
    () => false,
  )
  if (isThere) await rename(target, old)
  await rename(staging, target)
  await rm(old, { recursive: true, force: true })
}
