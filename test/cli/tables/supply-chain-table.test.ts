import assert from 'node:assert/strict'
import { CommandError } from '../../../cli/errors.ts'
import { readNumberedSupplyChain } from '../../../cli/tables/supply-chain-table.ts'

const HEADER = 'facility,stage,material,share,custodyModel'
const read = (...rows: string[]) =>
  readNumberedSupplyChain(new TextEncoder().encode([HEADER, ...rows].join('\n')), 'rows.csv').rows

function complaintsOf(...rows: string[]) {
  try {
    read(...rows)
  } catch (error) {
    assert.ok(error instanceof CommandError)
    return error.complaints
  }
  return assert.fail('it was read')
}

describe('a supply-chain table', () => {
  it('becomes the rows of a passport; a stage without materials has an empty cell', () => {
    assert.deepEqual(
      read(
        'urn:epc:id:sgln:9506000.11101.0,mining,lithium,62.5%,mass-balance',
        'urn:epc:id:sgln:9506000.44404.0,pack,,10000,segregated',
      ),
      [
        {
          facility: 'urn:epc:id:sgln:9506000.11101.0',
          stage: 'mining',
          material: 'lithium',
          share: 6250,
          custodyModel: 'mass-balance',
        },
        {
          facility: 'urn:epc:id:sgln:9506000.44404.0',
          stage: 'pack',
          share: 10_000,
          custodyModel: 'segregated',
        },
      ],
    )
  })

  it('names every wrong cell of every row at once', () => {
    const complaints = complaintsOf(
      'urn:a:b,mining,lithium,0.62,mass-balance',
      ',Mining,lithium,1,masbalance',
    )
    assert.deepEqual(
      complaints.map(({ where }) => where),
      [
        'rows.csv, row 2, column share',
        'rows.csv, row 3, column facility',
        'rows.csv, row 3, column stage',
        'rows.csv, row 3, column custodyModel',
      ],
    )
    assert.match(complaints[3]?.remedy ?? '', /mass-balance/)
  })

  it('names the row from which the shares are more than the whole', () => {
    const [complaint, ...more] = complaintsOf(
      'urn:a:1,mining,lithium,6000,mass-balance',
      '',
      'urn:a:2,mining,lithium,4001,mass-balance',
    )
    assert.deepEqual(more, [])
    assert.equal(complaint?.where, 'rows.csv, row 4, column share')
    assert.match(complaint?.expected ?? '', /at most 4000/)
  })

  it('names the row in which a facility stood before', () => {
    const [complaint] = complaintsOf(
      'urn:a:1,mining,lithium,100,mass-balance',
      'urn:a:1,mining,nickel,100,mass-balance',
      'urn:a:1,mining,lithium,200,segregated',
    )
    assert.equal(complaint?.where, 'rows.csv, row 4, column facility')
    assert.match(complaint?.what ?? '', /in row 2 already/)
  })
})
