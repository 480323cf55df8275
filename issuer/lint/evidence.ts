import type { EvidenceFile, Result } from '@battery-passport/contexts'
import type { IssuanceFault } from '../errors.ts'

interface Evidenced {
  readonly id: string
  readonly results: readonly Result[]
  readonly evidenceFiles: readonly EvidenceFile[]
}

/** Evidence that is named but not listed, listed twice, or about other facilities than the subject. */
export function evidenceFaults({ id, results, evidenceFiles }: Evidenced): IssuanceFault[] {
  const byId = new Map<string, number>()
  const repeated = evidenceFiles.flatMap((file, index) => {
    const first = byId.get(file.id)
    if (first === undefined) byId.set(file.id, index)
    return first === undefined ? [] : [listedTwice(file.id, index, first)]
  })
  const named = results.flatMap((result, index) => {
    const ids = 'evidenceIds' in result ? (result.evidenceIds ?? []) : []
    return ids.flatMap((evidence, position) => {
      const at = `/credentialSubject/results/${index}/evidenceIds/${position}`
      const file = evidenceFiles[byId.get(evidence) ?? -1]
      if (file === undefined) return [notListed(evidence, at)]
      if (file.covers === undefined || file.covers.includes(id)) return []
      return [notCovered(file, id, at)]
    })
  })
  return [...repeated, ...named]
}

function listedTwice(id: string, index: number, first: number): IssuanceFault {
  return {
    code: 'EVIDENCE_MISMATCH',
    pointer: `/credentialSubject/evidenceFiles/${index}/id`,
    expected: 'an id that stands once',
    found: id,
    detail: `Evidence file ${first} has this id already.`,
    remedy: 'Give each file an id of its own, or list it once.',
  }
}

function notListed(id: string, pointer: string): IssuanceFault {
  return {
    code: 'EVIDENCE_MISMATCH',
    pointer,
    expected: 'the id of one of evidenceFiles',
    found: id,
    detail: 'The result rests on evidence that is not listed.',
    remedy: 'List the file with its digest, or remove the id.',
  }
}

function notCovered({ id, covers = [] }: EvidenceFile, subject: string, pointer: string) {
  return {
    code: 'EVIDENCE_MISMATCH' as const,
    pointer,
    expected: `a file that covers ${subject}`,
    found: `${id} covers ${covers.join(', ')}`,
    detail: 'The file says that it is about other subjects.',
    remedy: 'Name evidence about this subject, or correct what the file covers.',
  }
}
