import { readFileSync } from 'node:fs'
import { open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { FILE_MODE } from '../durable-file.ts'
import { StoreError } from './store-error.ts'

/** A folder that only this holder may open. */
export interface FolderLock {
  release(): Promise<void>
}

const LOCK_FILE = 'lock'

/**
 * Folders this process has open. LevelDB drops its lock when one process opens a folder twice and
 * closes one of them, so the second opening must never reach it.
 */
const heldHere = new Set<string>()

/**
 * Takes a folder for this process, before the database is opened in it.
 *
 * @param folder its real path
 * @throws {StoreError} STORE_LOCKED, naming the process that holds it
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  if (heldHere.has(folder)) throw locked(folder, process.pid)
  heldHere.add(folder)
  const file = join(folder, LOCK_FILE)
  try {
    await takeFile(folder, file)
  } catch (error) {
    heldHere.delete(folder)
    throw error
  }
  return {
    async release() {
      await rm(file, { force: true })
      heldHere.delete(folder)
    },
  }
}

async function takeFile(folder: string, file: string): Promise<void> {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = await open(file, 'wx', FILE_MODE)
      try {
        await handle.writeFile(`${process.pid} ${statOf(process.pid).start}\n`)
      } finally {
        await handle.close()
      }
      return
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    const holder = /^(\d{1,10}) (\S*)\n$/.exec(await readFile(file, 'utf8').catch(() => ''))
    const pid = Number(holder?.[1] ?? Number.NaN)
    if (holder === null || isRunning(pid, holder[2] ?? '')) throw locked(folder, pid)
    // Its process ended without letting go. Two that find this at once meet the database's own lock.
    await rm(file, { force: true })
  }
  throw locked(folder, Number.NaN)
}

/** Whether the process that wrote the lock still runs, and is not another with its number. */
function isRunning(pid: number, start: string): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  const { state, start: now } = statOf(pid)
  // A zombie has ended, and only waits for its parent to look.
  return state !== 'Z' && (now === '' || start === '' || now === start)
}

/** State of a process, and when it began in ticks since the start of the machine; empty without /proc. */
function statOf(pid: number): { readonly state: string; readonly start: string } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name of the program, in parentheses, may hold spaces: the fields are counted after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', start: fields[19] ?? '' }
  } catch {
    return { state: '', start: '' }
  }
}

function locked(folder: string, pid: number): StoreError {
  const holder = Number.isNaN(pid) ? 'another process' : `process ${pid}`
  return new StoreError(
    'STORE_LOCKED',
    `data folder ${folder}: expected one that no process holds, found that ${holder} has it open. Stop that service, or give this one a folder of its own.`,
  )
}
