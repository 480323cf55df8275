import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { changedPatterns } from './changed-patterns.ts'
import { explainedIn } from './explained.ts'
import type { Mutant } from './mutant.ts'
import { share } from './report.ts'
import { runMutants, type TriedMutant } from './run-mutants.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const work = join(root, 'build/mutation', `planted-${process.pid}`)

describe('the run that takes guards out', function () {
  this.timeout(120_000)
  let tried: readonly TriedMutant[]
  const folder = 'test/mutation/planted'
  const run = (tests: readonly string[], chosen: (mutant: Mutant) => boolean = () => true) =>
    runMutants({
      root,
      files: [`${folder}/guard.ts`],
      tests,
      work,
      budget: 1000,
      patience: 1500,
      isChosen: chosen,
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

  it('finds what no test comes by', () => {
    assert.deepEqual(Object.values(fates(20)), ['not reached'])
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

  it('gives no figures where a test fails without a mutant', async () => {
    await assert.rejects(
      run([`${folder}/guard-checks.ts`, `${folder}/failing-check.ts`]),
      /fail without a mutant:\na check that fails.*: 1 is not 2/,
    )
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
  const mutant: Mutant = {
    file: 'keys/a.ts',
    kind: 'left side',
    line: 1,
    column: 1,
    was: 'a\n  || b',
    becomes: 'a',
    start: 0,
    end: 8,
    anchor: { form: 'expression', start: 0, end: 8 },
  }

  it('is known by its file, what stands there and what stands instead', () => {
    const [row, ...others] = explainedIn(page)
    assert.equal(others.length, 0)
    assert.equal(row?.is(mutant), true)
  })

  it('says nothing of another', () => {
    const [row] = explainedIn(page)
    assert.equal(row?.is({ ...mutant, becomes: 'b' }), false)
    assert.equal(row?.is({ ...mutant, file: 'keys/b.ts' }), false)
  })
})
