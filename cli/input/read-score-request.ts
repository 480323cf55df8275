import { faultRemedy, type SchemaFault, schemaFaults } from '@battery-passport/contexts'
import { refusal } from '../errors.ts'
import type { ScoreRequest } from '../forms/score-request.ts'
import { ScoreRequest as validator } from '../generated/read-validators.ts'
import { parseDocument, placeIn } from './read-document.ts'
import { readFileBytes } from './read-file.ts'

/**
 * Reads what a score needs of a request for a passport.
 *
 * @throws {CommandError} usage: the file cannot be read; refused, with every fault
 */
export async function readScoreRequest(file: string): Promise<ScoreRequest> {
  const document = parseDocument(await readFileBytes(file), file)
  if (isScoreRequest(document)) return document
  throw refusal(...schemaFaults(validator, document).map((fault) => complaintOf(fault, file)))
}

/** Whether a document has what a score needs of a request. */
export function isScoreRequest(document: unknown): document is ScoreRequest {
  return validator(document)
}

function complaintOf(fault: SchemaFault, file: string) {
  const { pointer, expected, found } = fault
  return {
    what: 'The request does not have its form.',
    where: placeIn(file, pointer),
    expected,
    found,
    remedy: faultRemedy(fault, 'Correct the request: it is the body of POST /passports.'),
  }
}
