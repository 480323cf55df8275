import type { ResultInput } from '../forms/results.ts'

/** An answer as the assessor noted it, with the place where it stands. */
export interface SourcedResult {
  readonly input: ResultInput
  readonly place: PlaceOf
}

/**
 * Names the place of a member of an answer, as messages do: `file, row 5, column value`, or
 * `file /3/value`.
 *
 * @param member a name in `ResultInput`; the whole answer without one
 */
export type PlaceOf = (member?: string) => string
