import type { CommandDeps } from '../command-deps.ts'
import type { DeliveryTally } from './delivery-tally.ts'

/** Tells on a terminal how far a delivery is, once a second, in one line that is written over. */
export interface Progress {
  tell(tally: DeliveryTally): void
  /** Takes the line away. */
  end(): void
}

const CLEAR = '\r\u001b[K'

/** Progress for who runs the program; silent where standard error is no terminal. */
export function progressOf({
  clock,
  err,
  progress = false,
}: Pick<CommandDeps, 'clock' | 'err' | 'progress'>): Progress {
  if (!progress) return { tell: () => {}, end: () => {} }
  const begun = clock.now()
  let told = begun
  return {
    tell({ lines, outcomes }) {
      const now = clock.now()
      if (now === told) return
      told = now
      const rate = Math.round(lines / Math.max(1, now - begun))
      const { accepted, rejected, indeterminate } = outcomes
      err(
        `${CLEAR}${lines} lines, ${rate} a second: ${accepted} accepted, ${rejected} rejected, ${indeterminate} indeterminate`,
      )
    },
    end() {
      if (told !== begun) err(CLEAR)
    },
  }
}
