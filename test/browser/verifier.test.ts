import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Metafile } from 'esbuild'
import { CLOCK, type StoredVector, storedVectors, verdictOn } from '../conformance/stored.ts'
import { clockAt } from '../support/consortium/dates.ts'
import { Consortium } from '../support/consortium.ts'
import { hasChromium, Site, served } from './chromium.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What a page may load before it verifies a passport of the JCS or JWT profile, in bytes of gzip. */
const MOST_AT_ONCE = 150_000

/** Vectors that are sent to the page at a time. */
const BATCH = 40

const JSON_LD = /node_modules\/(jsonld|rdf-canonize|jsonld-signatures|@digitalbazaar)\//

describe('the verifier in a browser', function () {
  this.timeout(600_000)
  let folder: string
  let bundle: string
  let printed: string

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'browser-'))
    bundle = join(folder, 'bundle')
    const args = ['--import', 'tsx', '.ci/browser.ts', '--out', bundle]
    const built = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
    assert.equal(built.status, 0, built.stderr)
    printed = built.stdout
  })

  after(() => rmSync(folder, { recursive: true }))

  it(`loads at most ${MOST_AT_ONCE / 1000} kB of gzip at once`, () => {
    const total = Number(/^(\d+) bytes gzip at once$/m.exec(printed)?.[1])
    assert.ok(total > 50_000 && total <= MOST_AT_ONCE, printed)
  })

  it('loads JSON-LD, its contexts and the second reader of did:key only when needed', () => {
    const { outputs }: Metafile = JSON.parse(readFileSync(join(bundle, 'meta.json'), 'utf8'))
    const isAtOnce = (file: string) => new RegExp(`at once: .*${file.split('/').at(-1)}$`, 'm')
    const parts = (atOnce: boolean) =>
      Object.entries(outputs)
        .filter(([file]) => file.endsWith('.js') && isAtOnce(file).test(printed) === atOnce)
        .flatMap(([, { inputs }]) => Object.keys(inputs))
    const lazy = /jsonld|digitalbazaar|generated\/pinned|key-did-resolver|node_modules\/jose/
    assert.deepEqual(
      parts(true).filter((input) => JSON_LD.test(input) || lazy.test(input)),
      [],
    )
    assert.ok(parts(false).some((input) => JSON_LD.test(input)))
    assert.ok(parts(false).some((input) => input.endsWith('generated/pinned.js')))
  })

  describe('in headless Chromium', () => {
    let site: Site

    before(async function () {
      if (!hasChromium()) this.skip()
      writeFileSync(join(bundle, 'index.html'), '<!doctype html><title>Verifier</title>')
      site = await Site.open(served(bundle, readdirSync(bundle)))
      await site.page.goto(`${site.origin}/index.html`)
    })

    after(async () => site?.close())

    it('loads nothing of JSON-LD for eddsa-jcs-2022 and vc+jwt, and its contexts alone for the others', async () => {
      const loadedFor = async (name: string) => {
        const [vector] = storedVectors().filter((stored) => stored.name === name)
        assert.ok(vector !== undefined, name)
        const before = site.asked.length
        const [found = ''] = await verdictsInPage(site, [vector])
        assert.equal(JSON.parse(found).outcome, 'accepted')
        return site.asked.slice(before).map((url) => url.split('/').at(-1) ?? '')
      }
      const first = await loadedFor('json/honest')
      assert.ok(first.includes('verifier.js'))
      assert.equal(
        first.some((file) => /^(json-ld|lib|rdfc-hash)-/.test(file)),
        false,
        first.join(),
      )
      assert.deepEqual(await loadedFor('jwt/presentation'), [])
      const further = await loadedFor('suites/mixed')
      assert.ok(
        further.some((file) => file.startsWith('rdfc-hash-')),
        further.join(),
      )
      // A JSON-LD processor reads what is not plain.
      assert.equal(
        further.some((file) => /^(json-ld|lib)-/.test(file)),
        false,
        further.join(),
      )
    })

    it('gives byte for byte the verdicts of Node, for every vector of the corpus', async () => {
      const vectors = storedVectors()
      assert.ok(vectors.length >= 545, `${vectors.length}`)
      const others: string[] = []
      for (let start = 0; start < vectors.length; start += BATCH) {
        const batch = vectors.slice(start, start + BATCH)
        const found = await verdictsInPage(site, batch)
        for (const [index, vector] of batch.entries()) {
          const expected = JSON.stringify(await verdictOn(vector))
          assert.ok(expected.length > 100)
          if (found[index] !== expected)
            others.push(`${vector.name}: ${found[index]} ≠ ${expected}`)
        }
      }
      assert.deepEqual(
        others.map((other) => other.slice(0, 600)),
        [],
      )
    })

    it('asks for nothing but the files of its page', () => {
      assert.ok(site.asked.length > 3)
      assert.deepEqual(
        site.asked.filter((url) => !url.startsWith(`${site.origin}/`)),
        [],
      )
    })
  })

  it('runs the page that docs/browser.md shows', async function () {
    if (!hasChromium()) this.skip()
    const docs = readFileSync(join(root, 'docs/browser.md'), 'utf8')
    const [html = '', program = ''] = ['html', 'js'].map(
      (language) => new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'ms').exec(docs)?.[1],
    )
    const site = join(folder, 'site')
    await build({
      stdin: { contents: program, resolveDir: root, sourcefile: 'page.js' },
      bundle: true,
      splitting: true,
      format: 'esm',
      minify: true,
      outdir: site,
      entryNames: 'page',
      tsconfigRaw: '{}',
    })
    const consortium = await Consortium.assemble({ method: 'esg' })
    const files = new Map<string, string | Uint8Array>(served(site, readdirSync(site)))
    files.set('/index.html', html)
    files.set('/policy.json', JSON.stringify(consortium.policyDocument()))
    files.set('/presentation.json', await consortium.presentation())
    const opened = await Site.open(files)
    try {
      await opened.page.addInitScript(`Date.now = () => ${clockAt().now() * 1000}`)
      await opened.page.goto(`${opened.origin}/index.html`)
      const text = await opened.page.locator('pre:not(:empty)').textContent()
      assert.match(String(text), /^accepted [A-F] \d+\n/)
      assert.match(String(text), /^note ILLUSTRATIVE /m)
    } finally {
      await opened.close()
    }
  })
})

/** The verdicts of the page on vectors as JSON texts: each by a verifier of its own, as in Node. */
async function verdictsInPage(site: Site, vectors: readonly StoredVector[]): Promise<string[]> {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
  const sent = vectors.map(({ folder, input, added, expected }) => ({
    policy: base64(readFileSync(join(folder, 'policy.json'))),
    files: Object.fromEntries(
      readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== 'expect.json')
        .map(({ name }) => [name, base64(readFileSync(join(folder, name)))]),
    ),
    input: base64(input),
    added: added.map(base64),
    options: {
      at: expected.at,
      ...(expected.expectSubject === undefined ? {} : { expectSubject: expected.expectSubject }),
      ...(expected.expectIssuer === undefined ? {} : { expectIssuer: expected.expectIssuer }),
    },
  }))
  const program = `(async (vectors) => {
    const { createVerifier, pinnedFiles, readPolicy } = await import('/verifier.js')
    const bytes = (text) => Uint8Array.from(atob(text), (each) => each.charCodeAt(0))
    const verdicts = []
    for (const { policy, files, input, added, options } of vectors) {
      const read = readPolicy(bytes(policy))
      const documents = { method: [], rulebook: [] }
      for (const { kind, file } of pinnedFiles(read.policy)) {
        documents[kind]?.push(JSON.parse(new TextDecoder().decode(bytes(files[file]))))
      }
      const verifier = createVerifier({
        policy: read.policy,
        clock: { now: () => ${clockAt(CLOCK).now()} },
        methods: documents.method,
        rulebooks: documents.rulebook,
      })
      const verdict = await verifier.verifyPassport(bytes(input), { with: added.map(bytes), ...options })
      verdicts.push(JSON.stringify(verdict))
    }
    return verdicts
  })(${JSON.stringify(sent)})`
  const found: unknown = await site.page.evaluate(program)
  assert.ok(Array.isArray(found))
  return found.map(String)
}
