import { existsSync, readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

/**
 * The second half of `npm run build`: writes what `battery-passport verify` needs into few files,
 * from the modules that were built, into `cli/dist/bundle`. Beside them `inputs.json` lists what
 * they were made of, for a bundle that is older than one of its modules is not used, and
 * `THIRD-PARTY.txt` has the licence of every library that is in them.
 */

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'cli/dist')
const out = join(dist, 'bundle')

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
    format: 'esm',
    splitting: true,
    platform: 'node',
    target: 'node20',
    outdir: out,
    chunkNames: '[name]-[hash]',
    minifySyntax: true,
    minifyWhitespace: true,
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
    // Libraries in the older module format ask for parts of Node.
    banner: {
      js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
    },
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
