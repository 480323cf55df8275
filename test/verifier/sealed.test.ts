import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pinnedFiles, readPolicy } from '@battery-passport/verifier'
import { type StoredVector, storedVector, storedVectors } from '../conformance/stored.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Those that load what is loaded only when it is needed: JSON-LD, and what reads a DID again. */
const WARM = ['suites/mixed', 'jwt/presentation'] as const

/** The only files of the verifier that know threads; they open nothing else. */
const THREADS = ['delivery/thread.js', 'delivery/verifier-thread.js']

/** What a file of the verifier may ask of Node: computing, and nothing outside of the process. */
const COMPUTING = ['node:crypto', 'node:zlib']

interface Sealed {
  /** Whatever was reached for outside of the process. */
  readonly knocks: readonly string[]
  readonly answers: readonly { readonly outcome: string; readonly codes: readonly string[] }[]
}

describe('the verifier touches no network and no file', function () {
  this.timeout(300_000)

  it('while it verifies every vector of the corpus, in a process that throws for both', () => {
    const vectors = storedVectors()
    const { knocks, answers } = sealed(vectors)
    assert.deepEqual(knocks, [])
    assert.deepEqual(
      answers.map(({ outcome, codes }, index) => [vectors[index]?.name, outcome, codes]),
      vectors.map(({ name, expected }) => [name, expected.outcome, expected.codes]),
    )
    const forms = vectors.filter(({ expected }) => expected.outcome === 'accepted')
    for (const family of ['suites/', 'jwt/', 'custody/', 'timestamps/', 'status/']) {
      assert.ok(
        forms.some(({ name }) => name.startsWith(family)),
        family,
      )
    }
  })

  it('and who does is seen, even where the exception is caught', () => {
    const { knocks, answers } = sealed([storedVector('json/honest')], true)
    assert.deepEqual(knocks, ['fs.promises.readFile'])
    assert.ok(answers[0]?.codes.includes('DID_UNRESOLVED'))
  })

  it('and no file of it, nor of the packages below that it reaches, imports what could', () => {
    const seen = reached(join(root, 'verifier/dist/index.js'))
    assert.ok(seen.size > 150, `${seen.size}`)
    const bad = [...seen].flatMap(([file, imported]) =>
      imported
        .filter((name) => isOfNode(name) && !COMPUTING.includes(name))
        .map((name) => `${file}: ${name}`),
    )
    assert.deepEqual(bad, [])
  })

  it('and of its own files only those of the threads import anything but computing', () => {
    const dist = join(root, 'verifier/dist')
    const files = programsIn(dist)
    const importing = files.filter((file) =>
      importsOf(join(dist, file)).some((name) => isOfNode(name) && !COMPUTING.includes(name)),
    )
    assert.deepEqual(importing, THREADS)
    for (const file of THREADS) {
      const ofNode = importsOf(join(dist, file)).filter(isOfNode)
      assert.deepEqual(ofNode, ['node:worker_threads'])
    }
  })

  it('and it asks neither the clock nor chance, nor what a page or the process has at hand', () => {
    const dist = join(root, 'verifier/dist')
    const forbidden =
      /(?<![.\w])(fetch|require|eval)\(|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\.|(?<![.\w])(process|localStorage|XMLHttpRequest|WebSocket)\b[.(]/
    // What the schemas were compiled to computes alone, and quotes the names of modules.
    const own = programsIn(dist).filter((file) => !file.startsWith('generated/'))
    const found = own.flatMap((file) => {
      const code = withoutComments(readFileSync(join(dist, file), 'utf8'))
      const [match] = forbidden.exec(code) ?? []
      return match === undefined ? [] : [`${file}: ${match}`]
    })
    assert.deepEqual(found, [])
    assert.match('const at = Date.now()', forbidden)
    assert.match('await fetch(url)', forbidden)
    assert.doesNotMatch('await fetcher.fetch(url)', forbidden)
  })
})

/** Verifies vectors in a process of its own that is cut off from everything. */
function sealed(vectors: readonly StoredVector[], reachesOut = false): Sealed {
  const warm = WARM.map((name) => asSent(storedVector(name)))
  const input = JSON.stringify({ warm, vectors: vectors.map(asSent), reachesOut })
  const program = join(root, 'test/support/sealed.mjs')
  const args = ['--disable-proto=delete', program]
  const run = spawnSync(process.execPath, args, { input, encoding: 'utf8', maxBuffer: 2 ** 26 })
  assert.equal(run.status, 0, run.stderr)
  return JSON.parse(run.stdout)
}

function asSent({ folder, input, added, expected }: StoredVector) {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
  const read = readPolicy(readFileSync(join(folder, 'policy.json')))
  assert.ok(read.ok)
  const documents = (wanted: 'method' | 'rulebook') =>
    pinnedFiles(read.policy)
      .filter(({ kind }) => kind === wanted)
      .map(({ file }): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8')))
  const { at, expectSubject, expectIssuer } = expected
  return {
    input: base64(input),
    added: added.map(base64),
    policy: read.policy.source,
    methods: documents('method'),
    rulebooks: documents('rulebook'),
    asked: { at, expectSubject, expectIssuer },
  }
}

/** Every file of ours that a file reaches, with what it imports. */
function reached(entry: string): Map<string, readonly string[]> {
  const seen = new Map<string, readonly string[]>()
  const waiting = [entry]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue
    const imported = importsOf(file)
    seen.set(file, imported)
    for (const name of imported) {
      const below = /^@battery-passport\/([a-z]+)(?:\/([a-z]+))?$/.exec(name)
      if (name.startsWith('.')) waiting.push(resolve(dirname(file), name))
      else if (name.startsWith('#')) {
        const [room = ''] = relative(root, file).split(sep)
        waiting.push(join(root, room, portOf(room, name)))
      } else if (below !== null) {
        const [, room = '', door] = below
        waiting.push(join(root, room, 'dist', `${door ?? doorOf(room)}.js`))
      }
    }
  }
  return seen
}

/** What a name of a package's own stands for on Node. */
function portOf(room: string, name: string): string {
  const { imports } = JSON.parse(readFileSync(join(root, room, 'package.json'), 'utf8'))
  return String(imports[name].default)
}

/** Through the door for pages where there is one: that for Node also has what keeps keys in files. */
function doorOf(room: string): string {
  return existsSync(join(root, room, 'dist/browser.js')) ? 'browser' : 'index'
}

/** The compiled files in a folder and those under it, by their paths there. */
function programsIn(dist: string): readonly string[] {
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  return files.filter((file) => file.endsWith('.js')).sort()
}

/** What a compiled file imports, however it does. */
function importsOf(file: string): readonly string[] {
  const code = withoutComments(readFileSync(file, 'utf8'))
  const named = code.matchAll(/(?:\bfrom|\bimport\(?)\s*['"]([^'"\n]+)['"]/g)
  return [...named].map(([, name = '']) => name)
}

/** A module of Node, by its name with or without `node:`. */
function isOfNode(name: string): boolean {
  return (
    name.startsWith('node:') ||
    /^(fs|net|http|https|http2|dns|tls|dgram|child_process|worker_threads)(\/|$)/.test(name)
  )
}

function withoutComments(code: string): string {
  return code.replaceAll(/\/\*.*?\*\//gs, '').replaceAll(/^\s*\/\/.*$/gm, '')
}
