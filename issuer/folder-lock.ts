import { randomUUID } from 'node:crypto'
import { link, unlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { systemCode, writeSynced } from '@battery-passport/keys/files'
import { hasEnded, startOf } from './process-life.ts'
import { textOf } from './text-of.ts'

/** A folder that only this holder has open. */
export interface FolderLock {
  release(): Promise<void>
}

/** What keeps a folder from being taken. */
export interface FolderHolder {
  /** The file that says so: to be deleted by hand if no process uses the folder. */
  readonly file: string
  /** Who it is, as in "expected …, found that process 7 has it open". */
  readonly found: string
}

const LOCK = 'lock'
const TAKEOVER = 'lock.takeover'
const HOLDER = /^(\d{1,10}) (\d*) (\S+) (\S+)\n$/

/**
 * Takes a folder for this process. The lock names its holder: a lock of a process that has ended is
 * taken over, one of a process that runs, or runs on another machine, never is.
 *
 * The file appears with its content in one step (a hard link), so nobody reads half a lock; and
 * only who holds the takeover file removes a stale one, so that of two processes that both find it
 * stale the second does not remove the new lock of the first.
 *
 * @param folder its real path
 * @param refusal the error that is thrown when someone else has the folder
 */
export async function lockFolder(
  folder: string,
  refusal: (holder: FolderHolder) => Error,
): Promise<FolderLock> {
  const path = join(folder, LOCK)
  const mine = `${process.pid} ${startOf(process.pid)} ${machine()} ${randomUUID()}\n`
  const own = join(folder, `lock.${process.pid}.${randomUUID()}`)
  await writeSynced(own, mine, 'wx')
  try {
    if (!(await linked(own, path))) {
      const holder = await takeOver(folder, own)
      if (holder !== null) throw refusal(holder)
    }
  } finally {
    await unlink(own)
  }
  return {
    async release() {
      // Never removes what someone else put there, by hand, in the meantime.
      if ((await textOf(path)) === mine) await unlink(path)
    },
  }
}

/** Who has a folder open, or null: a lock of a process that has ended holds nothing. */
export async function holderOfFolder(folder: string): Promise<FolderHolder | null> {
  const file = join(folder, LOCK)
  const text = await textOf(file)
  return text === null || isStale(text) ? null : { file, found: holderIn(text) }
}

/** Who keeps the folder, or null if it was taken over. */
async function takeOver(folder: string, own: string): Promise<FolderHolder | null> {
  const file = join(folder, LOCK)
  const held = (text: string | null) => ({ file, found: holderIn(text ?? '') })
  const stale = await textOf(file)
  if (stale === null || !isStale(stale)) return held(stale)
  const takeover = join(folder, TAKEOVER)
  if (!(await linked(own, takeover))) {
    return {
      file: takeover,
      found: 'that another process is taking it over, or ended while it did',
    }
  }
  try {
    const now = await textOf(file)
    if (now !== stale) return held(now)
    await unlink(file)
    return (await linked(own, file)) ? null : held(await textOf(file))
  } finally {
    await unlink(takeover)
  }
}

/** Whether the link was made; false if the name is taken. */
async function linked(existing: string, path: string): Promise<boolean> {
  try {
    await link(existing, path)
    return true
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false
    throw error
  }
}

/** Whether the process that wrote a lock has ended for certain. */
function isStale(text: string): boolean {
  const [, pid = '', start = '', host = ''] = HOLDER.exec(text) ?? []
  return pid !== '' && host === machine() && hasEnded(Number(pid), start)
}

function holderIn(text: string): string {
  const [, pid, , host] = HOLDER.exec(text) ?? []
  if (pid === undefined) return 'a lock that cannot be read'
  return host === machine()
    ? `that process ${pid} has it open`
    : `that process ${pid} on ${host} has it open`
}

function machine(): string {
  return hostname() || 'unknown'
}
