import assert from 'node:assert/strict'
import { RESULT_COLUMNS, readResultsTable } from '../../../cli/tables/results-table.ts'

const COLUMNS = [
  'indicator',
  'answer',
  'value',
  'unit',
  'uncertainty',
  'assuranceLevel',
  'condition',
  'standard',
  'edition',
  'evidence',
] as const
const KNOWN = new Set(['E1', 'meter readings.txt', 'a.pdf'])

/** Rows given by column name; the others are empty. */
function read(...rows: Partial<Record<(typeof COLUMNS)[number], string>>[]) {
  const quoted = (text = '') => (/[,"\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const lines = rows.map((row) => COLUMNS.map((column) => quoted(row[column])).join(','))
  const text = [COLUMNS.join(','), ...lines].join('\n')
  return readResultsTable(new TextEncoder().encode(text), 'r.csv', KNOWN)
}

const ASSESSED = {
  indicator: 'ghg.inventory',
  answer: 'assessed',
  value: 'true',
  assuranceLevel: 'limited',
} as const

describe('a table of results', () => {
  it('has a column for every member an answer can have', () => {
    const { required, optional } = RESULT_COLUMNS
    assert.deepEqual([...required, ...optional].sort(), [...COLUMNS].sort())
  })

  it('becomes answers of all four kinds, each with its place', () => {
    const { results, complaints } = read(
      { ...ASSESSED, evidence: 'E1' },
      { indicator: 'a', answer: 'not-assessed' },
      { indicator: 'b', answer: 'not-applicable', condition: 'none', assuranceLevel: 'limited' },
      {
        indicator: 'c',
        answer: 'equivalent',
        standard: 'S, 1',
        edition: '2',
        assuranceLevel: 'reasonable',
        evidence: 'E1',
      },
    )
    assert.deepEqual(complaints, [])
    assert.deepEqual(
      results.map(({ input }) => input),
      [
        { ...ASSESSED, evidence: ['E1'] },
        { indicator: 'a', answer: 'not-assessed' },
        { indicator: 'b', answer: 'not-applicable', condition: 'none', assuranceLevel: 'limited' },
        {
          indicator: 'c',
          answer: 'equivalent',
          standard: 'S, 1',
          edition: '2',
          assuranceLevel: 'reasonable',
          evidence: ['E1'],
        },
      ],
    )
    assert.equal(results[2]?.place(), 'r.csv, row 4')
    assert.equal(results[2]?.place('value'), 'r.csv, row 4, column value')
  })

  it('splits evidence at spaces, or at bars where names have spaces', () => {
    const evidence = (cell: string) => {
      const [first] = read({ ...ASSESSED, evidence: cell }).results
      return first !== undefined && 'evidence' in first.input ? first.input.evidence : undefined
    }
    assert.deepEqual(evidence('E1 a.pdf'), ['E1', 'a.pdf'])
    assert.deepEqual(evidence('E1|meter readings.txt'), ['E1', 'meter readings.txt'])
    assert.deepEqual(evidence('meter readings.txt'), ['meter readings.txt'])
    assert.deepEqual(evidence('E1 | E1'), ['E1'])
    assert.equal(evidence(''), undefined)
  })

  it('reads the truth values that spreadsheets write in capitals', () => {
    const [first] = read({ ...ASSESSED, value: 'TRUE' }).results
    assert.deepEqual(first?.input, ASSESSED)
  })

  it('refuses a decimal comma, and says what to write', () => {
    for (const [value, plain] of [
      ['61,3', '61.3'],
      ['-0,5', '-0.5'],
      ['1.234,50', '1234.50'],
      ['1 234,5', '1234.5'],
    ] as const) {
      const { complaints } = read({ ...ASSESSED, value, unit: '%' })
      assert.equal(complaints.length, 1, value)
      assert.equal(complaints[0]?.where, 'r.csv, row 2, column value')
      assert.ok(complaints[0]?.remedy?.includes(`Write ${plain} if`), complaints[0]?.remedy)
    }
  })

  it('names an answer that is none, with the nearest', () => {
    const { complaints } = read({ ...ASSESSED, answer: 'asessed' }, { indicator: 'a' })
    assert.deepEqual(
      complaints.map(({ where }) => where),
      ['r.csv, row 2, column answer', 'r.csv, row 3, column answer'],
    )
    assert.match(complaints[0]?.remedy ?? '', /Write assessed/)
  })

  it('names the cells an answer needs, those it must not have, and those that are wrong', () => {
    const { results, complaints } = read(
      { indicator: 'a', answer: 'assessed', assuranceLevel: 'limited' },
      { indicator: 'b', answer: 'not-assessed', value: 'true' },
      { ...ASSESSED, assuranceLevel: 'high' },
      { ...ASSESSED, indicator: 'GHG Inventory' },
      { ...ASSESSED, uncertainty: '-1' },
    )
    assert.deepEqual(
      complaints.map(({ where }) => where),
      [
        'r.csv, row 2, column value',
        'r.csv, row 3, column value',
        'r.csv, row 4, column assuranceLevel',
        'r.csv, row 5, column indicator',
      ],
    )
    assert.match(complaints[0]?.what ?? '', /needs a cell value/)
    assert.match(complaints[1]?.what ?? '', /has no value/)
    assert.match(complaints[2]?.expected ?? '', /reasonable/)
    assert.equal(results.length, 1)
  })
})
