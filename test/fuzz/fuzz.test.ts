import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { graveCodes, verifierOf } from '../conformance/stored.ts'
import { assembleWorld, type Sent, type World } from './bases.ts'
import { writeFound } from './found.ts'
import { type FuzzReport, fuzz, type Issued, issuedIn } from './fuzz.ts'
import { type Judge, newJudge } from './judge.ts'
import { mutantMill } from './mutant.ts'
import { MUTATIONS } from './mutations.ts'
import { type PlantedHole, verifierWithout } from './planted.ts'
import { viewOf } from './view.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

describe('a presentation that was changed', function () {
  this.timeout(900_000)
  let folder: string

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'fuzz-'))
  })

  // What is found is kept: it is the next vector.
  after(() => {
    if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true })
  })

  it('is not accepted, or says the same: 20,000 mutants', async () => {
    const runs = await Promise.all(
      [20_261_123, 20_261_124].map((seed) => run(seed, 10_000, folder)),
    )
    for (const { fault, found, mutants, outcomes } of runs) {
      assert.equal(fault, null, `${fault}: ${found}`)
      assert.equal(mutants, 10_000)
      // Nothing is shown where everything is refused for its first byte.
      for (const count of Object.values(outcomes)) assert.ok(count > 100, JSON.stringify(outcomes))
    }
  })
})

/** The command, in a process of its own that has not taken `__proto__` away. */
async function run(seed: number, mutants: number, out: string) {
  const options = ['--seed', `${seed}`, '--mutants', `${mutants}`, '--out', out, '--json']
  const args = ['--max-semi-space-size=32', '--import', 'tsx', 'test/fuzz/main.ts', ...options]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root }).catch(
    (error: { readonly code?: unknown; readonly stdout?: string; readonly stderr?: string }) => {
      if (error.code !== 1) throw error
      return { stdout: error.stdout ?? '' }
    },
  )
  const report: FuzzReport & { readonly fault: string | null; readonly found: string | null } =
    JSON.parse(stdout)
  return report
}

describe('the fuzzer', function () {
  this.timeout(900_000)
  let world: World
  let issued: Issued

  before(async () => {
    world = await assembleWorld()
    issued = await issuedIn(world, newJudge(world))
  })

  const look = (judge: () => Judge, rest: object = {}) =>
    fuzz({ world, issued, judge, seed: 1, mutants: 3000, shrinks: false, ...rest })

  const planted: readonly PlantedHole[] = [
    {
      name: 'signature',
      file: 'verifier/proof/authenticity.ts',
      guard: 'if (fault !== null) return fault\n',
      without: '\n',
    },
    {
      name: 'key-twice',
      file: 'verifier/reading/json.ts',
      guard: "this.fail('JSON_DUPLICATE_KEY',",
      without: "void ('JSON_DUPLICATE_KEY',",
    },
    {
      name: 'digest',
      file: 'verifier/proof/references.ts',
      guard: 'digestOf(document) === reference.digestMultibase',
      without: 'digestOf(document) !== ""',
    },
    {
      name: 'schema',
      file: 'verifier/reading/shape.ts',
      guard: 'if (contexts.length === 0 && isCredential(type, document)) {',
      without: 'if (isCredential(type, document) || contexts.length < 99) {',
    },
  ]

  for (const hole of planted) {
    it(`finds a verifier whose guard is taken out: ${hole.name}`, async () => {
      const library = await verifierWithout(hole)
      const report = await look(() => newJudge(world, library))
      assert.notEqual(report.hole, null, `${report.mutants} mutants`)
    })
  }

  /** A judge that answers otherwise than the verifier whenever it does not accept. */
  const spoiling =
    (spoil: (sent: Sent) => void, change: (answer: object) => object = (same) => same) =>
    (): Judge => {
      const judge = newJudge(world)
      return async (sent) => {
        const answer = await judge(sent)
        if (answer.verdict.outcome === 'accepted') return answer
        spoil(sent)
        return Object.assign({}, answer, change(answer))
      }
    }

  it('finds a verifier that throws', async () => {
    const { hole } = await look(
      spoiling(() => {
        throw new TypeError('x')
      }),
    )
    assert.equal(hole?.fault, 'throws x')
  })

  it('finds a verifier that leaves a rejection to nobody', async () => {
    const { hole } = await look(spoiling(() => void Promise.reject(new Error('x'))))
    assert.equal(hole?.fault, 'a rejection that nobody handles: Error: x')
  })

  it('finds a verifier that changes what every object has', async () => {
    const approved = { value: true, configurable: true, writable: true }
    const { hole } = await look(
      spoiling(() => Object.defineProperty(Object.prototype, 'approved', approved)),
    )
    Reflect.deleteProperty(Object.prototype, 'approved')
    assert.equal(hole?.fault, 'approved of a built-in object was changed')
  })

  it('finds a verifier that takes its time', async () => {
    const wait = () => {
      for (const end = performance.now() + 20; performance.now() < end; );
    }
    const { hole } = await look(spoiling(wait), { slowest: 15 })
    assert.equal(hole?.fault, 'slower than 15 ms')
  })

  it('finds a verifier that gives a score with what it leaves open', async () => {
    const withScore = ({ verdict }: { readonly verdict?: object }) => ({
      verdict: { ...verdict, score: {} },
    })
    const { hole } = await look(spoiling(() => undefined, withScore))
    assert.match(hole?.fault ?? '', /^(rejected|indeterminate) with a score$/)
  })

  it('finds a finding without its parts', async () => {
    const { hole } = await look(
      spoiling(
        () => undefined,
        ({ verdict }: { readonly verdict?: { readonly findings?: readonly object[] } }) => ({
          verdict: {
            ...verdict,
            findings: verdict?.findings?.map((each) => ({ ...each, remedy: '' })),
          },
        }),
      ),
    )
    assert.match(hole?.fault ?? '', /without its remedy$/)
  })

  it('finds a verifier that answers otherwise for what it remembers', async () => {
    let made = 0
    const judge = () => {
      const judge = newJudge(world)
      const isFirst = made++ === 0
      return async (sent: Sent) => {
        const answer = await judge(sent)
        const { verdict } = answer
        return isFirst && verdict.outcome === 'rejected'
          ? { ...answer, verdict: { ...verdict, statusAsOf: '2000-01-01T00:00:00Z' } }
          : answer
      }
    }
    const { hole } = await look(judge)
    assert.equal(hole?.fault, 'another answer than of one that remembers nothing')
  })

  it('makes what it found small, and writes it as a vector that is answered the same', async () => {
    const hole = planted.find(({ name }) => name === 'signature')
    assert.ok(hole)
    const library = await verifierWithout(hole)
    const report = await look(() => newJudge(world, library), { shrinks: true })
    assert.ok(report.hole)
    const { recipe } = report.hole
    assert.equal(recipe.steps.length + recipe.damage.length, 1, JSON.stringify(recipe))
    const folder = mkdtempSync(join(tmpdir(), 'fuzz-'))
    try {
      const own = writeFound(folder, world, report.hole)
      const expected = JSON.parse(readFileSync(join(own, 'expect.json'), 'utf8'))
      assert.equal(expected.outcome, 'rejected')
      assert.match(expected.why, /^[^\n]{10,160}[.]$/)
      // The sound verifier refuses it: the vector is green once the hole is mended.
      const files = readdirSync(own)
      const input = readFileSync(join(own, files.find((name) => name.startsWith('input.')) ?? ''))
      const vector = { name: 'found', folder: own, input, added: [], expected }
      const verdict = await verifierOf(vector).verifyPassport(input, { at: expected.at })
      assert.equal(verdict.outcome, 'rejected')
      assert.ok(graveCodes(verdict).includes('PROOF_INVALID'), JSON.stringify(graveCodes(verdict)))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('makes the bytes of a base anew from its tree', () => {
    const mill = mutantMill(world)
    for (const [base, { name, input, added }] of world.bases.entries()) {
      const made = mill.make({ base, steps: [], damage: [] })
      assert.deepEqual(made.input, Uint8Array.from(input), name)
      assert.deepEqual(
        made.added,
        added.map((bytes) => Uint8Array.from(bytes)),
        name,
      )
    }
  })

  it('has no mutation that changes nothing', () => {
    const mill = mutantMill(world)
    for (const what of Object.keys(MUTATIONS) as readonly (keyof typeof MUTATIONS)[]) {
      const changes = Array.from({ length: 60 }, (_, index) => {
        const base = index % world.bases.length
        const choices = Array.from({ length: 6 }, (__, each) => (index + 3) * 7919 * (each + 1))
        const { input, added } = mill.make({ base, steps: [{ what, choices }], damage: [] })
        const same = world.bases[base]
        return (
          !Buffer.from(input).equals(same?.input ?? new Uint8Array()) ||
          added.length !== same?.added.length
        )
      })
      assert.ok(changes.some(Boolean), what)
    }
  })
})

describe('the view of an accepted presentation', () => {
  let world: World
  let judge: Judge

  before(async () => {
    world = await assembleWorld()
    judge = newJudge(world)
  })

  const named = (name: string): Sent => {
    const base = world.bases.find((each) => each.name === name)
    assert.ok(base)
    return base
  }

  it('is the score, its derivation, and each statement down to the anchor', async () => {
    for (const form of ['eddsa-jcs-2022', 'eddsa-rdfc-2022', 'ecdsa-rdfc-2019', 'vc+jwt']) {
      const sent = named(`rich ${form}`)
      const answer = await judge(sent)
      const { battery, score, explanation, statements } = viewOf(sent, answer)
      assert.equal(battery, answer.battery)
      assert.equal(score, answer.verdict.score)
      assert.ok(explanation !== null)
      assert.deepEqual(
        statements.map(({ link: { type } }) => type),
        [
          'BatteryPassport',
          ...['RulebookAttestation', 'RulebookAttestation', 'RulebookAttestation'],
          'CustodyAttestation',
          ...Array.from({ length: 5 }, () => 'VerifierAccreditation'),
        ],
      )
      for (const { link, read } of statements) {
        const { id, issuer, type }: Record<string, unknown> = Object(read)
        assert.deepEqual(
          { id, issuer, type },
          {
            id: link.credential,
            issuer: link.issuer,
            type: ['VerifiableCredential', link.type],
          },
        )
      }
    }
  })

  it('is the same in another order and with other white space', async () => {
    const sent = named('rich eddsa-jcs-2022')
    const { verifiableCredential, ...rest } = JSON.parse(Buffer.from(sent.input).toString())
    const [passport, ...others] = verifiableCredential
    const turned = { ...rest, verifiableCredential: [passport, ...others.reverse()] }
    const other = { input: Buffer.from(JSON.stringify(turned, null, 2)), added: [] }
    assert.deepEqual(viewOf(other, await judge(other)), viewOf(sent, await judge(sent)))
  })

  it('is another if an ordinary reader reads another value', async () => {
    const sent = named('plain eddsa-jcs-2022')
    const answer = await judge(sent)
    const text = Buffer.from(sent.input).toString()
    const twice = text.replace('"chemistry":"NMC"', '"chemistry":"NMC","chemistry":"LFP"')
    assert.notEqual(twice, text)
    const other = { input: Buffer.from(twice), added: [] }
    assert.notDeepEqual(viewOf(other, answer), viewOf(sent, answer))
  })
})
