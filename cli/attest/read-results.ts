import { extname } from 'node:path'
import { faultRemedy } from '@battery-passport/contexts'
import type { Complaint } from '../errors.ts'
import { checkResult } from '../forms/check-result.ts'
import { parseDocument, placeIn } from '../input/read-document.ts'
import { readResultsTable } from '../tables/results-table.ts'
import type { SourcedResult } from './sourced-result.ts'

/** The answers that could be read, and what is wrong with the others. */
export interface ReadResults {
  readonly results: readonly SourcedResult[]
  readonly complaints: readonly Complaint[]
}

/**
 * Reads an assessor's results: JSON if the name ends in `.json`, otherwise CSV.
 *
 * @param evidence the names under which evidence is given
 * @throws {CommandError} the file is neither
 */
export function readResults(
  bytes: Uint8Array,
  file: string,
  evidence: ReadonlySet<string>,
): ReadResults {
  if (extname(file).toLowerCase() !== '.json') return readResultsTable(bytes, file, evidence)
  const value = parseDocument(bytes, file)
  const isWrapped = typeof value === 'object' && !Array.isArray(value) && 'results' in value
  const list: unknown = isWrapped ? value.results : value
  const prefix = isWrapped ? '/results' : ''
  if (!Array.isArray(list)) {
    const complaint: Complaint = {
      what: 'These are no results.',
      where: placeIn(file, prefix),
      expected: 'a list of answers, or an object with the list "results"',
      remedy: 'Put the answers in square brackets.',
    }
    return { results: [], complaints: [complaint] }
  }
  const results: SourcedResult[] = []
  const complaints: Complaint[] = []
  for (const [index, item] of list.entries()) {
    const place = (member?: string) =>
      placeIn(file, `${prefix}/${index}${member === undefined ? '' : `/${member}`}`)
    const checked = checkResult(item)
    if (checked.ok) results.push({ input: checked.result, place })
    else {
      complaints.push(
        ...checked.faults.map((fault) => ({
          what: fault.isUnknown
            ? 'An answer of this kind has no such property.'
            : 'This is not the form of an answer.',
          where: place(fault.pointer.slice(1) || undefined),
          expected: fault.expected,
          found: fault.found,
          remedy: faultRemedy(fault, fault.found === 'nothing' ? 'Write it.' : 'Correct it.'),
        })),
      )
    }
  }
  return { results, complaints }
}
