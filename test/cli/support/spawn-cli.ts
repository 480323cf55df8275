import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { CliAnswer } from './run-cli.ts'

const MAIN = fileURLToPath(new URL('../../../cli/main.ts', import.meta.url))
const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** Prints the address of every module that is loaded to standard error. */
const SHOW_LOADS = `data:text/javascript,${encodeURIComponent(
  `import { register } from 'node:module'
register('data:text/javascript,' + encodeURIComponent(\`
import { writeSync } from 'node:fs'
export async function load(url, context, next) {
  writeSync(2, 'loads ' + url + '\\\\n')
  return next(url, context)
}\`))`,
)}`

/** Runs `battery-passport` as a process of its own. */
export function spawnCli(
  argv: readonly string[],
  options: { readonly stdin?: Uint8Array; readonly showLoads?: boolean } = {},
): Promise<CliAnswer> {
  const { stdin, showLoads = false } = options
  return new Promise((resolve, reject) => {
    const imports = ['--import', 'tsx', ...(showLoads ? ['--import', SHOW_LOADS] : [])]
    const child = spawn(process.execPath, [...imports, MAIN, ...argv], { cwd: ROOT })
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    child.on('error', reject)
    child.on('close', (code) =>
      resolve({
        code: code ?? -1,
        out: Buffer.concat(out).toString(),
        err: Buffer.concat(err).toString(),
      }),
    )
    child.stdin.end(stdin)
  })
}
