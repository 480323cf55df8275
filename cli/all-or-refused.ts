import { CommandError, type Complaint, EXIT, refusal } from './errors.ts'

/**
 * Does the same with every item, one after the other, and goes on after a refusal, so that all of
 * them are told at once.
 *
 * @throws {CommandError} refused, with the complaints about every item; any other error at once
 */
export async function allOrRefused<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  const complaints: Complaint[] = []
  for (const item of items) {
    try {
      results.push(await work(item))
    } catch (error) {
      if (!(error instanceof CommandError) || error.exitCode !== EXIT.refused) throw error
      complaints.push(...error.complaints)
    }
  }
  if (complaints.length > 0) throw refusal(...complaints)
  return results
}
