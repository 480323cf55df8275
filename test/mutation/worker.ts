import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import Mocha from 'mocha'
import type { Order, RehearsedTest, Report } from './messages.ts'

/**
 * Runs tests with mutants in them, in one process: `node worker.mjs TESTS [MUTANT]`. A mutant that
 * is named is there from the beginning, while the tests are loaded.
 */
const [, , testsFile = '', named] = process.argv

let active = named === undefined ? -1 : Number(named)
const passed = new Uint8Array(65_536)
Object.assign(globalThis, {
  $mutants: {
    ask(mutant: number): boolean {
      passed[mutant] = 1
      return mutant === active
    },
  },
})

const say = (report: Report) => writeSync(3, `${JSON.stringify(report)}\n`)

// What a mutant leaves behind must not end the process; a test that it broke has failed already.
process.on('unhandledRejection', () => {})
process.on('uncaughtException', () => {})

const mocha = new Mocha({ timeout: 20_000, reporter: 'min', bail: false })
mocha.cleanReferencesAfterRun(false)
mocha.suite.emit('pre-require', globalThis, testsFile, mocha)
await import(pathToFileURL(testsFile).href)
const atLoad = takePassed()
const tests: Mocha.Test[] = []
mocha.suite.eachTest((test: Mocha.Test) => tests.push(test))
// Mocha asks for it again and again.
for (const test of tests) {
  const title = test.fullTitle()
  test.fullTitle = () => title
}
const numbers = new Map(tests.map((test, number) => [test, number]))

say({ said: 'ready', tests: tests.map((test) => test.fullTitle()), atLoad })

for await (const line of createInterface({ input: process.stdin })) {
  const order: Order = JSON.parse(line)
  if (order.do === 'rehearse') say({ said: 'rehearsed', tests: await rehearse() })
  else await attempt(order.mutant, order.tests)
}

async function attempt(mutant: number, chosen: readonly number[]): Promise<void> {
  const killer = await firstFailure(mutant, chosen)
  if (killer === null) say({ said: 'survived' })
  else {
    const isClean = named !== undefined || (await firstFailure(-1, [killer])) === null
    say({ said: 'killed', test: killer, isClean })
  }
}

/** The first of some tests to fail, each run by itself in the order given, so that quick ones come first. */
async function firstFailure(mutant: number, chosen: readonly number[]): Promise<number | null> {
  active = mutant
  try {
    for (const batch of batches(chosen)) {
      const failed = await run(new Set(batch))
      if (failed !== null) return failed
    }
    return null
  } finally {
    active = -1
  }
}

/** The few that are most likely to fail first; then all the others together, their hooks once. */
function batches(chosen: readonly number[]): readonly (readonly number[])[] {
  return [chosen.slice(0, 1), chosen.slice(1, 5), chosen.slice(5, 25), chosen.slice(25)].filter(
    (batch) => batch.length > 0,
  )
}

function run(chosen: ReadonlySet<number>): Promise<number | null> {
  const titles = new Set([...chosen].map((number) => tests[number]?.fullTitle() ?? ''))
  let failed: number | null = null
  return new Promise((resolve) => {
    // Mocha only asks of a pattern whether it matches a title.
    const grep = Object.assign(/./, { test: (title: string) => titles.has(title) })
    mocha.options.grep = grep as unknown as string
    setBail(mocha.suite, true)
    const runner = mocha.run(() => resolve(failed))
    runner.on('test', (test) => say({ said: 'test', test: numbers.get(test) ?? -1 }))
    runner.on('fail', (test) => {
      failed ??= numbers.get(test as Mocha.Test) ?? [...chosen][0] ?? 0
    })
  })
}

/** Every test once, without a mutant; what hooks of a suite pass by counts for all of its tests. */
async function rehearse(): Promise<readonly RehearsedTest[]> {
  const found = tests.map(() => ({
    milliseconds: 0,
    failure: null as string | null,
    mutants: new Set<number>(),
  }))
  const bySuite = new Map<Mocha.Suite, Set<number>>()
  const suites: Mocha.Suite[] = []
  const before = new Map<Mocha.Suite | undefined, number>()
  let begun = 0
  let hookBegun = 0
  const collect = (into: Set<number> | undefined) => {
    for (const mutant of takePassed()) into?.add(mutant)
  }
  const ofSuite = () => {
    const suite = suites.at(-1)
    if (suite === undefined) return undefined
    const known = bySuite.get(suite) ?? new Set<number>()
    bySuite.set(suite, known)
    return known
  }
  await new Promise<void>((resolve) => {
    mocha.options.grep = undefined as unknown as string
    setBail(mocha.suite, false)
    const runner = mocha.run(() => resolve())
    runner.on('suite', (suite) => {
      collect(ofSuite())
      suites.push(suite)
    })
    runner.on('suite end', () => {
      collect(ofSuite())
      suites.pop()
    })
    runner.on('test', (test) => {
      collect(ofSuite())
      begun = performance.now()
      say({ said: 'test', test: numbers.get(test) ?? -1 })
    })
    runner.on('test end', (test) => {
      const entry = found[numbers.get(test) ?? -1]
      collect(entry?.mutants)
      if (entry !== undefined) entry.milliseconds = performance.now() - begun
    })
    runner.on('hook', () => {
      hookBegun = performance.now()
    })
    runner.on('hook end', ({ parent, title }) => {
      if (!title.startsWith('"before all"')) return
      before.set(parent, (before.get(parent) ?? 0) + performance.now() - hookBegun)
    })
    runner.on('fail', (test, error) => {
      const entry = found[numbers.get(test as Mocha.Test) ?? 0]
      if (entry !== undefined) entry.failure = `${test.fullTitle()}: ${error.message}`
    })
  })
  return found.map(({ milliseconds, failure, mutants }, number) => {
    const all = new Set(mutants)
    let hooks = 0
    for (let suite = tests[number]?.parent; suite !== undefined; suite = suite.parent) {
      for (const mutant of bySuite.get(suite) ?? []) all.add(mutant)
      hooks += (before.get(suite) ?? 0) / suite.total()
    }
    const passed = mutants.size
    return { before: hooks, milliseconds, failure, passed, mutants: [...all] }
  })
}

/** The mutants that were passed by since the last time it was asked. */
function takePassed(): readonly number[] {
  const taken: number[] = []
  for (let mutant = passed.indexOf(1); mutant !== -1; mutant = passed.indexOf(1, mutant + 1)) {
    taken.push(mutant)
  }
  passed.fill(0)
  return taken
}

/** A suite only looks at its own setting, not at that of the suite around it. */
function setBail(suite: Mocha.Suite, bail: boolean): void {
  suite.bail(bail)
  for (const inner of suite.suites) setBail(inner, bail)
}
