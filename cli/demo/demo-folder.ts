import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { holderOfFolder } from '@battery-passport/issuer/service'
import { systemCode } from '@battery-passport/keys/files'
import { usageError } from '../errors.ts'

/** The folder that `demo` leaves unless told otherwise. */
export const DEMO_FOLDER = '.demo'

/** Says that a folder is the demo's own, so that the next run may replace it. */
const MARK = 'made-by-battery-passport-demo'

/**
 * Makes sure that a folder may be replaced: it is not there, empty, or left by an earlier demo that
 * nobody serves.
 *
 * @throws {CommandError} usage: it holds something else, or is in use
 */
export async function checkReplaceable(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null)
  if (found === null) return
  const names = found.isDirectory() ? await readdir(folder) : [basename(folder)]
  const isOurs = found.isDirectory() && (names.length === 0 || names.includes(MARK))
  if (!isOurs) {
    throw usageError({
      what: 'The folder holds something that is not the demo’s; it is not replaced.',
      where: folder,
      expected: 'a new or empty folder, or one that an earlier demo left',
      found: names.slice(0, 5).join(', '),
      remedy: 'Name another folder, or remove this one yourself.',
    })
  }
  const holder = await holderOfFolder(join(folder, 'data'))
  if (holder === null) return
  throw usageError({
    what: 'A service still runs on what an earlier demo left; it is not replaced.',
    where: folder,
    expected: 'a folder that no service holds',
    found: holder.found,
    remedy: `Stop the service, or name another folder with --state; if no process uses it, delete ${holder.file}.`,
  })
}

/**
 * Two folders of which one would take the other away when it is put in place.
 *
 * @throws {CommandError} usage
 */
export function checkApart(state: string, out: string): void {
  const [a, b] = [resolve(state) + sep, resolve(out) + sep]
  if (!a.startsWith(b) && !b.startsWith(a)) return
  throw usageError({
    what: 'The two folders of the demo lie within each other.',
    where: '--out',
    expected: `a folder apart from ${state}`,
    found: out,
    remedy: 'Name another folder.',
  })
}

/**
 * A new folder beside the one it will become, so that putting it in place is one step.
 *
 * @throws {CommandError} usage: nothing can be written there
 */
export async function stagingFolder(target: string): Promise<string> {
  try {
    await mkdir(dirname(resolve(target)), { recursive: true })
    const folder = await mkdtemp(`${resolve(target)}-`)
    await writeFile(join(folder, MARK), 'This folder is replaced when the demo runs again.\n')
    return folder
  } catch (error) {
    const code = systemCode(error)
    if (code === null) throw error
    throw usageError({
      what: 'The folder of the demo cannot be made.',
      where: target,
      expected: 'a place where folders can be made',
      found: code,
      remedy: 'Name another place.',
    })
  }
}

/**
 * Puts a finished folder in its place; what an earlier demo left there goes.
 *
 * @param mode who may read it
 */
export async function putInPlace(staging: string, target: string, mode: number): Promise<void> {
  await checkReplaceable(target)
  await chmod(staging, mode)
  const old = `${staging}.old`
  const isThere = await stat(target).then(
    () => true,
    () => false,
  )
  if (isThere) await rename(target, old)
  await rename(staging, target)
  await rm(old, { recursive: true, force: true })
}
