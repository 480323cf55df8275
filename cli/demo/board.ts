/** Tells what is being done and how long it took: one line a step. */
export interface Board {
  heading(text: string): void
  /** Does a step; the line is written when it is done. */
  step<T>(work: () => Promise<T>, said: (result: T) => string): Promise<T>
}

/**
 * A board that writes lines.
 *
 * @param now milliseconds from any point
 */
export function boardOn(out: (text: string) => void, now: () => number): Board {
  return {
    heading: (text) => out(`\n${text}\n`),
    async step(work, said) {
      const start = now()
      const result = await work()
      const seconds = ((now() - start) / 1000).toFixed(1)
      out(`${seconds.padStart(6)} s  ${said(result)}\n`)
      return result
    },
  }
}
