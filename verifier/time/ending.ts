import type { Finding } from '../findings/findings.ts'

/** That something a signature rests on has ended since the signature says it was made. */
export interface Ending {
  /** The note that says so. */
  readonly note: Finding
  /** The last instant at which a signature could rest on it: seconds since the epoch. */
  readonly last: number
}
