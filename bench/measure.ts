/** One side of a comparison: does its work once a round and says how often it did what is compared. */
export interface Side {
  run(): Promise<number>
}

/** What one side took for one operation, in milliseconds. */
export interface Cost {
  /** By the clock. */
  readonly elapsed: number
  /** Of processors, of all threads of the process: what one core would be busy with. */
  readonly processor: number
}

/** Both sides of one round, one after the other. */
export interface Round {
  readonly ours: Cost
  readonly library: Cost
}

/**
 * Runs both sides in turns, so that whatever else the machine does meets both. The first round warms
 * up and does not count; every other round begins with the other side.
 */
export async function measure(
  sides: { readonly ours: Side; readonly library: Side },
  rounds: number,
): Promise<Round[]> {
  const measured: Round[] = []
  for (let round = 0; round <= rounds; round++) {
    const libraryFirst = round % 2 === 0
    const first = await cost(libraryFirst ? sides.library : sides.ours)
    const second = await cost(libraryFirst ? sides.ours : sides.library)
    const [ours, library] = libraryFirst ? [second, first] : [first, second]
    if (round > 0) measured.push({ ours, library })
  }
  return measured
}

async function cost(side: Side): Promise<Cost> {
  globalThis.gc?.()
  const before = process.cpuUsage()
  const start = performance.now()
  const operations = await side.run()
  const elapsed = performance.now() - start
  const { user, system } = process.cpuUsage(before)
  return { elapsed: elapsed / operations, processor: (user + system) / 1000 / operations }
}

/** The middle of the values; of an even number, the lower of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
}
