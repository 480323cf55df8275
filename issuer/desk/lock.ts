import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { link, unlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { writeSynced } from '../durable-file.ts'
import { DeskError, systemCode } from './desk-error.ts'
import { textOf } from './text-of.ts'

/** A folder that only this holder has open. */
export interface FolderLock {
  release(): Promise<void>
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
 * @throws {DeskError} DESK_LOCKED, naming the process that holds it
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, LOCK)
  const mine = `${process.pid} ${startOf(process.pid)} ${hostname() || 'unknown'} ${randomUUID()}\n`
  const own = join(folder, `lock.${process.pid}.${randomUUID()}`)
  await writeSynced(own, mine, 'wx')
  try {
    if (!(await linked(own, path))) await takeOver(folder, own)
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

async function takeOver(folder: string, own: string): Promise<void> {
  const path = join(folder, LOCK)
  const found = await textOf(path)
  if (found === null || !isStale(found)) throw locked(folder, found)
  const takeover = join(folder, TAKEOVER)
  if (!(await linked(own, takeover))) {
    throw new DeskError('DESK_LOCKED', {
      place: takeover,
      expected: 'no such file',
      found: 'that another process is taking the desk over, or ended while it did',
      remedy: 'Try again; if no process uses the desk, delete this file.',
    })
  }
  try {
    if ((await textOf(path)) !== found) throw locked(folder, await textOf(path))
    await unlink(path)
    if (!(await linked(own, path))) throw locked(folder, await textOf(path))
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
  if (pid === '' || host !== (hostname() || 'unknown')) return false
  try {
    process.kill(Number(pid), 0)
  } catch (error) {
    return systemCode(error) === 'ESRCH'
  }
  // It runs: unless another process has its number now.
  const now = startOf(Number(pid))
  return start !== '' && now !== '' && now !== start
}

/** When a process began, in ticks since the start of the machine; empty where there is no /proc. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name of the program, in parentheses, may hold spaces; the 20th field after it is the start.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

function locked(folder: string, found: string | null): DeskError {
  const path = join(folder, LOCK)
  const [, pid, , host] = HOLDER.exec(found ?? '') ?? []
  const holder =
    pid === undefined
      ? 'a lock that cannot be read'
      : host === (hostname() || 'unknown')
        ? `that process ${pid} has it open`
        : `that process ${pid} on ${host} has it open`
  return new DeskError('DESK_LOCKED', {
    place: `desk ${folder}`,
    expected: 'one that no process has open',
    found: holder,
    remedy: `Wait until it ends; if no process uses the desk, delete ${path}.`,
  })
}
