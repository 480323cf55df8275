import assert from 'node:assert/strict'
import { CommandError } from '../../../cli/errors.ts'
import { readTable } from '../../../cli/tables/read-table.ts'

const COLUMNS = { required: ['facility', 'share'], optional: ['note'] } as const

const bytes = (text: string) => new TextEncoder().encode(text)

/** The rows as numbers with their cells. */
function rowsOf(content: string | Uint8Array) {
  const table = readTable(typeof content === 'string' ? bytes(content) : content, 't.csv', COLUMNS)
  assert.deepEqual(table.complaints, [])
  return table.rows.map(({ number, cell }) => [
    number,
    cell('facility'),
    cell('share'),
    cell('note'),
  ])
}

function complaintsOf(text: string) {
  return readTable(bytes(text), 't.csv', COLUMNS).complaints
}

/** What is thrown when nothing of the file can be trusted. */
function refusalOf(content: string | Uint8Array) {
  try {
    readTable(typeof content === 'string' ? bytes(content) : content, 't.csv', COLUMNS)
  } catch (error) {
    assert.ok(error instanceof CommandError)
    assert.equal(error.exitCode, 1)
    const [complaint] = error.complaints
    assert.ok(complaint)
    return complaint
  }
  return assert.fail('it was read')
}

describe('a table', () => {
  it('is read with commas, its columns in any order and any case', () => {
    assert.deepEqual(rowsOf('Share,note,FACILITY\n10,hello,a\n20,,b\n'), [
      [2, 'a', '10', 'hello'],
      [3, 'b', '20', undefined],
    ])
  })

  it('is read with semicolons when the header uses them', () => {
    assert.deepEqual(rowsOf('facility;share;note\na;10;"x; y"\n'), [[2, 'a', '10', 'x; y']])
    assert.deepEqual(rowsOf('sep=;\nfacility;share\na;10\n'), [[3, 'a', '10', undefined]])
  })

  it('is read with tabs, as a spreadsheet copies them', () => {
    assert.deepEqual(rowsOf('facility\tshare\na, b\t10\n'), [[2, 'a, b', '10', undefined]])
  })

  it('is read with a byte order mark, any line ends, and none at the end', () => {
    const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes('facility,share\r\na,1')])
    assert.deepEqual(rowsOf(marked), [[2, 'a', '1', undefined]])
    assert.deepEqual(rowsOf('facility,share\ra,1\rb,2\r'), [
      [2, 'a', '1', undefined],
      [3, 'b', '2', undefined],
    ])
    for (const text of ['facility,share\na,1\r\nb,2\n', 'facility,share\r\na,1\nb,2\n']) {
      assert.deepEqual(rowsOf(text), [
        [2, 'a', '1', undefined],
        [3, 'b', '2', undefined],
      ])
    }
  })

  it('keeps quoted separators, quotes and line breaks, and numbers rows as a spreadsheet does', () => {
    const text = 'facility,share,note\n"a, b",1,"5"" pipe"\nc,2,"two\nlines"\nd,3,\n'
    assert.deepEqual(rowsOf(text), [
      [2, 'a, b', '1', '5" pipe'],
      [3, 'c', '2', 'two\nlines'],
      [4, 'd', '3', undefined],
    ])
  })

  it('ignores empty rows and counts them', () => {
    assert.deepEqual(rowsOf('\nfacility,share\n\na,1\n , \n\nb,2\n\n'), [
      [4, 'a', '1', undefined],
      [7, 'b', '2', undefined],
    ])
  })

  it('ignores empty cells behind the last column', () => {
    assert.deepEqual(rowsOf('facility,share\na,1,,\n'), [[2, 'a', '1', undefined]])
  })

  it('names a missing column, an unknown one with the nearest, and one that stands twice', () => {
    const [unknown, missing] = complaintsOf('facility,shares\na,1\n')
    assert.match(unknown?.what ?? '', /no column "shares"/)
    assert.match(unknown?.remedy ?? '', /Write share if/)
    assert.equal(missing?.what, 'Column share is missing.')
    assert.equal(missing?.where, 't.csv, row 1')
    const [strange] = complaintsOf('facility,share,colour of the sky\na,1,blue\n')
    assert.match(strange?.remedy ?? '', /Remove the column/)
    assert.match(complaintsOf('facility,share,share\n')[0]?.what ?? '', /stands twice/)
    assert.match(complaintsOf('facility,share,\na,1,x\n')[0]?.what ?? '', /has no name/)
  })

  it('gives no rows when its header cannot be trusted', () => {
    assert.deepEqual(readTable(bytes('facility\na\n'), 't.csv', COLUMNS).rows, [])
  })

  it('complains of every row that has more or fewer cells than the header', () => {
    const complaints = complaintsOf('facility,share,note\na,61,3,x\nb,2\nc,3,y\n')
    assert.deepEqual(
      complaints.map(({ where }) => where),
      ['t.csv, row 2', 't.csv, row 3'],
    )
    assert.match(complaints[0]?.remedy ?? '', /decimal point/)
  })

  it('refuses a header with two separators', () => {
    const { what, where } = refusalOf('facility;share,note\na;1,x\n')
    assert.match(what, /more than one separator/)
    assert.equal(where, 't.csv, row 1')
  })

  it('refuses quotes that do not match, with the line', () => {
    assert.match(refusalOf('facility,share\n"a,1\nb,2\n').found ?? '', /never closed/)
    assert.match(refusalOf('facility,share\na"b,1\n').found ?? '', /middle of a field/)
    const { where, found } = refusalOf('facility,share\nb,2\n"a"x,1\n')
    assert.match(found ?? '', /after a closing quote/)
    assert.equal(where, 't.csv, line 3')
  })

  it('refuses what is no UTF-8 text, and says how to save it', () => {
    for (const [content, found] of [
      [Buffer.from([0xff, 0xfe, 0x66, 0x00]), /UTF-16/],
      [Buffer.from('PK\u0003\u0004'), /zip archive/],
      [Buffer.from([0x66, 0xe4, 0x2c, 0x62]), /another encoding/],
    ] as const) {
      const refusal = refusalOf(content)
      assert.match(refusal.found ?? '', found)
      assert.match(refusal.remedy ?? '', /CSV UTF-8/)
    }
  })

  it('refuses an empty one, and says what the header must be', () => {
    for (const text of ['', '\n\n', ',,\n']) {
      assert.match(refusalOf(text).remedy ?? '', /facility,share/)
    }
  })

  it('refuses one that is too large before it reads it', () => {
    assert.match(refusalOf(new Uint8Array(5 * 1024 * 1024)).expected ?? '', /bytes/)
  })
})
