import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { changedPatterns } from './changed-patterns.ts'
import { chosenFiles, filesOf, isFirst, testsOf } from './chosen.ts'
import { explainedIn } from './explained.ts'
import { type Mutant, mutantName } from './mutant.ts'
import { share, shareOfSample } from './report.ts'
import { type MutationRun, runMutants, type TriedMutant } from './run-mutants.ts'
import { interval, sample } from './sample.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const work = join(root, 'build/mutation', `planted-${process.pid}`)

describe('the run that takes guards out', function () {
  this.timeout(120_000)
  let tried: readonly TriedMutant[]
  const folder = 'test/mutation/planted'
  const run = (
    tests: readonly string[],
    chosen: (mutant: Mutant) => boolean = () => true,
    more: Partial<MutationRun> = {},
  ) =>
    runMutants({
      root,
      files: [`${folder}/guard.ts`],
      tests,
      work,
      budget: 1000,
      patience: 1500,
      isChosen: chosen,
      ...more,
    })
  const fates = (line: number) =>
    Object.fromEntries(
      tried
        .filter(({ mutant }) => mutant.line === line)
        .map(({ mutant: { was, becomes }, fate }) => [`${was} → ${becomes}`, fate]),
    )

  before(async () => {
    // The loop and what is around it are left to one mutant that never ends: each takes seconds.
    tried = await run(
      [`${folder}/guard-checks.ts`],
      ({ line, becomes }) => line < 9 || line > 17 || becomes === 'left += 1',
    )
  })
  after(() => rmSync(work, { recursive: true, force: true }))

  it('finds what is tested, with the test that notices', () => {
    assert.deepEqual(fates(3), {
      'age < 18 → true': 'killed',
      'age < 18 → false': 'killed',
      'age < 18 → age <= 18': 'killed',
      'age < 18 → age >= 18': 'killed',
      'false → true': 'killed',
    })
    const killed = tried.find(({ fate }) => fate === 'killed')
    assert.match(killed?.by ?? '', /^a planted guard refuses the young$/)
  })

  it('finds what is not tested', () => {
    const survivors = fates(4)
    assert.equal(survivors['name?.length === 0 → false'], 'survived')
    assert.equal(survivors['name?.length → name.length'], 'survived')
    assert.equal(survivors['name?.length === 0 → true'], 'killed')
    assert.equal(survivors['false → true'], 'not reached')
  })

  it('knows the whole line of each', () => {
    const { lines } = tried.find(({ mutant }) => mutant.becomes === 'name.length')?.mutant ?? {}
    assert.equal(lines?.was, '  if (name?.length === 0) return false')
    assert.equal(lines?.becomes, '  if (name.length === 0) return false')
  })

  it('finds what no test comes by', () => {
    assert.deepEqual(Object.values(fates(20)), ['not reached'])
  })

  it('leaves names alone that are given values', () => {
    assert.deepEqual(fates(29), {
      '[last] = [each] → undefined': 'killed',
      '[each] → []': 'killed',
    })
  })

  it('ends what never ends, and counts it as noticed', () => {
    const endless = tried.find(({ mutant }) => mutant.becomes === 'left += 1')
    assert.equal(endless?.fate, 'timeout')
  })

  it('reaches what is made when a file is loaded', () => {
    assert.deepEqual(Object.values(fates(24)), ['killed', 'killed', 'killed'])
  })

  it('counts the share of what anybody could notice', () => {
    const some = tried.filter(({ mutant }) => mutant.line === 3).slice(0, 3)
    const [one] = some
    assert.ok(one !== undefined)
    const more: TriedMutant[] = [
      { ...one, fate: 'survived' },
      { ...one, fate: 'explained' },
    ]
    assert.equal(share([...some, ...more]), 75)
  })

  it('tries as many as it is told, drawn at random, and the same ones again', async () => {
    const drawn = async (seed: number) => {
      const some = await run([`${folder}/guard-checks.ts`], ({ line }) => line < 9 || line > 17, {
        sample: { size: 4, seed },
      })
      return some.map(({ mutant, fate }) => {
        const alone = tried.find((one) => mutantName(one.mutant) === mutantName(mutant))
        assert.equal(fate, alone?.fate)
        return mutantName(mutant)
      })
    }
    const first = await drawn(1)
    assert.equal(new Set(first).size, 4)
    assert.deepEqual(await drawn(1), first)
    assert.notDeepEqual(await drawn(2), first)
  })

  it('asks a test that is made for a file, whatever it takes', async () => {
    const houses = async (more: Partial<MutationRun>) => {
      const found = await run(
        [`${folder}/guard-checks.ts`],
        ({ line, kind }) => line === 24 && kind === 'array',
        { budget: 0.000_001, ...more },
      )
      return found.map(({ fate, isCut }) => ({ fate, isCut }))
    }
    assert.deepEqual(await houses({}), [{ fate: 'survived', isCut: true }])
    const isFirst = (file: string, title: string) =>
      file === `${folder}/guard.ts` && title === 'a planted guard knows its houses'
    assert.deepEqual(await houses({ isFirst }), [{ fate: 'killed', isCut: false }])
  })

  it('gives no figures where a test fails without a mutant', async () => {
    await assert.rejects(
      run([`${folder}/guard-checks.ts`, `${folder}/failing-check.ts`]),
      /fail without a mutant:\na check that fails.*: 1 is not 2/,
    )
  })
})

const planted: Mutant = {
  file: 'keys/a.ts',
  kind: 'left side',
  line: 1,
  column: 1,
  was: 'a\n  || b',
  becomes: 'a',
  lines: { was: '  return a\n  || b', becomes: '  return a' },
  start: 0,
  end: 8,
  anchor: { form: 'expression', start: 0, end: 8 },
}

describe('a sample', () => {
  const all = Array.from({ length: 100 }, (_, index) => index)

  it('takes each as likely as any other, none twice, and in no order', () => {
    const times = all.map(() => 0)
    for (let seed = 0; seed < 1000; seed++) {
      const drawn = sample(all, 20, seed)
      assert.equal(new Set(drawn).size, 20)
      for (const one of drawn) times[one] = (times[one] ?? 0) + 1
    }
    // 200 are expected, give or take 13.
    for (const count of times) assert.ok(count > 140 && count < 260, `${count} times of 1000`)
    const drawn = sample(all, 20, 1)
    assert.notDeepEqual(
      drawn,
      drawn.toSorted((one, other) => one - other),
    )
  })

  it('is everything where there is no more', () => {
    assert.deepEqual(
      sample(all, 500, 7).toSorted((one, other) => one - other),
      all,
    )
  })

  it('says between which shares the true one lies', () => {
    const [low, high] = interval(90, 100)
    assert.deepEqual([low.toFixed(4), high.toFixed(4)], ['0.8256', '0.9448'])
    assert.deepEqual(
      interval(10, 10).map((share) => share.toFixed(4)),
      ['0.7225', '1.0000'],
    )
    assert.deepEqual(interval(0, 0), [0, 1])
  })

  it('is told with what can be noticed alone', () => {
    const of = (fate: TriedMutant['fate'], times: number): TriedMutant[] =>
      Array.from({ length: times }, () => ({ mutant: planted, fate, by: null, isCut: false }))
    const tried = [...of('killed', 88), ...of('timeout', 1), ...of('crashed', 1)]
    assert.equal(
      shareOfSample([
        ...tried,
        ...of('survived', 6),
        ...of('not reached', 4),
        ...of('explained', 50),
      ]),
      '90 of 100 noticed: 90.0 %, 95 % interval 82.6 to 94.5 %',
    )
  })
})

describe('the files that are changed', () => {
  it('are one, or those of a folder', () => {
    assert.deepEqual(filesOf(root, 'keys/jwk.ts'), ['keys/jwk.ts'])
    const inFolder = chosenFiles(root).filter((file) => file.startsWith('keys/network/'))
    assert.ok(inFolder.length > 4)
    assert.deepEqual(filesOf(root, 'keys/network'), inFolder)
    assert.deepEqual(filesOf(root, 'keys/network/'), inFolder)
    assert.deepEqual(filesOf(root, 'verifier/verdict'), ['verifier/verdict'])
  })

  it('are not the lines with which a thread begins, but all that it does', () => {
    const delivery = filesOf(root, 'verifier/delivery')
    assert.ok(!delivery.includes('verifier/delivery/thread.ts'))
    assert.ok(delivery.includes('verifier/delivery/answer-requests.ts'))
    const tests = testsOf(root, delivery)
    assert.ok(tests.includes('test/verifier/verifier-thread.test.ts'))
    assert.ok(tests.includes('test/verifier/answer-requests.test.ts'))
    assert.ok(
      !testsOf(root, ['verifier/passport.ts']).includes('test/verifier/verifier-thread.test.ts'),
    )
  })

  it('are asked of what generates from them, where nothing else reads them', () => {
    const file = 'verifier/policy/policy-schema.ts'
    assert.ok(testsOf(root, [file]).includes('test/verifier/generated.test.ts'))
    const title = 'the generated files of the verifier are what `npm run generate` would write'
    assert.ok(isFirst(file, title))
    assert.ok(!isFirst(file, 'a policy is read'))
    assert.ok(!isFirst('verifier/policy/policy.ts', title))
  })
})

describe('what a pattern may become', () => {
  it('loses its ends, repetitions and negations, and is still a pattern', () => {
    assert.deepEqual(changedPatterns('/^[^a]\\d+$/u').toSorted(), [
      '/[^a]\\d+$/u',
      '/^[^a]\\D+$/u',
      '/^[^a]\\d$/u',
      '/^[^a]\\d+/u',
      '/^[a]\\d+$/u',
    ])
  })

  it('is nothing else where nothing can go', () => {
    assert.deepEqual(changedPatterns('/a/'), [])
  })
})

describe('a row that explains a mutant', () => {
  const page =
    '| `keys/a.ts` | `a \\|\\| b` | `a` | because |\n| `keys/a.ts` | no marks | `b` | because |'
  it('is known by its file, what stands there and what stands instead', () => {
    const [row, ...others] = explainedIn(page)
    assert.equal(others.length, 0)
    assert.equal(row?.is(planted), true)
  })

  it('may hold the whole lines, where the same stands in two places', () => {
    const [row] = explainedIn('| `keys/a.ts` | `return a \\|\\| b` | `return a` | because |')
    assert.equal(row?.is(planted), true)
    const elsewhere = { was: '  call(a\n  || b)', becomes: '  call(a)' }
    assert.equal(row?.is({ ...planted, lines: elsewhere }), false)
  })

  it('says nothing of another', () => {
    const [row] = explainedIn(page)
    assert.equal(row?.is({ ...planted, becomes: 'b' }), false)
    assert.equal(row?.is({ ...planted, file: 'keys/b.ts' }), false)
  })
})
