import { CommandError, type Complaint, usageError } from '../errors.ts'
import { readFileBytes } from '../input/read-file.ts'
import { readTable, type Table } from '../tables/read-table.ts'

/** The batteries that a delivery should have, in the order of the list. */
export interface ExpectedItems {
  readonly file: string
  readonly ids: ReadonlySet<string>
}

const COLUMNS = { required: ['id'], optional: [] } as const

/** A list of a hundred thousand batteries has about eight megabytes. */
const MAXIMUM_BYTES = 64 * 1024 * 1024

/**
 * Reads a delivery list: a CSV table with one column `id`.
 *
 * @throws {CommandError} usage: it cannot be read, has no id, or one twice, with all faults
 */
export async function readExpectedItems(file: string): Promise<ExpectedItems> {
  const table = await tableOf(file)
  const complaints: Complaint[] = [...table.complaints]
  const rows = new Map<string, number>()
  for (const row of table.rows) {
    const id = row.cell('id')
    if (id === undefined) continue
    const other = rows.get(id)
    if (other === undefined) rows.set(id, row.number)
    else complaints.push(repeated(file, id, row.number, other))
  }
  if (complaints.length === 0 && rows.size === 0) complaints.push(empty(file))
  if (complaints.length > 0) throw usageError(...complaints)
  return { file, ids: new Set(rows.keys()) }
}

async function tableOf(file: string): Promise<Table<'id'>> {
  const bytes = await readFileBytes(file)
  try {
    return readTable(bytes, file, COLUMNS, MAXIMUM_BYTES)
  } catch (error) {
    // What is asked for is not to be refused: the question itself is wrong.
    throw error instanceof CommandError ? usageError(...error.complaints) : error
  }
}

function repeated(file: string, id: string, number: number, other: number): Complaint {
  return {
    what: `The battery is in row ${other} already.`,
    where: `${file}, row ${number}`,
    expected: 'each battery once',
    found: id,
    remedy: 'Remove one of the two rows, or write the id of the other battery.',
  }
}

function empty(file: string): Complaint {
  return {
    what: 'The delivery list names no battery.',
    where: file,
    expected: 'the header id, and below it one battery id a row',
    found: 'no row',
    remedy: 'Write the ids, or leave --expect-list out.',
  }
}
