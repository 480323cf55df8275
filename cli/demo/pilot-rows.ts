import { usageError } from '../errors.ts'
import { readFileBytes } from '../input/read-file.ts'
import { readTable } from '../tables/read-table.ts'

/** A row of one of the pilot's tables, read column by column. */
export interface PilotRow {
  /** @throws {CommandError} the cell is empty, or the table has no such column */
  text(column: string): string
  optional(column: string): string | undefined
  /** The words of a cell; none if it is empty. */
  words(column: string): readonly string[]
  /** @throws {CommandError} the cell is none of the values */
  oneOf<const T extends readonly string[]>(column: string, values: T): T[number]
}

/** The columns of all tables of the pilot: each table has some of them. */
const COLUMNS = [
  ...['key', 'legalName', 'role', 'lei', 'ultimateParentLei', 'country', 'domain', 'id', 'name'],
  ...['operator', 'activities', 'subject', 'rulebook', 'body', 'engagementType', 'standard'],
  ...['period', 'coveredShare', 'excluded', 'conclusion', 'qualifiedIndicators', 'materiality'],
  ...['siteVisits', 'limitations', 'severity', 'indicator', 'description', 'correctiveAction'],
  ...['due', 'closed', 'file', 'mediaType', 'accessClass', 'answer', 'value', 'unit', 'edition'],
  ...['uncertainty', 'assuranceLevel', 'condition', 'evidence'],
]

/**
 * The rows of a table of the pilot.
 *
 * @throws {CommandError} it cannot be read, naming the place
 */
export async function pilotRows(file: string): Promise<readonly PilotRow[]> {
  const columns = { required: [], optional: COLUMNS }
  const { rows, complaints } = readTable(await readFileBytes(file), file, columns)
  if (complaints.length > 0) throw usageError(...complaints)
  return rows.map(({ number, cell }) => rowOf(file, number, cell))
}

function rowOf(
  file: string,
  number: number,
  cell: (column: string) => string | undefined,
): PilotRow {
  const missing = (column: string, expected: string) =>
    usageError({
      what: 'A cell of the pilot is not as the demo needs it.',
      where: `${file}, row ${number}, column ${column}`,
      expected,
      found: cell(column) ?? 'nothing',
      remedy: 'Correct it, or take the file of the repository again.',
    })
  const text = (column: string) => {
    const value = cell(column)
    if (value === undefined) throw missing(column, 'text')
    return value
  }
  return {
    text,
    optional: cell,
    words: (column) => (cell(column) ?? '').split(/\s+/).filter((word) => word !== ''),
    oneOf: (column, values) => {
      const value = values.find((each) => each === text(column))
      if (value === undefined) throw missing(column, `one of ${values.join(', ')}`)
      return value
    },
  }
}
