import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FINDING_KINDS } from '@battery-passport/verifier'
import { corpusFiles } from './generator/files.ts'
import { graveCodes, storedVector, storedVectors, VECTORS, verdictOn } from './stored.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Codes that no vector can have yet: what emits them cannot be reached through the command. Whoever
 * makes one reachable adds a vector and takes it out; the test says so.
 */
const NOT_EMITTED: readonly string[] = []

describe('the conformance corpus', function () {
  this.timeout(600_000)
  const vectors = storedVectors()
  const accepted = vectors.filter(({ expected }) => expected.outcome === 'accepted')

  /** An honest presentation with a graph, texts and an envelope in it. */
  const honest = storedVector('suites/mixed')

  for (const vector of vectors) {
    const { name, expected } = vector
    it(`${name}: ${expected.outcome} ${expected.codes.join(', ')}`.trimEnd(), async () => {
      const verdict = await verdictOn(vector)
      const { outcome, findings, score } = verdict
      assert.deepEqual(
        { outcome, codes: graveCodes(verdict) },
        { outcome: expected.outcome, codes: expected.codes },
        JSON.stringify(findings, null, 1),
      )
      const codes: readonly string[] = findings.map(({ code }) => code)
      for (const also of expected.also ?? []) assert.ok(codes.includes(also), `no ${also}`)
      if (expected.score === undefined) assert.equal(score, null)
      else {
        assert.ok(score !== null)
        const { value, upper, coverage } = score
        assert.deepEqual({ value, upper, coverage }, expected.score)
      }
      // What was hostile must have left nothing behind in this process.
      assert.equal((await verdictOn(honest)).outcome, 'accepted')
      assert.deepEqual(Object.keys(Object.getPrototypeOf({})), [])
    })
  }

  it('has at least 300 vectors, of which at least 65 % are not accepted', () => {
    assert.ok(vectors.length >= 300, `${vectors.length}`)
    assert.ok(accepted.length <= vectors.length * 0.35, `${accepted.length} accepted`)
  })

  it('has three vectors that are not accepted beside each that is', () => {
    for (const { name } of accepted) {
      const siblings = vectors.filter(({ expected }) => expected.siblingOf === name)
      assert.ok(siblings.length >= 3, `${name} has ${siblings.length}`)
      assert.ok(siblings.every(({ expected }) => expected.outcome !== 'accepted'))
    }
  })

  it('has every code of the table, except those that are named here', () => {
    const seen = new Set(
      vectors.flatMap(({ expected: { codes, also = [] } }) => [...codes, ...also]),
    )
    const missing = Object.keys(FINDING_KINDS).filter((code) => !seen.has(code))
    assert.deepEqual(missing.sort(), NOT_EMITTED)
    const known: readonly string[] = Object.keys(FINDING_KINDS)
    assert.deepEqual(
      [...seen].filter((code) => !known.includes(code)),
      [],
    )
  })

  it('says of every vector in one line why', () => {
    for (const { name, expected } of vectors) {
      assert.match(expected.why, /^[^\n]{10,160}[.]$/, name)
    }
  })

  it('has no vector twice', () => {
    const seen = new Map<string, string>()
    for (const { name, folder, expected } of vectors) {
      const { at, expectSubject = '', expectIssuer = '' } = expected
      const bytes = filesIn(folder)
        .filter((file) => file !== 'expect.json')
        .map((file) => readFileSync(join(folder, file)).toString('base64'))
      const key = [at, expectSubject, expectIssuer, ...bytes].join(' ')
      assert.equal(seen.get(key), undefined, `${name} is ${seen.get(key)}`)
      seen.set(key, name)
    }
  })

  it('is what `npm run conformance:generate` writes, to the byte', async () => {
    const made = await corpusFiles()
    const stored = filesIn(VECTORS).filter((path) => !path.startsWith('found/'))
    assert.deepEqual(stored.sort(), [...made.keys()].sort())
    for (const [path, bytes] of made) {
      assert.ok(readFileSync(join(VECTORS, path)).equals(bytes), `${path} is out of date`)
    }
  })

  it('is answered the same through the command: every tenth vector', () => {
    const args = ['test/conformance/run.mjs', '--every', '10']
    const run = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
    assert.match(run.stdout, /^conformance: \d+ vectors, \d+ as expected, 0 not$/m)
    assert.equal(run.status, 0, run.stdout)
  })
})

describe('the runner of the corpus', () => {
  it('says in what an answer is wrong, and fails', () => {
    const args = ['test/conformance/run.mjs', '--only', 'json/honest', '--command', 'echo {}']
    const run = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
    assert.match(run.stdout, /^json\/honest$/m)
    assert.match(run.stdout, /^conformance: 1 vectors, 0 as expected, 1 not$/m)
    assert.equal(run.status, 1)
  })

  it('tells a wrong call what is wrong with it, and answers 64', () => {
    for (const [args, message] of [
      [['--comand', 'echo'], /^Unknown option '--comand'.*\nusage: /],
      [['--only', 'nosuch/'], /^no vector is called \*nosuch\/\*: a name is family\/vector\n$/],
      [['--jobs', 'x'], /^--jobs: expected a whole number from 1, found x\n$/],
      [['--vectors', 'nowhere'], /^--vectors: expected a folder, found none: nowhere\n$/],
      [
        ['--only', 'json/honest', '--command', '/no/such/program'],
        /^--command: \/no\/such\/program cannot be started: /,
      ],
    ] as const) {
      const call = ['test/conformance/run.mjs', ...args]
      const run = spawnSync(process.execPath, call, { cwd: root, encoding: 'utf8' })
      assert.equal(run.status, 64, args.join(' '))
      assert.match(run.stderr, message)
      assert.equal(run.stdout, '')
    }
  })

  it('imports nothing but what Node brings', () => {
    const source = readFileSync(join(root, 'test/conformance/run.mjs'), 'utf8')
    const imported = [...source.matchAll(/from '([^']+)'/g)].map(([, name]) => name ?? '')
    assert.ok(imported.length > 0 && imported.every((name) => name.startsWith('node:')))
    assert.doesNotMatch(source, /\bimport\(|require\(/)
  })
})

/** Every file below a folder, by its path from there. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((path) => path.replaceAll('\\', '/'))
}
