import { CUSTODY_MODELS, nearest, preview, type SupplyChainRow } from '@battery-passport/contexts'
import { checkShares } from '@battery-passport/rulebooks'
import { type Complaint, refusal } from '../errors.ts'
import { readTable, type TableRow } from './read-table.ts'
import { shareOf } from './share.ts'

/** The columns of a supply-chain table; `material` is empty in a stage without materials. */
export const SUPPLY_CHAIN_COLUMNS = {
  required: ['facility', 'stage', 'share', 'custodyModel'],
  optional: ['material'],
} as const
type Column =
  | (typeof SUPPLY_CHAIN_COLUMNS.required)[number]
  | (typeof SUPPLY_CHAIN_COLUMNS.optional)[number]

/** Stages and materials are keys of the method. */
const KEY = /^[a-z0-9][a-z0-9-]{0,63}$/
const KEY_WORDS = 'small letters, digits and hyphens'

/** Rows of a supply chain with the numbers under which a spreadsheet shows them. */
export interface NumberedSupplyChain {
  readonly rows: readonly SupplyChainRow[]
  readonly numbers: readonly number[]
}

/**
 * Reads which share of a stage's material came from which facility. Shares are basis points of the
 * stage and material, 10000 is the whole, or a percentage such as `62.5%`. Every fault of every row
 * is named with its row number.
 *
 * @throws {CommandError} refused, with all faults
 */
export function readNumberedSupplyChain(bytes: Uint8Array, file: string): NumberedSupplyChain {
  const table = readTable(bytes, file, SUPPLY_CHAIN_COLUMNS)
  const complaints: Complaint[] = [...table.complaints]
  const rows = table.rows.flatMap((row) => {
    const read = readRow(row, file)
    complaints.push(...read.complaints)
    return read.row === null ? [] : [{ row: read.row, number: row.number }]
  })
  if (complaints.length === 0) {
    for (const { pointer, detail, expected, found, remedy } of checkShares(
      rows.map(({ row }) => row),
    )) {
      const [index = '', column = ''] = pointer.split('/').slice(1)
      const at = rows[Number(index)]
      const where = `${file}, row ${at?.number}, column ${column}`
      const first = column === 'facility' ? rows.find(({ row }) => isSameSite(row, at?.row)) : null
      const what = first ? `The facility is in row ${first.number} already.` : detail
      complaints.push({ what, where, expected, found, remedy })
    }
  }
  if (complaints.length > 0) throw refusal(...complaints)
  return { rows: rows.map(({ row }) => row), numbers: rows.map(({ number }) => number) }
}

/** Spreadsheets begin a cell with a capital: the key that is most likely meant, or an example. */
function keyRemedy(cell: string, example: string): string {
  const meant = cell.toLowerCase().replaceAll(/[\s_]+/g, '-')
  return KEY.test(meant) ? `Write ${meant} if that is meant.` : `Write ${example}`
}

function isSameSite(a: SupplyChainRow, b: SupplyChainRow | undefined): boolean {
  return a.facility === b?.facility && a.stage === b.stage && a.material === b.material
}

function readRow(
  row: TableRow<Column>,
  file: string,
): { readonly row: SupplyChainRow | null; readonly complaints: readonly Complaint[] } {
  const complaints: Complaint[] = []
  const fault = (column: Column, expected: string, remedy: string) => {
    complaints.push({
      what: `The cell ${column} is not as it must be.`,
      where: `${file}, row ${row.number}, column ${column}`,
      expected,
      found: preview(row.cell(column)),
      remedy,
    })
  }
  const facility = row.cell('facility') ?? ''
  const stage = row.cell('stage') ?? ''
  const material = row.cell('material')
  const share = shareOf(row.cell('share') ?? '')
  const custodyModel = CUSTODY_MODELS.find((each) => each === row.cell('custodyModel'))
  if (facility === '') fault('facility', 'the id of a facility', 'Name the facility.')
  if (!KEY.test(stage)) {
    fault(
      'stage',
      `a stage of the method: ${KEY_WORDS}`,
      keyRemedy(stage, 'a stage such as mining.'),
    )
  }
  if (material !== undefined && !KEY.test(material)) {
    const remedy = keyRemedy(material, 'a material such as lithium, or nothing.')
    fault('material', `a material of the method: ${KEY_WORDS}`, remedy)
  }
  if (share === null) {
    const remedy = 'Write basis points of the stage and material, 6200 or 62% for 62 percent.'
    fault('share', 'a whole number from 1 to 10000, or a percentage such as 62.5%', remedy)
  }
  if (custodyModel === undefined) {
    const meant = nearest(row.cell('custodyModel') ?? '', CUSTODY_MODELS)
    const remedy = meant === undefined ? 'Write one of them.' : `Write ${meant} if that is meant.`
    fault('custodyModel', `one of ${CUSTODY_MODELS.join(', ')}`, remedy)
  }
  if (share === null || custodyModel === undefined || complaints.length > 0) {
    return { row: null, complaints }
  }
  const place = material === undefined ? { stage } : { stage, material }
  return { row: { facility, ...place, share, custodyModel }, complaints }
}
