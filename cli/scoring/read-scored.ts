import { type Score, schemaFaults } from '@battery-passport/contexts'
import { decodeInput, isOfType } from '@battery-passport/verifier'
import type { PrintedVerdict } from '@battery-passport/verifier/schemas'
import type { CommandDeps } from '../command-deps.ts'
import { refusal } from '../errors.ts'
import * as generated from '../generated/typed-read-validators.ts'
import { placeIn } from '../input/read-document.ts'
import { readInput } from '../input/read-file.ts'
import { findingComplaint } from '../input/read-secured.ts'

/** A score from a file, and how far it can be relied on. */
export interface ScoredFile {
  readonly name: string
  readonly score: Score
  /** `accepted`: a verifier says so in a verdict. `claimed`: a passport says so of itself. */
  readonly standing: 'accepted' | 'claimed'
  /** The battery, as the passport names it; a verdict names the credential. */
  readonly about: string
}

/**
 * The score of a verdict, or the one that a passport claims.
 *
 * @throws {CommandError} usage: the file cannot be read; refused: it holds no score
 */
export async function readScored(
  file: string,
  deps: Pick<CommandDeps, 'stdin'>,
): Promise<ScoredFile> {
  const bytes = await readInput(file, deps)
  const verdict = verdictIn(bytes, file)
  if (verdict !== null) return scoredVerdict(verdict, file)
  const { documents, findings } = decodeInput(bytes)
  const [first] = documents
  if (first?.ok && isOfType(first.secured, 'BatteryPassport')) {
    const { score, id } = first.secured.credential.credentialSubject
    return { name: file, score, standing: 'claimed', about: id }
  }
  const faults = [...findings, ...(first === undefined || first.ok ? [] : first.findings)]
  if (faults.length > 0) throw refusal(...faults.map((fault) => findingComplaint(fault, file)))
  throw refusal({
    what: 'There is no score in this file.',
    where: file,
    expected: 'a passport, a presentation of one, or the verdict of "verify --json"',
    found: first?.ok ? first.secured.type : 'something else',
    remedy: 'Name such a file.',
  })
}

/** The verdict that the file holds; null where it is something else. */
function verdictIn(bytes: Uint8Array, file: string): PrintedVerdict | null {
  let document: unknown
  try {
    // A verdict of a rejected passport has a null, which strict JSON does not allow.
    document = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
  if (document === null || typeof document !== 'object' || !('outcome' in document)) return null
  if (generated.PassportVerdict(document)) return document
  throw refusal(
    ...schemaFaults(generated.PassportVerdict, document).map(({ pointer, expected, found }) => ({
      what: 'The verdict does not have its form.',
      where: placeIn(file, pointer),
      expected,
      found,
      remedy: 'Take it as "verify --json" printed it.',
    })),
  )
}

function scoredVerdict(verdict: PrintedVerdict, file: string): ScoredFile {
  if (verdict.outcome !== 'accepted' || verdict.score === null) {
    throw refusal({
      what: 'The verdict has no score.',
      where: placeIn(file, '/outcome'),
      expected: 'accepted',
      found: verdict.outcome,
      remedy: 'Only accepted scores can be compared.',
    })
  }
  const about = verdict.chain[0]?.credential ?? ''
  return { name: file, score: verdict.score, standing: 'accepted', about }
}
