import { faultRemedy, nearest, preview, type SchemaFault } from '@battery-passport/contexts'
import type { PlaceOf, SourcedResult } from '../attest/sourced-result.ts'
import { splitEvidence } from '../attest/split-evidence.ts'
import type { Complaint } from '../errors.ts'
import { checkResult } from '../forms/check-result.ts'
import { readTable, type TableRow } from './read-table.ts'

/** The columns of a table of results, one row an indicator. */
export const RESULT_COLUMNS = {
  required: ['indicator', 'answer', 'value', 'assuranceLevel', 'evidence'],
  optional: ['unit', 'uncertainty', 'condition', 'standard', 'edition'],
} as const
type Column = (typeof RESULT_COLUMNS.required)[number] | (typeof RESULT_COLUMNS.optional)[number]

const ANSWERS = ['assessed', 'not-applicable', 'not-assessed', 'equivalent']
const NUMBERS: readonly Column[] = ['value', 'uncertainty']
const ALL: readonly Column[] = [...RESULT_COLUMNS.required, ...RESULT_COLUMNS.optional]

/** `61,3`, `1.234,5`, `1 234,5`: what a spreadsheet set to another country writes. */
const DECIMAL_COMMA = /^[+-]?\d[\d. \u00a0\u202f']*,\d+$/

/**
 * Reads an assessor's results from CSV. Every fault of every row is named with its row number.
 *
 * @param evidence the names under which evidence is given
 * @throws {CommandError} refused: the file is no table at all
 */
export function readResultsTable(
  bytes: Uint8Array,
  file: string,
  evidence: ReadonlySet<string>,
): { readonly results: readonly SourcedResult[]; readonly complaints: readonly Complaint[] } {
  const table = readTable(bytes, file, RESULT_COLUMNS)
  const complaints: Complaint[] = [...table.complaints]
  const results: SourcedResult[] = []
  for (const row of table.rows) {
    const place = (column?: string) =>
      column === undefined
        ? `${file}, row ${row.number}`
        : `${file}, row ${row.number}, column ${column}`
    const kind = answerComplaint(row, place)
    if (kind !== null) {
      complaints.push(kind)
      continue
    }
    complaints.push(...commaComplaints(row, place))
    const checked = checkResult(candidate(row, evidence))
    if (checked.ok) results.push({ input: checked.result, place })
    else complaints.push(...checked.faults.map((fault) => faultOfCell(fault, row, place)))
  }
  return { results, complaints }
}

/** The object a row stands for: its cells that are not empty. */
function candidate(row: TableRow<Column>, known: ReadonlySet<string>): Record<string, unknown> {
  const members: Record<string, unknown> = {}
  for (const column of ALL) {
    const cell = row.cell(column)
    if (cell === undefined) continue
    if (column === 'evidence') members.evidence = splitEvidence(cell, known)
    // Spreadsheets write truth values in capitals, whatever was typed.
    else if (cell === 'TRUE' || cell === 'FALSE') members[column] = cell.toLowerCase()
    else if (NUMBERS.includes(column) && DECIMAL_COMMA.test(cell)) members[column] = withPoint(cell)
    else members[column] = cell
  }
  return members
}

/** Without a kind of answer nothing else of a row can be judged. */
function answerComplaint(row: TableRow<Column>, place: PlaceOf): Complaint | null {
  const answer = row.cell('answer')
  if (answer !== undefined && ANSWERS.includes(answer)) return null
  const meant = answer === undefined ? undefined : nearest(answer, ANSWERS)
  return {
    what: answer === undefined ? 'The row has no answer.' : 'There is no such kind of answer.',
    where: place('answer'),
    expected: ANSWERS.join(', '),
    found: answer ?? 'nothing',
    remedy: meant === undefined ? 'Write one of them.' : `Write ${meant} if that is meant.`,
  }
}

/** A comma is not guessed at; the rest of the row is checked as if the point were there. */
function commaComplaints(row: TableRow<Column>, place: PlaceOf): Complaint[] {
  return NUMBERS.flatMap((column) => {
    const cell = row.cell(column)
    if (cell === undefined || !DECIMAL_COMMA.test(cell)) return []
    return [
      {
        what: 'The number has a decimal comma.',
        where: place(column),
        expected: 'a decimal point and no separators of thousands',
        found: cell,
        remedy: `Write ${withPoint(cell)} if that is meant.`,
      },
    ]
  })
}

function withPoint(cell: string): string {
  return cell.replaceAll(/[. \u00a0\u202f']/g, '').replace(',', '.')
}

function faultOfCell(fault: SchemaFault, row: TableRow<Column>, place: PlaceOf): Complaint {
  const [, name = ''] = fault.pointer.split('/')
  const column = ALL.find((each) => each === name)
  const cell = column === undefined ? undefined : row.cell(column)
  const where = place(name || undefined)
  const answer = row.cell('answer') ?? ''
  if (fault.isUnknown) {
    const what = `An answer that is ${answer} has no ${name}.`
    const remedy = 'Empty the cell, or correct the answer.'
    return { what, where, expected: 'an empty cell', found: preview(cell), remedy }
  }
  if (cell === undefined) {
    const what = `An answer that is ${answer} needs a cell ${name}.`
    return { what, where, expected: 'text', found: 'nothing', remedy: 'Fill the cell in.' }
  }
  return {
    what: `The cell ${name} is not as it must be.`,
    where,
    expected: fault.expected,
    found: preview(cell),
    remedy: faultRemedy(fault, 'Correct the cell.'),
  }
}
