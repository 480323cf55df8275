import { faultRemedy, type SchemaFault, schemaFaults } from '@battery-passport/contexts'
import { refusal } from '../errors.ts'
import type { ScoreRequest } from '../forms/score-request.ts'
import * as generated from '../generated/typed-read-validators.ts'
import { parseDocument, placeIn } from './read-document.ts'
import { readFileBytes } from './read-file.ts'

/**
 * Reads what a score needs of a request for a passport.
 *
 * @throws {CommandError} usage: the file cannot be read; refused, with every fault
 */
export async function readScoreRequest(file: string): Promise<ScoreRequest> {
  const document = parseDocument(await readFileBytes(file), file)
  if (generated.ScoreRequest(document)) return document
  throw refusal(
    ...schemaFaults(generated.ScoreRequest, document).map((fault) => complaintOf(fault, file)),
  )
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
