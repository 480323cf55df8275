import assert from 'node:assert/strict'
import { escapePointer, preview, valueAt } from '@battery-passport/contexts'

describe('A JSON pointer', () => {
  it('names a member whatever its name, as RFC 6901 escapes it', () => {
    for (const name of ['a', '', 'a/b', 'm~n', '~1', '~0', '0', '__proto__']) {
      const document = { list: [Object.fromEntries([[name, 'found']])] }
      assert.equal(valueAt(document, `/list/0/${escapePointer(name)}`), 'found', name)
    }
    assert.deepEqual(valueAt({ a: 1 }, ''), { a: 1 })
  })

  it('names nothing that a document does not have itself', () => {
    const document = { list: ['x'], text: 'abc', nothing: null }
    for (const pointer of ['/other', '/list/1', '/list/length/x', '/toString', '/nothing/a']) {
      assert.equal(valueAt(document, pointer), undefined, pointer)
    }
    assert.equal(valueAt(document, '/text/length'), undefined, 'texts have no members')
  })
})

describe('What was found', () => {
  it('is shown as JSON, and no longer than a line', () => {
    assert.equal(preview('x'), '"x"')
    assert.equal(preview({ a: [1, null] }), '{"a":[1,null]}')
    assert.equal(preview(undefined), 'nothing')
    assert.equal(
      preview(() => 1),
      'function',
    )
    assert.equal(preview('x'.repeat(100)), `"${'x'.repeat(76)}…`)
    assert.equal(preview('x'.repeat(78)).length, 80)
  })
})
