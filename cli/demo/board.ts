import { atMost } from '../at-most.ts'

/** Tells what is being done and how long it took: one line a step. */
export interface Board {
  heading(text: string): void
  /** Does a step; the line is written when it is done. */
  step<T>(work: () => Promise<T>, said: (result: T) => string): Promise<T>
  /** Does several steps, some at a time; their lines stand in the order of the steps. */
  steps(limit: number, all: readonly BoardStep[]): Promise<void>
}

/** A step and its line. */
export interface BoardStep {
  readonly work: () => Promise<void>
  readonly said: string
}

/**
 * A board that writes lines.
 *
 * @param now milliseconds from any point
 */
export function boardOn(out: (text: string) => void, now: () => number): Board {
  const line = (milliseconds: number, said: string) =>
    out(`${(milliseconds / 1000).toFixed(1).padStart(6)} s  ${said}\n`)
  return {
    heading: (text) => out(`\n${text}\n`),
    async step(work, said) {
      const start = now()
      const result = await work()
      line(now() - start, said(result))
      return result
    },
    async steps(limit, all) {
      const done = new Map<number, number>()
      let next = 0
      await atMost(limit, all, async ({ work }, index) => {
        const start = now()
        await work()
        done.set(index, now() - start)
        for (let took = done.get(next); took !== undefined; took = done.get(next)) {
          line(took, all[next]?.said ?? '')
          next += 1
        }
      })
    },
  }
}
