import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The program in one file that `npm run build` makes beside the modules, where there is
 * one and it has what is called: `verify` of one passport. It is made of the modules themselves, and
 * left alone when any of them was changed since: a guard that was mended must not wait for a build.
 *
 * @param argv the words after the name of the program
 * @param folder where the built modules of this package are
 */
export function bundledStart(argv: readonly string[], folder: string): string | null {
  // A delivery starts threads, which are modules of their own.
  if (argv[0] !== 'verify' || argv.some((word) => word.startsWith('--bulk'))) return null
  const program = join(folder, 'bundle', 'start.cjs')
  return existsSync(program) && isCurrent(folder, program) ? program : null
}

/** A package that was installed has no list of what its bundle was made of: nothing changes there. */
function isCurrent(folder: string, program: string): boolean {
  const list = join(folder, 'bundle', 'inputs.json')
  if (!existsSync(list)) return true
  const inputs: unknown = JSON.parse(readFileSync(list, 'utf8'))
  if (!Array.isArray(inputs)) return false
  const { mtimeMs: made } = statSync(program)
  return inputs.every((input) => {
    const changed = statSync(join(folder, String(input)), { throwIfNoEntry: false })
    return changed !== undefined && changed.mtimeMs <= made
  })
}
