/** The exit codes of every command: `sysexits.h` where it has one. */
export const EXIT = {
  /** Done; for `verify`, accepted. */
  done: 0,
  /** The input was read and refused, with every finding; for `verify`, rejected. */
  refused: 1,
  /** Could not be checked; only `verify`. */
  indeterminate: 2,
  /** Wrong usage, or a file that cannot be read or written. */
  usage: 64,
  /** A fault of this program. */
  internal: 70,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** One reason why a command cannot go on, in the order in which it is printed. */
export interface Complaint {
  /** What is wrong, as one sentence. */
  readonly what: string
  /** The file, with a JSON pointer, row or option. */
  readonly where?: string
  readonly expected?: string
  readonly found?: string
  /** What to do. */
  readonly remedy?: string
}

/** A command cannot go on: every reason at once, and the exit code it ends with. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly exitCode: ExitCode
  readonly complaints: readonly Complaint[]

  constructor(exitCode: ExitCode, complaints: readonly Complaint[]) {
    super(complaints.map(({ what }) => what).join(' '))
    this.exitCode = exitCode
    this.complaints = complaints
  }
}

/** Wrong usage, or a file that cannot be opened, read or written. */
export function usageError(...complaints: readonly Complaint[]): CommandError {
  return new CommandError(EXIT.usage, complaints)
}

/** The input was understood and is refused. */
export function refusal(...complaints: readonly Complaint[]): CommandError {
  return new CommandError(EXIT.refused, complaints)
}
