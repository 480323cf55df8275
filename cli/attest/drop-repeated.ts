import type { Complaint } from '../errors.ts'
import type { ReadResults } from './read-results.ts'
import type { SourcedResult } from './sourced-result.ts'

/** The answers without those whose indicator was answered before, each of which is complained of. */
export function dropRepeated({ results, complaints }: ReadResults): ReadResults {
  const first = new Map<string, SourcedResult>()
  const repeated: Complaint[] = []
  for (const result of results) {
    const { indicator } = result.input
    const earlier = first.get(indicator)
    if (earlier === undefined) first.set(indicator, result)
    else {
      repeated.push({
        what: `Indicator ${indicator} is answered twice.`,
        where: result.place('indicator'),
        expected: 'one answer for an indicator',
        found: `another at ${earlier.place()}`,
        remedy: 'Remove one of the two.',
      })
    }
  }
  return { results: [...first.values()], complaints: [...complaints, ...repeated] }
}
