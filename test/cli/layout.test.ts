import assert from 'node:assert/strict'
import { points } from '../../cli/report/figures.ts'
import { shortened, table, WIDTH, wrap } from '../../cli/report/layout.ts'
import { plain } from '../../cli/report/plain.ts'

describe('The layout of reports', () => {
  it('breaks lines at spaces and keeps a number with its percent sign', () => {
    const text = wrap('word '.repeat(40), '  first ')
    for (const line of text.split('\n')) assert.ok(line.length <= WIDTH)
    assert.match(text, /^ {2}first word/)
    assert.match(text, /\n {8}word/)
    const at = wrap(`${'x'.repeat(95)} 10.00 %`)
    assert.equal(at, `${'x'.repeat(95)}\n10.00 %`)
  })

  it('cuts a word that is wider than the page', () => {
    const text = wrap('y'.repeat(250), '  where: ')
    const lines = text.split('\n')
    assert.ok(lines.length > 2)
    for (const line of lines) assert.ok(line.length <= WIDTH)
    assert.equal(text.replaceAll(/[^y]/g, ''), 'y'.repeat(250))
  })

  it('shortens in the middle', () => {
    assert.equal(shortened('abcdefghij', 5), 'ab…ij')
    assert.equal(shortened('abc', 5), 'abc')
  })

  it('aligns the columns of a table', () => {
    const text = table([{ head: 'a' }, { head: 'figure', align: 'right' }], [['long', '1']], 0)
    assert.equal(text, 'a     figure\n----  ------\nlong       1')
  })

  it('writes basis points with both digits', () => {
    assert.equal(points(7130), '71.30')
    assert.equal(points(10_000), '100.00')
    assert.equal(points(5), '0.05')
  })

  it('shows no character that acts: control, bidirectional, invisible, line-separating, lone', () => {
    for (const [text, shown] of [
      ['a\u001b[31mb', 'a\ufffd[31mb'],
      ['a\nb\tc\r', 'a\ufffdb\ufffdc\ufffd'],
      ['a\u009b2J', 'a\ufffd2J'],
      ['a\u202eb\u2066c', 'a\ufffdb\ufffdc'],
      ['a\u200bb\ufeff', 'a\ufffdb\ufffd'],
      ['a\u2028b', 'a\ufffdb'],
      ['a\ud800b', 'a\ufffdb'],
      ['\u{e0041}', '\ufffd'],
    ] as const) {
      assert.equal(plain(text), shown)
    }
    assert.equal(plain('Société Minière Åland 電池 %'), 'Société Minière Åland 電池 %')
  })
})
