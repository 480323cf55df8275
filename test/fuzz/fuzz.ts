import { isDeepStrictEqual } from 'node:util'
import type { ExplainedVerdict, PassportVerdict } from '@battery-passport/verifier'
import fc from 'fast-check'
import type { Sent, World } from './bases.ts'
import { globalsChange, globalsNow } from './globals.ts'
import { faultOf } from './invariant.ts'
import type { Judge } from './judge.ts'
import { mutantMill, type Recipe } from './mutant.ts'
import { recipes } from './recipes.ts'
import { type View, viewOf } from './view.ts'

/** A mutant that broke the invariant, as small as it became. */
export interface Hole {
  readonly fault: string
  readonly recipe: Recipe
  readonly sent: Sent
  readonly verdict: PassportVerdict | null
}

/** What a run did. */
export interface FuzzReport {
  /** Mutants that differ from their base. */
  readonly mutants: number
  readonly outcomes: Readonly<Record<PassportVerdict['outcome'], number>>
  /** How many mutants had an error or unknown of each code. */
  readonly codes: ReadonlyMap<string, number>
  readonly slowest: number
  readonly hole: Hole | null
}

export interface FuzzOptions {
  readonly world: World
  /** What the world issued, as a sound verifier answers it. */
  readonly issued: Issued
  /** Makes a judge that remembers nothing yet. */
  readonly judge: () => Judge
  readonly seed: number
  readonly mutants: number
  /** Ends the run before its mutants are many enough. */
  readonly isOver?: () => boolean
  readonly onProgress?: (soFar: Omit<FuzzReport, 'hole'>) => void
  /** Whether a mutant that breaks the invariant is made smaller; default: it is. */
  readonly shrinks?: boolean
  /** Milliseconds that one answer may take, asked twice. */
  readonly slowest?: number
}

interface Answered {
  readonly sent: Sent
  readonly answer: ExplainedVerdict
}

/** The bases with their answers, and the views of all that was issued. */
export interface Issued {
  readonly honest: readonly Answered[]
  readonly views: readonly View[]
}

/** Every so many mutants an honest base is asked for, and a judge that remembers nothing. */
const HONEST_EVERY = 10
const FRESH_EVERY = 100

/** The limit of the verifier for a presentation of the greatest size. */
const SLOWEST = 2000

/** Tries mutants until there are enough of them or one breaks the invariant. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { world, issued, judge, seed, mutants, isOver = () => false } = options
  const { slowest = SLOWEST, shrinks = true, onProgress = () => undefined } = options
  const mill = mutantMill(world)
  const { honest, views } = issued
  const seasoned = judge()
  const rejections: unknown[] = []
  const onRejection = (reason: unknown) => rejections.push(reason)
  process.on('unhandledRejection', onRejection)
  const globals = globalsNow()
  const count = new Tally()
  // fast-check goes on from the simplest that fails, so that the last to fail is the smallest.
  let hole = null as (Hole & { readonly isBeside: boolean }) | null

  const faultAfter = async (sent: Sent, answer: ExplainedVerdict | Error, took: number) => {
    if (answer instanceof Error) return `throws ${answer.message}`
    const changed = globalsChange(globals)
    if (changed !== null) return `${changed} of a built-in object was changed`
    if (rejections.length > 0) return `a rejection that nobody handles: ${rejections[0]}`
    if (took > slowest && (await timeOf(seasoned, sent)) > slowest)
      return `slower than ${slowest} ms`
    return faultOf(sent, answer, views)
  }
  /** What shows only beside another answer is not asked for each time. */
  const faultBeside = async (sent: Sent, answer: ExplainedVerdict | Error, isAsked: boolean) => {
    const index = count.mutants
    if (isAsked || index % FRESH_EVERY === 0) {
      const fresh = await answerOf(judge(), sent)
      if (!isDeepStrictEqual(fresh, answer))
        return 'another answer than of one that remembers nothing'
    }
    const base = honest[index % honest.length]
    if (base === undefined || !(isAsked || index % HONEST_EVERY === 0)) return null
    const again = await answerOf(seasoned, base.sent)
    return isDeepStrictEqual(again, base.answer)
      ? null
      : 'an honest one is answered otherwise after it'
  }

  const isSound = async (recipe: Recipe): Promise<boolean> => {
    if (hole === null && (count.mutants >= mutants || isOver())) return true
    const sent = mill.make(recipe)
    const base = world.bases[recipe.base % world.bases.length]
    if (base === undefined || isSame(sent, base)) return true
    const begun = performance.now()
    const answer = await answerOf(seasoned, sent)
    const took = performance.now() - begun
    const verdict = answer instanceof Error ? null : answer.verdict
    const own = await faultAfter(sent, answer, took)
    const fault = own ?? (await faultBeside(sent, answer, hole?.isBeside === true))
    if (fault !== null) hole = { fault, recipe, sent, verdict, isBeside: own === null }
    else if (hole === null && verdict !== null) {
      count.add(verdict, took)
      onProgress(count.report)
    }
    return fault === null
  }

  for (let round = 0; hole === null && count.mutants < mutants && !isOver(); round++) {
    const settings = { seed: seed + round * ROUND, numRuns: ROUND, endOnFailure: !shrinks }
    await fc.check(fc.asyncProperty(recipes, isSound), settings)
  }
  process.off('unhandledRejection', onRejection)
  return { ...count.report, hole }
}

/** fast-check keeps what it tried; a long run is many of these. */
const ROUND = 5000

/** The answer, or what was thrown in its place. */
async function answerOf(judge: Judge, sent: Sent): Promise<ExplainedVerdict | Error> {
  try {
    return await judge(sent)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

async function timeOf(judge: Judge, sent: Sent): Promise<number> {
  const begun = performance.now()
  await answerOf(judge, sent)
  return performance.now() - begun
}

/**
 * The views of all that was issued: the bases, and those of the donors that are accepted.
 *
 * @throws {Error} if a base is not accepted
 */
export async function issuedIn({ bases, donors }: World, judge: Judge): Promise<Issued> {
  const honest: Answered[] = []
  const views: View[] = []
  for (const base of bases) {
    const answer = await judge(base)
    if (answer.verdict.outcome !== 'accepted') {
      throw new Error(`${base.name}: ${JSON.stringify(answer.verdict.findings)}`)
    }
    honest.push({ sent: base, answer })
    views.push(viewOf(base, answer))
  }
  for (const input of donors) {
    const sent = { input, added: [] }
    const answer = await answerOf(judge, sent)
    if (!(answer instanceof Error) && answer.verdict.outcome === 'accepted')
      views.push(viewOf(sent, answer))
  }
  return { honest, views }
}

function isSame(sent: Sent, base: Sent): boolean {
  const all = ({ input, added }: Sent) => [input, ...added]
  const [one, other] = [all(sent), all(base)]
  return (
    one.length === other.length &&
    one.every((bytes, index) => Buffer.compare(bytes, other[index] ?? new Uint8Array()) === 0)
  )
}

/** Counts what was answered. */
class Tally {
  readonly #outcomes = { accepted: 0, rejected: 0, indeterminate: 0 }
  readonly #codes = new Map<string, number>()
  #slowest = 0

  get mutants(): number {
    const { accepted, rejected, indeterminate } = this.#outcomes
    return accepted + rejected + indeterminate
  }

  get report(): Omit<FuzzReport, 'hole'> {
    const { mutants } = this
    return { mutants, outcomes: this.#outcomes, codes: this.#codes, slowest: this.#slowest }
  }

  add({ outcome, findings }: PassportVerdict, took: number): void {
    this.#outcomes[outcome]++
    this.#slowest = Math.max(this.#slowest, took)
    const grave = findings.filter(({ severity }) => severity === 'error' || severity === 'unknown')
    for (const code of new Set(grave.map((each) => each.code))) {
      this.#codes.set(code, (this.#codes.get(code) ?? 0) + 1)
    }
  }
}
