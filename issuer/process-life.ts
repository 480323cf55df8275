import { readFileSync } from 'node:fs'
import { systemCode } from '@battery-passport/keys/files'

/** When a process of this machine began, in ticks since the machine did; empty where that is not told. */
export function startOf(pid: number): string {
  return statOf(pid).start
}

/**
 * Whether a process of this machine has ended for certain.
 *
 * @param start when it began, see `startOf`: another process may have its number by now
 */
export function hasEnded(pid: number, start: string): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return systemCode(error) === 'ESRCH'
  }
  const now = statOf(pid)
  // A zombie has ended, and only waits for its parent to look.
  if (now.state === 'Z') return true
  return start !== '' && now.start !== '' && now.start !== start
}

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
