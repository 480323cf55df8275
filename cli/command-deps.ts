import type { Fetcher } from '@battery-passport/keys'
import type { Clock } from '@battery-passport/verifier'
import type { ExitCode } from './errors.ts'

/** What a command may touch besides files: given to it, so that tests run commands in process. */
export interface CommandDeps {
  /** Standard input, for `-`. */
  readonly stdin: AsyncIterable<Uint8Array>
  /** Results: written to standard output as they are. */
  readonly out: (text: string) => void
  /** Progress, logs and errors: written to standard error as they are. */
  readonly err: (text: string) => void
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock: Clock
  /** How did:web is asked for where that is wanted; default: the guarded one for https. */
  readonly fetcher?: Fetcher
  /** Resolves when what was written has been taken; without it, writing waits by itself. */
  readonly drained?: () => Promise<void>
  /** Whether standard error is a terminal, where a line may be written over. */
  readonly progress?: boolean
  /** Whether standard output is a terminal that wants colour. */
  readonly colour: boolean
  /** Sets the exit code of a command that did what was asked and has an answer other than yes. */
  readonly exitWith: (code: ExitCode) => void
}
