import { type Cost, measure, median, type Side } from './measure.ts'

/** One comparison of the bench. */
export interface Contest {
  readonly row: number
  readonly name: string
  /** How many times as fast as the library is aimed at. */
  readonly goal: number
  /** What the ratio is of: processor time, or time by the clock where a disk is waited for. */
  readonly by: keyof Cost
  readonly ours: Side
  readonly library: Side
  dispose?(): Promise<void>
}

/** One row of the report: `--json` prints an array of them. */
export interface Row {
  readonly row: number
  readonly name: string
  /** How many times as fast as the library: the median of the rounds. */
  readonly ratio: number
  /** The lowest and the highest of the rounds. */
  readonly spread: readonly [low: number, high: number]
  readonly goal: number
  readonly unit: string
}

/** A row with what only people read. */
export interface MeasuredRow extends Row {
  readonly rounds: number
  /** The same ratio by the other measure. */
  readonly otherwise: string
  /** Milliseconds an operation, the median of the rounds. */
  readonly ours: number
  readonly library: number
  /** MiB in use on the JavaScript heap after collection, and of the whole process. */
  readonly heap: number | null
  readonly resident: number | null
}

export async function run(contest: Contest, rounds: number): Promise<MeasuredRow> {
  const { row, name, goal, by } = contest
  const measured = await measure(contest, rounds)
  await contest.dispose?.()
  const ratios = (of: keyof Cost) => measured.map(({ ours, library }) => library[of] / ours[of])
  const other = by === 'processor' ? 'elapsed' : 'processor'
  globalThis.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  return {
    row,
    name,
    ratio: rounded(median(ratios(by))),
    spread: [rounded(Math.min(...ratios(by))), rounded(Math.max(...ratios(by)))],
    goal,
    unit: `times as fast as @digitalbazaar/vc (${by} time)`,
    rounds,
    otherwise: `${rounded(median(ratios(other)))} × by ${other} time`,
    ours: median(measured.map(({ ours }) => ours[by])),
    library: median(measured.map(({ library }) => library[by])),
    heap: heapUsed / 2 ** 20,
    resident: rss / 2 ** 20,
  }
}

function rounded(ratio: number): number {
  return Math.round(ratio * 10) / 10
}
