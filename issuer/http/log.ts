/** A line of the log: what happened, and its circumstances. Never a token, key or body. */
export interface LogLine {
  readonly level: 'info' | 'warning' | 'error'
  readonly event: string
  readonly [field: string]: string | number | boolean | undefined
}

/** Takes the lines of the log. */
export type Log = (line: LogLine) => void

/** Writes each line as one JSON object: JSON escapes line ends, so no text can forge a line. */
export function jsonLog(write: (text: string) => void, now: () => string): Log {
  return (line) => write(`${JSON.stringify({ time: now(), ...line })}\n`)
}
