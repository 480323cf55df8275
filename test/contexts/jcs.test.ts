import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { jcs } from '@battery-passport/contexts'
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { describeShared, readText } from '../support/shared.ts'

describe('The canonical form', () => {
  it('is that of the library canonicalize, for any JSON value', () => {
    const value = fc.jsonValue({ noUnicodeString: false })
    const keys = fc.dictionary(
      fc.oneof(fc.string({ unit: 'binary' }), fc.nat().map(String)),
      fc.oneof(fc.string({ unit: 'binary' }), fc.double({ noNaN: true, noDefaultInfinity: true })),
    )
    const property = fc.property(fc.oneof(value, keys), (each) => {
      assert.equal(jcs(each), canonicalize(each))
    })
    fc.assert(property, { numRuns: 2000 })
  })

  it('reads back as what it was made of', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (each) => {
        assert.deepEqual(JSON.parse(jcs(each)), JSON.parse(JSON.stringify(each)))
      }),
    )
  })

  it('sorts keys by UTF-16 code units, not by code points or as numbers', () => {
    assert.equal(jcs({ '\ufb33': 1, '\u{1f600}': 2 }), '{"\u{1f600}":2,"\ufb33":1}')
    assert.equal(jcs({ 2: 1, 10: 2 }), '{"10":2,"2":1}')
  })

  it('keeps a member that the language takes for a prototype', () => {
    const value: unknown = JSON.parse('{"b":1,"__proto__":{"d":[{"10":0,"2":1}],"c":2},"a":3}')
    assert.equal(jcs(value), '{"__proto__":{"c":2,"d":[{"10":0,"2":1}]},"a":3,"b":1}')
  })

  it('leaves what it was given as it was', () => {
    const value = Object.freeze({ b: Object.freeze([Object.freeze({ d: 1, c: 2 })]), a: '' })
    assert.equal(jcs(value), '{"a":"","b":[{"c":2,"d":1}]}')
    assert.deepEqual(Object.keys(value), ['b', 'a'])
  })

  it('takes text that only looks like an escaped half of a pair', () => {
    assert.equal(jcs({ a: String.raw`\ud800` }), String.raw`{"a":"\\ud800"}`)
  })

  it('leaves out members that are undefined', () => {
    assert.equal(jcs({ a: undefined, b: [{ c: undefined }] }), '{"b":[{}]}')
  })

  for (const [name, value] of [
    ['half of a surrogate pair', '\ud800'],
    ['half of a pair in a key', { '\udc00': 1 }],
    ['NaN', [Number.NaN]],
    ['an infinity', { a: Number.POSITIVE_INFINITY }],
    ['undefined', undefined],
    ['undefined in a list', [undefined]],
    ['a big integer', 1n],
    ['a function', () => 1],
    ['an object that would say itself how it is written', new Date(0)],
    ['such an object beside a number as a key', { 1: 0, a: new Date(0) }],
    ['undefined in a list beside a number as a key', [{ 1: 0 }, undefined]],
    ['half of a pair beside a number as a key', { 1: 0, a: ['\ud800'] }],
  ] as const) {
    it(`does not exist for ${name}`, () => {
      assert.throws(() => jcs(value), TypeError)
    })
  }
})

describeShared('The canonical form of the vectors of RFC 8785', 'vectors/jcs', (folder) => {
  for (const file of readdirSync(join(folder, 'input'))) {
    it(`is met for ${file}`, () => {
      const input: unknown = JSON.parse(readText(folder, 'input', file))
      assert.equal(jcs(input), readText(folder, 'output', file))
    })
  }
})
