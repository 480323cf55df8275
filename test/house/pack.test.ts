import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { clockAt } from '../support/consortium/dates.ts'
import { Consortium } from '../support/consortium.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const VERIFIER = ['contexts', 'keys', 'rulebooks', 'verifier']
const PACKAGES = [...VERIFIER, 'issuer', 'cli']

describe('the tarballs of the packages', function () {
  this.timeout(300_000)
  let folder: string
  let tarballs: string
  let app: string

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'pack-'))
    tarballs = join(folder, 'tarballs')
    app = join(folder, 'verifier')
    const args = ['--import', 'tsx', '.ci/pack.ts', '--out', tarballs]
    const packed = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
    assert.equal(packed.status, 0, packed.stderr)
  })

  after(() => rmSync(folder, { recursive: true }))

  it('are one a package, all of one version', () => {
    const expected = PACKAGES.map((name) => `battery-passport-${name}-0.1.0.tgz`)
    assert.deepEqual(readdirSync(tarballs).sort(), expected.sort())
  })

  describe('of the verifier and its siblings, in an empty folder', () => {
    before(function () {
      if (!install(app, VERIFIER)) this.skip()
    })

    it('bring neither a server nor a database', () => {
      for (const name of ['express', 'level', 'classic-level', 'commander', 'helmet']) {
        assert.equal(existsSync(join(app, 'node_modules', name)), false, name)
      }
    })

    it('hold nothing but what was compiled, schemas, contexts, the licence and its notice', () => {
      for (const name of VERIFIER) {
        const shipped = readdirSync(join(app, 'node_modules/@battery-passport', name))
        const others = shipped.filter((entry) => !/\.jsonld$|^(dist|schemas)$/.test(entry))
        assert.deepEqual(others.sort(), ['LICENSE', 'NOTICE', 'package.json'], name)
      }
    })

    it('run the program of the README on a presentation', async () => {
      const consortium = await Consortium.assemble({ method: 'esg' })
      const policy = consortium.policyDocument()
      writeFileSync(join(app, 'presentation.json'), await consortium.presentation())
      writeFileSync(join(app, 'policy.json'), JSON.stringify(policy))
      writeFileSync(join(app, 'program.mjs'), programOfReadme())
      writeFileSync(join(app, 'clock.mjs'), `Date.now = () => ${clockAt().now() * 1000}`)
      const args = ['--import', './clock.mjs', 'program.mjs']
      const run = spawnSync(process.execPath, args, { cwd: app, encoding: 'utf8' })
      assert.equal(run.status, 0, run.stderr)
      assert.match(run.stdout, /^[A-F] \d+\n/)
      assert.match(run.stdout, /^note ILLUSTRATIVE /m)
      assert.doesNotMatch(run.stdout, /^(error|unknown) /m)
    })
  })

  it('of all packages bring the command', function () {
    const whole = join(folder, 'whole')
    if (!install(whole, PACKAGES)) this.skip()
    const command = join(whole, 'node_modules/.bin/battery-passport')
    const run = spawnSync(command, ['--version'], { encoding: 'utf8' })
    assert.equal(run.stdout, '0.1.0\n', run.stderr)
    const bundle = readdirSync(join(whole, 'node_modules/@battery-passport/cli/dist/bundle'))
    // Not inputs.json: it would compare the bundle with files that are not shipped.
    const expected = ['THIRD-PARTY.txt', 'start.cjs', 'start.cjs.cache']
    assert.deepEqual(bundle.sort(), expected)
  })
})

/** False where npm's cache lacks what the tarballs need from others: no test asks a network. */
function install(app: string, names: readonly string[]): boolean {
  mkdirSync(app)
  const manifest = { private: true, overrides: lockedVersions() }
  writeFileSync(join(app, 'package.json'), JSON.stringify(manifest))
  const files = names.map((name) => `../tarballs/battery-passport-${name}-0.1.0.tgz`)
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier']
  const args = ['install', '--offline', ...quiet, '--prefix', app, ...files]
  const installed = spawnSync('npm', args, { cwd: app, encoding: 'utf8' })
  if (installed.status !== 0 && /ENOTCACHED/.test(installed.stderr)) return false
  assert.equal(installed.status, 0, installed.stderr)
  return true
}

/** The versions this repository was installed with: newer ones are in no cache. */
function lockedVersions(): Record<string, string> {
  const { packages }: { packages: Record<string, { version?: string; link?: boolean }> } =
    JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const versions = new Map<string, Set<string>>()
  for (const [path, { version, link }] of Object.entries(packages)) {
    const name = path.split('node_modules/').at(-1) ?? ''
    if (!path.includes('node_modules/') || link === true || version === undefined) continue
    versions.set(name, new Set([...(versions.get(name) ?? []), version]))
  }
  const only = [...versions].filter(([, found]) => found.size === 1)
  return Object.fromEntries(only.map(([name, [version = '']]) => [name, version]))
}

/** What the README shows to verify in a program. */
function programOfReadme(): string {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const programs = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => match[1] ?? '')
  const program = programs.find((text) => text.includes('verifyPassport'))
  assert.ok(program !== undefined, 'the README shows no program that verifies')
  return program
}
