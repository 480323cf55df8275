import { bundleTests } from './bundle.ts'
import type { RehearsedTest, Report } from './messages.ts'
import type { Mutant } from './mutant.ts'
import { sample } from './sample.ts'
import { instrumentFiles } from './sources.ts'
import { type Silence, WorkerProcess } from './worker-process.ts'

/** How a mutant ended. What made the tests hang or broke their process was noticed by them. */
export type Fate = 'killed' | 'timeout' | 'crashed' | 'survived' | 'not reached' | 'explained'

export interface TriedMutant {
  readonly mutant: Mutant
  readonly fate: Fate
  /** The test that noticed it. */
  readonly by: string | null
  /** Whether tests that pass by it were left out, because all together take longer than the budget. */
  readonly isCut: boolean
}

export interface MutationRun {
  readonly root: string
  readonly files: readonly string[]
  readonly tests: readonly string[]
  /** A folder below the repository for the program that is made, so that it finds the libraries. */
  readonly work: string
  /** Milliseconds of tests that one mutant may take. */
  readonly budget: number
  /** Milliseconds after which a test that says nothing is taken to hang; 8,000 if none is given. */
  readonly patience?: number
  readonly isExplained?: (mutant: Mutant) => boolean
  readonly isChosen?: (mutant: Mutant) => boolean
  /** To try only some of those that are chosen, drawn at random. */
  readonly sample?: { readonly size: number; readonly seed: number }
  /** Whether a test is to be asked before any other about a file. */
  readonly isFirst?: (file: string, title: string) => boolean
  readonly onRehearsed?: (tests: number, mutants: number) => void
  /** Asked before each mutant: whether to stop with what was tried so far. */
  readonly isOver?: () => boolean
  readonly onTried?: (tried: TriedMutant, done: number, all: number) => void
}

/** Tries every mutant of some files against some tests. */
export async function runMutants(run: MutationRun): Promise<readonly TriedMutant[]> {
  const { mutants, texts } = instrumentFiles(run.root, run.files, run.work)
  await bundleTests(run.root, run.tests, texts, run.work)
  const rehearsal = await rehearse(run.work, mutants)
  run.onRehearsed?.(rehearsal.titles.length, mutants.length)
  const tried: TriedMutant[] = []
  const session = new Session(run, rehearsal)
  const able = [...mutants.entries()].filter(([, mutant]) => run.isChosen?.(mutant) ?? true)
  const chosen = run.sample === undefined ? able : sample(able, run.sample.size, run.sample.seed)
  for (const [number, mutant] of chosen) {
    if (run.isOver?.()) break
    const result = run.isExplained?.(mutant)
      ? { mutant, fate: 'explained' as const, by: null, isCut: false }
      : await session.attempt(number, mutant)
    tried.push(result)
    run.onTried?.(result, tried.length, chosen.length)
  }
  session.end()
  return tried
}

interface Rehearsal {
  readonly titles: readonly string[]
  readonly tests: readonly RehearsedTest[]
  readonly atLoad: ReadonlySet<number>
  /** The tests that pass by a mutant. */
  readonly passing: ReadonlyMap<number, readonly number[]>
  /** The tests that pass by any mutant of a file. */
  readonly ofFile: ReadonlyMap<string, ReadonlySet<number>>
}

async function rehearse(work: string, all: readonly Mutant[]): Promise<Rehearsal> {
  const worker = new WorkerProcess(work, () => 120_000)
  try {
    const ready = await worker.next()
    if (typeof ready === 'string' || ready.said !== 'ready') {
      throw new Error(`The tests cannot be loaded: ${answer(ready)}`)
    }
    const done = await worker.ask({ do: 'rehearse' })
    if (typeof done === 'string' || done.said !== 'rehearsed') {
      throw new Error(`The tests cannot be run without a mutant: ${answer(done)}`)
    }
    const failures = done.tests.flatMap(({ failure }) => failure ?? [])
    if (failures.length > 0) {
      throw new Error(`These tests fail without a mutant:\n${failures.join('\n')}`)
    }
    const passing = new Map<number, number[]>()
    const ofFile = new Map<string, Set<number>>()
    for (const [number, { mutants }] of done.tests.entries()) {
      for (const mutant of mutants) {
        const known = passing.get(mutant)
        if (known === undefined) passing.set(mutant, [number])
        else known.push(number)
        const file = all[mutant]?.file ?? ''
        const tests = ofFile.get(file) ?? new Set<number>()
        ofFile.set(file, tests.add(number))
      }
    }
    return {
      titles: ready.tests,
      tests: done.tests,
      atLoad: new Set(ready.atLoad),
      passing,
      ofFile,
    }
  } finally {
    worker.end()
  }
}

const answer = (report: Report | Silence) => (typeof report === 'string' ? report : report.said)

/**
 * What is made once in a process, and then kept, is passed by in the test that asks for it first. A
 * mutant in what so few tests pass by may stand in such a place: it is tried from the beginning as
 * well, with every test that passes by its file, since another one may ask first.
 */
const MADE_ONCE = 3

/** A worker that is used for one mutant after the other, as long as they leave nothing behind. */
class Session {
  private worker: WorkerProcess | undefined
  /** How often a test noticed a mutant, by file: it will be asked first. */
  private readonly kills = new Map<string, Map<number, number>>()

  private readonly run: MutationRun
  private readonly rehearsal: Rehearsal

  constructor(run: MutationRun, rehearsal: Rehearsal) {
    this.run = run
    this.rehearsal = rehearsal
  }

  async attempt(number: number, mutant: Mutant): Promise<TriedMutant> {
    const { passing, atLoad, tests } = this.rehearsal
    const inTests = passing.get(number) ?? []
    const isAtLoad = atLoad.has(number)
    if (inTests.length === 0 && !isAtLoad) {
      return { mutant, fate: 'not reached', by: null, isCut: false }
    }
    const warm =
      inTests.length === 0
        ? null
        : await this.warm(number, this.choose(mutant.file, inTests).chosen)
    const isMadeOnce = isAtLoad || inTests.length <= MADE_ONCE
    const ofFile = [...(this.rehearsal.ofFile.get(mutant.file) ?? [])]
    const all = isAtLoad ? [...tests.keys()] : isMadeOnce ? ofFile : inTests
    const { chosen, isCut } = this.choose(mutant.file, all)
    const found =
      warm !== null && (warm.fate !== 'survived' || !isMadeOnce)
        ? warm
        : await this.fresh(number, chosen)
    if (found.test !== null) this.remember(mutant.file, found.test)
    const by = found.test === null ? null : (this.rehearsal.titles[found.test] ?? null)
    return { mutant, fate: found.fate, by, isCut: isCut && found.fate === 'survived' }
  }

  end(): void {
    this.worker?.end()
  }

  private async warm(number: number, chosen: readonly number[]): Promise<Attempt> {
    const worker = this.worker ?? (await this.start())
    this.worker = worker
    const report = await worker.ask({ do: 'try', mutant: number, tests: chosen })
    const attempt = attemptOf(report)
    const isClean = typeof report !== 'string' && (report.said !== 'killed' || report.isClean)
    if (isClean) return attempt
    worker.end()
    this.worker = undefined
    // An earlier mutant, or this one, left something behind: ask again where there was none.
    return typeof report === 'string' ? attempt : this.fresh(number, chosen)
  }

  private async fresh(number: number, chosen: readonly number[]): Promise<Attempt> {
    const worker = this.newWorker(number)
    try {
      const ready = await worker.next()
      // It broke while it was loaded, which no test can miss.
      if (typeof ready === 'string') return { fate: ready, test: null }
      return attemptOf(await worker.ask({ do: 'try', mutant: number, tests: chosen }))
    } finally {
      worker.end()
    }
  }

  private async start(): Promise<WorkerProcess> {
    const worker = this.newWorker()
    const ready = await worker.next()
    if (typeof ready === 'string') throw new Error(`The tests cannot be loaded: ${ready}`)
    return worker
  }

  private newWorker(mutant?: number): WorkerProcess {
    const patience = (test: number) =>
      (this.run.patience ?? 8000) + 5 * (this.rehearsal.tests[test]?.milliseconds ?? 0)
    return new WorkerProcess(this.run.work, patience, mutant)
  }

  /**
   * Those made for the file, those that noticed the most in it, those that pass by little else, the
   * quick ones: up to the budget.
   */
  private choose(
    file: string,
    able: readonly number[],
  ): { chosen: readonly number[]; isCut: boolean } {
    const kills = this.kills.get(file)
    const duration = (test: number) => this.rehearsal.tests[test]?.milliseconds ?? 0
    const cost = (test: number) => duration(test) + (this.rehearsal.tests[test]?.before ?? 0)
    const passed = (test: number) => this.rehearsal.tests[test]?.passed ?? 0
    const ofFile = this.rehearsal.ofFile.get(file)
    const { titles } = this.rehearsal
    const isFirst = (test: number) => this.run.isFirst?.(file, titles[test] ?? '') ?? false
    const rank = (test: number) =>
      ((isFirst(test) ? 0 : 1) *
        ((ofFile?.has(test) ? 1 : 1000) * cost(test) * (1 + passed(test)))) /
      (1 + 20 * (kills?.get(test) ?? 0))
    const chosen: number[] = []
    let left = this.run.budget
    for (const test of [...able].sort((one, other) => rank(one) - rank(other))) {
      left -= duration(test)
      if (left < 0 && !isFirst(test)) return { chosen, isCut: true }
      chosen.push(test)
    }
    return { chosen, isCut: false }
  }

  private remember(file: string, test: number): void {
    const kills = this.kills.get(file) ?? new Map<number, number>()
    this.kills.set(file, kills)
    kills.set(test, (kills.get(test) ?? 0) + 1)
  }
}

interface Attempt {
  readonly fate: 'killed' | 'timeout' | 'crashed' | 'survived'
  readonly test: number | null
}

function attemptOf(report: Report | Silence): Attempt {
  if (typeof report === 'string') return { fate: report, test: null }
  if (report.said === 'killed') return { fate: 'killed', test: report.test }
  if (report.said === 'survived') return { fate: 'survived', test: null }
  throw new Error(`The worker said ${report.said}, where a mutant was to be tried.`)
}
