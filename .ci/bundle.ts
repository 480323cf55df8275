import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

/**
 * The second half of `npm run build`: writes what `battery-passport verify` needs into one file,
 * from the modules that were built, into `cli/dist/bundle`. Beside it `inputs.json` lists what
 * it was made of, for a bundle that is older than one of its modules is not used, `THIRD-PARTY.txt`
 * has the licence of every library that is in it, and `start.cjs.cache` what V8 compiled of it while
 * it verified a vector of the corpus: what that needs is ready, and nothing else is loaded.
 */

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'cli/dist')
const out = join(dist, 'bundle')
const program = join(out, 'start.cjs')

/** Accepted, and walked to its anchor over the longest way. */
const VECTOR = 'chain/eight-deep'

/** What `verify` of one passport never loads stays where it is. */
const verifyOnly: Plugin = {
  name: 'verify only',
  setup({ onResolve }) {
    onResolve({ filter: /\/(commands|bulk)\/[a-z-]+\.js$/ }, ({ path, kind, resolveDir }) => {
      if (kind !== 'dynamic-import' || path === './commands/verify.js') return undefined
      return { path: relative(out, join(resolveDir, path)), external: true }
    })
  },
}

async function bundle(): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: [join(dist, 'start.js')],
    absWorkingDir: root,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    outfile: program,
    define: { 'import.meta.url': 'url' },
    minifySyntax: true,
    minifyWhitespace: true,
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
    // The paths of the repository lead to the sources, past what was built.
    tsconfigRaw: '{}',
    plugins: [verifyOnly],
  })
  return Object.keys(metafile.inputs).filter((input) => existsSync(join(root, input)))
}

/** The folder of the package that a module of a library belongs to. */
function packageOf(input: string): string | null {
  return /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? null
}

function licenceOf(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
  const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'LICENSE-MIT', 'LICENCE']
    .map((name) => join(root, folder, name))
    .find(existsSync)
  const terms = file === undefined ? `Licence: ${manifest.license}` : readFileSync(file, 'utf8')
  return `${manifest.name} ${manifest.version}\n\n${terms.trim()}\n`
}

await rm(out, { recursive: true, force: true })
const inputs = await bundle()
const folders = new Set(inputs.map(packageOf).filter((folder) => folder !== null))
const licences = [...folders].sort().map(licenceOf)
await writeFile(join(out, 'THIRD-PARTY.txt'), licences.join(`\n${'-'.repeat(80)}\n\n`))
// Libraries change with what npm installs, which writes down what that was.
const own = inputs.filter((input) => packageOf(input) === null)
const listed = [...own, 'node_modules/.package-lock.json'].map((input) =>
  relative(dist, join(root, input)),
)
await writeFile(join(out, 'inputs.json'), JSON.stringify(listed))

/** Lets the program verify, in a process of its own, and keeps what V8 compiled for that. */
function compile(): void {
  const vector = join(root, 'test/conformance/vectors', VECTOR)
  const { at } = JSON.parse(readFileSync(join(vector, 'expect.json'), 'utf8'))
  const asked = ['verify', join(vector, 'input.json'), '--policy', join(vector, 'policy.json')]
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(root, '.ci/compile.mjs'), program, ...asked, '--at', at],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`the bundle does not verify ${vector}: ${stderr}`)
}
compile()
