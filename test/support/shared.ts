import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Vectors and data that stand beside the project; `PASSPORT_SHARED` names another place. */
const folder =
  process.env.PASSPORT_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url))

/** A suite that needs one of those files or folders, or is reported as skipped where it is absent. */
export function describeShared(title: string, path: string, suite: (path: string) => void): void {
  const full = join(folder, path)
  if (existsSync(full)) describe(title, () => suite(full))
  else describe.skip(title, () => it(`needs ${path}`, () => {}))
}

/** A text file of the suite's folder, without the line end that editors leave. */
export function readText(...path: readonly string[]): string {
  return readFileSync(join(...path), 'utf8').trimEnd()
}
