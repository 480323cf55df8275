import { lstat } from 'node:fs/promises'
import { type Complaint, usageError } from '../errors.ts'

/**
 * Makes sure, before any work is done, that nothing would be overwritten: neither a file on the
 * disk nor one output by another.
 *
 * @throws {CommandError} usage, naming every name that is taken
 */
export async function assertFree(paths: readonly string[]): Promise<void> {
  const complaints: Complaint[] = []
  const seen = new Set<string>()
  for (const path of paths) {
    if (seen.has(path)) {
      complaints.push({
        what: 'Two outputs would have the same name.',
        where: path,
        remedy: 'Write them in two runs, to two folders.',
      })
    } else if (await exists(path)) {
      complaints.push({
        what: 'The output exists already; it is not overwritten.',
        where: path,
        expected: 'a new name',
        found: 'a file',
        remedy: 'Choose another place, or add --force to replace it.',
      })
    }
    seen.add(path)
  }
  if (complaints.length > 0) throw usageError(...complaints)
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}
