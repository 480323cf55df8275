import { nearest, preview } from '@battery-passport/contexts'
import { CsvError, parse } from 'csv-parse/sync'
import { type Complaint, refusal } from '../errors.ts'

/** Which columns a table has. */
export interface TableColumns<R extends string, O extends string> {
  readonly required: readonly R[]
  readonly optional: readonly O[]
}

/** One row with something in it. */
export interface TableRow<C extends string> {
  /** As a spreadsheet numbers it: the header is row 1, empty rows count. */
  readonly number: number
  /** The trimmed text of a cell; undefined when it is empty, or the table has no such column. */
  cell(column: C): string | undefined
}

/** A table as it was read, and what was wrong with it. */
export interface Table<C extends string> {
  readonly file: string
  readonly rows: readonly TableRow<C>[]
  readonly complaints: readonly Complaint[]
}

const MAXIMUM_BYTES = 4 * 1024 * 1024
const SEPARATORS = [',', ';', '\t'] as const
type Separator = (typeof SEPARATORS)[number]

/**
 * Reads a CSV table (RFC 4180) with a header row. UTF-8 with or without a byte order mark; the
 * separator is the comma or, if the header uses it, the semicolon. Rows without any text are
 * ignored. Every complaint about header and rows is collected; rows are only there with a header
 * that can be trusted.
 *
 * @param file the name of the file, for messages
 * @param maximumBytes how large a table of this kind may be
 * @throws {CommandError} refused: not UTF-8, too large, or quotes that do not match
 */
export function readTable<R extends string, O extends string>(
  bytes: Uint8Array,
  file: string,
  columns: TableColumns<R, O>,
  maximumBytes = MAXIMUM_BYTES,
): Table<R | O> {
  const text = textOf(bytes, file, maximumBytes)
  const { separator, skipped } = separatorOf(text, file)
  const records = recordsOf(text, separator, file).filter(
    ({ number, cells }) => number > skipped && cells.some((cell) => cell !== ''),
  )
  const [header, ...body] = records
  if (header === undefined) {
    const remedy = `Write the header row first: ${columns.required.join(',')}.`
    throw refusal({ what: 'The table is empty.', where: file, expected: 'a header row', remedy })
  }
  const { places, complaints } = readHeader(header, columns, file)
  if (complaints.length > 0) return { file, rows: [], complaints }
  const width = header.cells.length
  const rows = body.map(({ number, cells }) => ({
    number,
    cell: (column: R | O) => {
      const place = places.get(column)
      return place === undefined ? undefined : cells[place] || undefined
    },
  }))
  return { file, rows, complaints: body.flatMap((row) => widthComplaints(row, width, file)) }
}

function textOf(bytes: Uint8Array, file: string, maximumBytes: number): string {
  const unreadable = (expected: string, found: string, remedy: string) =>
    refusal({ what: 'The table cannot be read.', where: file, expected, found, remedy })
  if (bytes.length > maximumBytes) {
    const remedy = 'Is it another file?'
    throw unreadable(`at most ${maximumBytes} bytes`, `${bytes.length} bytes`, remedy)
  }
  const save = 'Save it as "CSV UTF-8".'
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw unreadable('UTF-8', 'UTF-16 ("Unicode text")', save)
  }
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    throw unreadable('CSV text', 'a zip archive, such as an .xlsx workbook', save)
  }
  try {
    // The decoder leaves a byte order mark out.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw unreadable('UTF-8', 'bytes of another encoding, perhaps Windows-1252', save)
  }
}

/** The separator of the header row; a first line `sep=;`, which spreadsheets write, is obeyed. */
function separatorOf(text: string, file: string): { separator: Separator; skipped: number } {
  const lines = text.split(/\r\n|\n|\r/)
  const declared = /^sep=([,;\t])$/.exec(lines[0] ?? '')
  const stated = SEPARATORS.find((each) => each === declared?.[1])
  if (stated !== undefined) return { separator: stated, skipped: 1 }
  const header = (lines.find((line) => line.trim() !== '') ?? '').replaceAll(/"[^"]*"/g, '')
  const used = SEPARATORS.filter((each) => header.includes(each))
  if (used.length > 1) {
    throw refusal({
      what: 'The header row uses more than one separator.',
      where: `${file}, row 1`,
      expected: 'columns separated by commas, or by semicolons',
      found: preview(header),
      remedy: 'Use one of them throughout; put names with a separator in quotes.',
    })
  }
  return { separator: used[0] ?? ',', skipped: 0 }
}

interface NumberedRecord {
  readonly number: number
  readonly cells: readonly string[]
}

function recordsOf(text: string, delimiter: Separator, file: string): NumberedRecord[] {
  try {
    const records = parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: false,
      trim: true,
    })
    return records.map((cells, index) => ({ number: index + 1, cells }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw refusal({
      what: 'The quotes of the table do not match.',
      where: `${file}, line ${String(error.lines)}`,
      expected: 'a field in double quotes, a quote inside it doubled: "5"" pipe"',
      found: QUOTING[error.code] ?? error.code,
      remedy: 'Put the whole field in quotes, or remove the quote.',
    })
  }
}

const QUOTING: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote that is never closed',
  CSV_INVALID_CLOSING_QUOTE: 'text after a closing quote',
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: 'text after a closing quote',
  INVALID_OPENING_QUOTE: 'a quote in the middle of a field',
}

function readHeader<R extends string, O extends string>(
  header: NumberedRecord,
  { required, optional }: TableColumns<R, O>,
  file: string,
): { readonly places: ReadonlyMap<R | O, number>; readonly complaints: readonly Complaint[] } {
  const known: readonly (R | O)[] = [...required, ...optional]
  const where = `${file}, row ${header.number}`
  const places = new Map<R | O, number>()
  const complaints: Complaint[] = []
  for (const [index, name] of header.cells.entries()) {
    const column = known.find((each) => each.toLowerCase() === name.toLowerCase())
    if (column === undefined) complaints.push(unknownColumn(name, index, known, where))
    else if (places.has(column)) {
      const remedy = 'Remove one of the two.'
      complaints.push({ what: `Column ${column} stands twice.`, where, found: name, remedy })
    } else places.set(column, index)
  }
  for (const column of required) {
    if (places.has(column)) continue
    complaints.push({
      what: `Column ${column} is missing.`,
      where,
      expected: known.join(', '),
      found: preview(header.cells.join(', ')),
      remedy: `Add a column with the header ${column}.`,
    })
  }
  return { places, complaints }
}

function unknownColumn(
  name: string,
  index: number,
  known: readonly string[],
  where: string,
): Complaint {
  const meant = nearest(name, known)
  return {
    what: name === '' ? `Column ${index + 1} has no name.` : `There is no column ${preview(name)}.`,
    where,
    expected: `one of ${known.join(', ')}`,
    found: preview(name),
    remedy:
      meant === undefined
        ? 'Remove the column: what is not read would be lost silently.'
        : `Write ${meant} if that is meant; otherwise remove the column.`,
  }
}

function widthComplaints({ number, cells }: NumberedRecord, width: number, file: string) {
  // Spreadsheets leave separators behind the last column; nothing is lost with them.
  const isFilled = cells.slice(width).some((cell) => cell !== '')
  if (cells.length >= width && !isFilled) return []
  return [
    {
      what: `The row has ${cells.length} cells, the header ${width}.`,
      where: `${file}, row ${number}`,
      expected: `${width} cells`,
      found: preview(cells.join(' | ')),
      remedy:
        cells.length > width
          ? 'Put text with a separator in quotes, and write numbers with a decimal point (61.3).'
          : 'Add the separators of the empty cells at its end.',
    },
  ]
}
