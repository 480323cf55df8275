import type { ProvenTimes } from '../proof/trusted-time.ts'

/** Proven times that note what they were asked, and what they answered. */
export interface WatchedTimes {
  readonly times: ProvenTimes
  /** Whether others give every answer that was given so far. */
  agreesWith(others: ProvenTimes): boolean
}

/**
 * Watches what a part of a walk asked of timestamps: each passport of a series has its own, and with
 * the same answers it would come to the same end.
 */
export function watchTimes(times: ProvenTimes): WatchedTimes {
  const answers: {
    readonly digest: string
    readonly instant: number
    readonly isProven: boolean
  }[] = []
  return {
    times: {
      proveBy(digest, instant) {
        const isProven = times.proveBy(digest, instant)
        answers.push({ digest, instant, isProven })
        return isProven
      },
    },
    agreesWith: (others) =>
      answers.every(
        ({ digest, instant, isProven }) => others.proveBy(digest, instant) === isProven,
      ),
  }
}
