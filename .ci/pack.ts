import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'

/**
 * `npm run pack [-- --out DIR]`: writes the tarball of every package into `build/packages`. They are
 * installed together, for each asks for exactly the version of its siblings that stands beside it.
 * What is built is packed, but for leftovers of earlier builds.
 */

interface Manifest {
  readonly name: string
  readonly version: string
  readonly workspaces?: readonly string[]
  readonly dependencies?: Readonly<Record<string, string>>
}

const root = fileURLToPath(new URL('..', import.meta.url))

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

/** A package that asked for another version of its sibling could not be installed from these files. */
function checkSiblings(manifests: readonly Manifest[]): void {
  const versions = new Map(manifests.map(({ name, version }) => [name, version]))
  for (const { name, dependencies = {} } of manifests) {
    for (const [sibling, wanted] of Object.entries(dependencies)) {
      const found = versions.get(sibling)
      if (found === undefined || found === wanted) continue
      throw new Error(
        `${name}, dependencies: expected ${sibling} in version ${found}, found ${wanted}. Change the package.json of ${name}.`,
      )
    }
  }
}

/** Copies a package to a folder of its own, with what must be in every copy of it. */
async function stage(folder: string, { name }: Manifest, into: string): Promise<void> {
  if (!existsSync(join(folder, 'dist/index.js'))) {
    throw new Error(`${name}: expected dist/index.js, found none. Run npm run build first.`)
  }
  const filter = (path: string) => isWanted(folder, relative(folder, path))
  await cp(folder, into, { recursive: true, filter })
  for (const file of ['LICENSE', 'NOTICE']) await cp(join(root, file), join(into, file))
}

/**
 * Of `dist` only what was compiled from a file that is still there, and the bundle; its list of what
 * it was made of is for the repository, where that changes.
 */
function isWanted(folder: string, path: string): boolean {
  const [first, ...below] = path.split(sep)
  if (first === 'node_modules') return false
  const name = below.at(-1)
  if (first === 'dist' && below[0] === 'bundle') return name !== 'inputs.json'
  if (first !== 'dist' || name === undefined || !name.includes('.')) return true
  const source = name.replace(/\.(d\.ts|js)$/, '.ts')
  return source !== name && existsSync(join(folder, ...below.slice(0, -1), source))
}

async function lint(folder: string, { name }: Manifest): Promise<void> {
  const { messages, pkg } = await publint({ pkgDir: folder, pack: false, strict: true })
  if (messages.length === 0) return
  const lines = messages.map((message) => formatMessage(message, pkg, { color: false }))
  throw new Error(`${name}: ${lines.join('; ')}`)
}

async function pack(out: string): Promise<void> {
  await mkdir(out, { recursive: true })
  const folders = (manifestOf(root).workspaces ?? []).map((workspace) => join(root, workspace))
  const manifests = folders.map(manifestOf)
  checkSiblings(manifests)
  const staging = await mkdtemp(join(tmpdir(), 'battery-passport-pack-'))
  try {
    for (const [index, folder] of folders.entries()) {
      const manifest = manifestOf(folder)
      const staged = join(staging, String(index))
      await stage(folder, manifest, staged)
      await lint(staged, manifest)
      const options = ['pack', '--ignore-scripts', '--silent', '--pack-destination', out]
      const file = execFileSync('npm', options, { cwd: staged, encoding: 'utf8' }).trim()
      process.stdout.write(`${join(out, file)}\n`)
    }
  } finally {
    await rm(staging, { recursive: true })
  }
}

const { values } = parseArgs({ options: { out: { type: 'string' } } })
await pack(resolve(values.out ?? join(root, 'build/packages')))
