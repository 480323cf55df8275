import { type EvidenceFile, nearest, type Result } from '@battery-passport/contexts'
import type { Complaint } from '../errors.ts'
import {
  type EvidenceShelf,
  evidenceFile,
  findInFolder,
  type GivenEvidence,
} from './given-evidence.ts'
import type { SourcedResult } from './sourced-result.ts'

/** Answers as the credential states them, and the evidence they rest on. */
export interface AssembledResults {
  readonly results: readonly Result[]
  /** The same answers with their places, in the same order. */
  readonly sources: readonly SourcedResult[]
  readonly evidence: readonly GivenEvidence[]
  readonly evidenceFiles: readonly EvidenceFile[]
  readonly complaints: readonly Complaint[]
}

/**
 * Puts ids for the names of evidence, and hashes every file that is listed or named. A name that
 * means no file is complained of.
 *
 * @param folder where a file may lie that only a result names
 * @param holder who holds the files unless the engagement says so
 */
export async function assembleResults(
  sources: readonly SourcedResult[],
  shelf: EvidenceShelf,
  { folder, holder }: { readonly folder: string; readonly holder: string },
): Promise<AssembledResults> {
  const byName = new Map(shelf.byName)
  const evidence = [...shelf.listed]
  const complaints: Complaint[] = []
  const results: Result[] = []
  for (const { input, place } of sources) {
    const ids: string[] = []
    const names = 'evidence' in input ? (input.evidence ?? []) : []
    for (const name of names) {
      let given = byName.get(name)
      if (given === undefined) {
        const found = await findInFolder(name, folder)
        if (found === null) {
          complaints.push(notGiven(name, [...byName.keys()], folder, place('evidence')))
          continue
        }
        given = found
        byName.set(name, found)
        evidence.push(found)
      }
      if (!ids.includes(given.id)) ids.push(given.id)
    }
    results.push(resultOf(input, ids))
  }
  const evidenceFiles: EvidenceFile[] = []
  if (complaints.length === 0 && shelf.complaints.length === 0) {
    for (const given of evidence) evidenceFiles.push(await evidenceFile(given, holder))
  }
  return { results, sources, evidence, evidenceFiles, complaints }
}

function resultOf(input: SourcedResult['input'], evidenceIds: string[]): Result {
  if (input.answer === 'not-assessed') return input
  const { evidence: _, ...answer } = input
  if (answer.answer === 'equivalent') return { ...answer, evidenceIds }
  return evidenceIds.length === 0 ? answer : { ...answer, evidenceIds }
}

function notGiven(
  name: string,
  given: readonly string[],
  folder: string,
  where: string,
): Complaint {
  const meant = nearest(name, given)
  return {
    what: 'The answer rests on evidence that is not given.',
    where,
    expected: `a file or key of the engagement's evidence, or a file in ${folder}`,
    found: name,
    remedy:
      meant === undefined
        ? 'List it in the engagement and put it into the folder; names with spaces are separated by "|".'
        : `Write ${meant} if that is meant; otherwise list it in the engagement.`,
  }
}
