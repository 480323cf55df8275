import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What `npm run build` makes, and people install. */
const PROGRAM = fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url))
const ITEMS = 3

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function call(argv: readonly string[], cwd: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, npm_lifecycle_event: 'demo' }
    const child = spawn(process.execPath, [PROGRAM, ...argv], { cwd, env })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString()
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
  })
}

describe('The demo, from the files of the pilot to an accepted score', function () {
  this.timeout(240_000)
  let folder: string
  let demo: Ended
  const at = (...parts: readonly string[]) => join(folder, ...parts)
  const json = async (...parts: readonly string[]): Promise<unknown> =>
    JSON.parse(await readFile(at(...parts), 'utf8'))

  before(async () => {
    await stat(PROGRAM).catch(() => assert.fail(`${PROGRAM} is not built: npm run build`))
    folder = await mkdtemp(join(tmpdir(), 'battery-passport-e2e-'))
    demo = await call(['demo', '--items', String(ITEMS), '--out', 'result'], folder)
    assert.equal(demo.code, 0, `${demo.out}\n${demo.err}`)
  })
  after(() => rm(folder, { recursive: true, force: true }))

  it('ends without a word on standard error', () => {
    assert.equal(demo.err, '')
    assert.match(demo.out, /Everything was as said/)
  })

  it('ends with calls that run in a clone, where npm alone finds the program', () => {
    assert.match(demo.out, /started again with: npx battery-passport serve --demo$/m)
    assert.match(demo.out, /^ {2}npx battery-passport verify \S+ --policy \S+ --at \S+$/m)
  })

  it('shows every fraud refused with its code, and the two cases that are neither', () => {
    const frauds = [...demo.out.matchAll(/refused: .*\n +(.*)/g)].map(([, codes]) => codes)
    assert.deepEqual(frauds, [
      'PROOF_INVALID (passport)',
      'PROOF_INVALID (attestation), DIGEST_MISMATCH (passport)',
      'SUBJECT_MISMATCH (attestation)',
      'ACCREDITATION_SCOPE (attestation)',
      'ACCREDITATION_TIME (attestation)',
      'REVOKED (attestation)',
      'SCORE_MISMATCH (passport)',
      'CONCLUSION_NOT_ACCEPTED (attestation)',
      'NOT_INDEPENDENT (attestation)',
      'ISSUER_NOT_AUTHORISED (passport)',
    ])
    assert.match(demo.out, /accepted without the worst statement, but lower/)
    assert.match(demo.out, /indeterminate: a status list is missing/)
  })

  it('leaves a grade of B with most of the questions answered', async () => {
    const verdict = await json('result', 'verdict.json')
    assert.ok(typeof verdict === 'object' && verdict !== null && 'score' in verdict)
    const { score } = verdict
    assert.ok(typeof score === 'object' && score !== null)
    assert.ok('grade' in score && 'coverage' in score && 'shareAssurance' in score)
    assert.equal(score.grade, 'B')
    assert.ok(Number(score.coverage) > 8500)
    assert.equal(score.shareAssurance, 'limited')
    assert.ok(!JSON.stringify(verdict).includes('SHARES_UNASSURED'))
    const policy = ['--policy', at('result', 'policy.json'), '--explain']
    const { out } = await call(['verify', at('result', 'presentation.json'), ...policy], folder)
    assert.match(out, /Shares\s+limited: the shares of the supply chain are attested/)
  })

  it('leaves documents that are accepted at the instant of the verdict, by policy and all', async () => {
    const verdict = await json('result', 'verdict.json')
    assert.ok(typeof verdict === 'object' && verdict !== null && 'at' in verdict)
    const policy = ['--policy', at('result', 'policy.json'), '--at', String(verdict.at)]
    const whole = at('result', 'presentation.json')
    assert.equal((await call(['verify', whole, ...policy], folder)).code, 0)
    const bare = at('result', 'passport.json')
    assert.equal((await call(['verify', bare, ...policy], folder)).code, 2)
    const parts = ['--with', at('result', 'credentials')]
    assert.equal((await call(['verify', bare, ...policy, ...parts], folder)).code, 0)
    const changed = at('changed.json')
    const text = await readFile(whole, 'utf8')
    await writeFile(changed, text.replace('"category":"EV"', '"category":"LMT"'))
    assert.equal((await call(['verify', changed, ...policy], folder)).code, 1)
  })

  it('leaves what an independent program in another language computes the same score from', async function () {
    if (spawnSync('python3', ['--version']).status !== 0) this.skip()
    const program = fileURLToPath(new URL('../rulebooks/independent/score.py', import.meta.url))
    const rulebooks = fileURLToPath(new URL('../../rulebooks', import.meta.url))
    const files = [rulebooks, at('result', 'presentation.json')]
    const run = spawnSync('python3', [program, ...files], { encoding: 'utf8' })
    assert.equal(run.status, 0, run.stderr)
    const verdict = await json('result', 'verdict.json')
    assert.ok(typeof verdict === 'object' && verdict !== null && 'score' in verdict)
    assert.deepEqual(JSON.parse(run.stdout), verdict.score)
  })

  it('leaves every passport, and nothing temporary', async () => {
    const passports = await readdir(at('result', 'passports'))
    assert.equal(passports.filter((name) => name.startsWith('item-')).length, ITEMS)
    assert.ok(passports.includes('model'))
    const left = (await readdir(folder)).filter((name) => name !== 'changed.json')
    assert.deepEqual(left.sort(), ['.demo', 'result'])
  })

  it('leaves a service that serves the passports again', async () => {
    const argv = [PROGRAM, 'serve', '--demo', '--port', '0', '--json']
    const service = spawn(process.execPath, argv, { cwd: folder })
    const ended = new Promise<number | null>((resolve) => service.on('close', resolve))
    try {
      const line = await new Promise<string>((resolve, reject) => {
        service.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()))
        service.once('close', () => reject(new Error('the service ended')))
      })
      const { url } = JSON.parse(line)
      const passport = await json('result', 'passport.json')
      assert.ok(typeof passport === 'object' && passport !== null && 'id' in passport)
      const id = String(passport.id).split('/').at(-1)
      const response = await fetch(`${url}/passports/${id}`)
      assert.equal(response.status, 200)
      assert.deepEqual(await response.json(), passport)
      const refused = await call(['demo', '--items', '1'], folder)
      assert.equal(refused.code, 64)
      assert.match(refused.err, /A service still runs/)
    } finally {
      service.kill('SIGTERM')
      assert.equal(await ended, 0)
    }
  })
})

describe('The demo', () => {
  it('refuses a folder that holds something else before it does anything', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'battery-passport-e2e-'))
    try {
      await writeFile(join(folder, 'thesis.txt'), 'mine')
      const { code, err } = await call(['demo', '--out', folder], tmpdir())
      assert.equal(code, 64)
      assert.match(err, /thesis\.txt/)
      assert.deepEqual(await readdir(folder), ['thesis.txt'])
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
