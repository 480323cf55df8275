import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { build, type Metafile } from 'esbuild'

/**
 * `npm run build:browser [-- --out DIR]`: writes the verifier as ES modules for a browser into
 * `build/browser`, with what is only loaded when it is needed in files of its own, and says what
 * each file weighs. It bundles what is built, as the program of a page would.
 */

const root = fileURLToPath(new URL('..', import.meta.url))

const ENTRY = `export {
  createVerifier,
  FINDING_KINDS,
  pinnedFiles,
  readPolicy,
} from '@battery-passport/verifier'
`

async function bundle(out: string): Promise<Metafile> {
  const { metafile } = await build({
    stdin: { contents: ENTRY, resolveDir: root, sourcefile: 'verifier.js' },
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    splitting: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    outdir: out,
    entryNames: 'verifier',
    chunkNames: '[name]-[hash]',
    metafile: true,
    legalComments: 'linked',
    // The paths of the repository lead to the sources, past the exports of the packages.
    tsconfigRaw: '{}',
  })
  return metafile
}

/** The files that come with the first one. */
function loadedAtOnce({ outputs }: Metafile): readonly string[] {
  const entry = Object.keys(outputs).find((file) => file.endsWith('/verifier.js'))
  const found = new Set(entry === undefined ? [] : [entry])
  for (const file of found) {
    for (const { path, kind } of outputs[file]?.imports ?? []) {
      if (kind === 'import-statement') found.add(path)
    }
  }
  return [...found]
}

const { values } = parseArgs({ options: { out: { type: 'string' } } })
const out = resolve(values.out ?? join(root, 'build/browser'))
await rm(out, { recursive: true, force: true })
await mkdir(out, { recursive: true })
const metafile = await bundle(out)
await writeFile(join(out, 'meta.json'), JSON.stringify(metafile))
const first = loadedAtOnce(metafile)
let total = 0
for (const file of Object.keys(metafile.outputs).filter((name) => name.endsWith('.js'))) {
  const size = gzipSync(await readFile(join(root, file)), { level: 9 }).length
  const isFirst = first.includes(file)
  total += isFirst ? size : 0
  process.stdout.write(`${size} bytes gzip, ${isFirst ? 'at once' : 'when needed'}: ${file}\n`)
}
process.stdout.write(`${total} bytes gzip at once\n`)
