import assert from 'node:assert/strict'
import { isSharedPart } from '@battery-passport/contexts'
import {
  type JsonFault,
  type JsonObject,
  type JsonValue,
  type KnownPart,
  type KnownText,
  type KnownTexts,
  readJson,
} from '../../verifier/reading/json.ts'
import { DOCUMENT_LIMITS, LIMITS, type Limits } from '../../verifier/reading/limits.ts'

const encode = (text: string) => new TextEncoder().encode(text)

const read = (text: string, limits: Partial<Limits> = {}, known: KnownTexts | null = null) => {
  const result = readJson(encode(text), { ...LIMITS, ...limits }, known)
  assert.ok(result.ok, result.ok ? '' : JSON.stringify(result.fault))
  return result
}
const fault = (text: string, limits: Partial<Limits> = {}, known: KnownTexts | null = null) => {
  const result = readJson(encode(text), { ...LIMITS, ...limits }, known)
  assert.ok(!result.ok, text)
  return result.fault
}
const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && !Array.isArray(value)

describe('strict JSON that is refused', () => {
  const invalid = (expected: string, found: string, pointer = ''): JsonFault => ({
    code: 'JSON_INVALID',
    pointer,
    expected,
    found,
  })
  for (const [text, why] of [
    ['', invalid('a JSON value', 'the end of the document at character 0')],
    ['x', invalid('a JSON value', '"x" at character 0')],
    ['1 2', invalid('the end of the document', '"2" at character 2')],
    ['tru', invalid('a JSON value', '"t" at character 0')],
    ['{1:2}', invalid('a key in double quotes', '"1" at character 1')],
    ['{a:1}', invalid('a key in double quotes', '"a" at character 1')],
    ['{"a"1}', invalid('":"', '"1" at character 4')],
    ['{"a"', invalid('":"', 'the end of the document at character 4')],
    ['{"a":1]', invalid('"," or "}"', '"]" at character 6', '')],
    ['[1 2]', invalid('"," or "]"', '"2" at character 3')],
    ['[1}', invalid('"," or "]"', '"}" at character 2')],
    ['{"a":null}', invalid('a value (null is not allowed)', 'null', '/a')],
    ['"a', invalid('a closing quote', 'the end of the document')],
    ['"a\n"', invalid('a string without control characters', 'one that has some')],
    ['"\\ud800"', invalid('well-formed Unicode', 'a lone surrogate')],
    ...['1.5', '1e5', '1E5'].map(
      (text) =>
        [
          text,
          invalid('an integer (quantities are decimal strings)', 'a floating-point number'),
        ] as const,
    ),
    ['-0', invalid('an integer that every reader holds exactly', '-0')],
    ['7'.repeat(50), invalid('an integer that every reader holds exactly', '7'.repeat(40))],
    ['["__proto__"]', invalid('no reserved name', '"__proto__"', '/0')],
    ['{"__proto__":1}', invalid('no reserved name', '"__proto__"')],
    ...['constructor', 'prototype'].map(
      (key) => [`{"${key}":1}`, invalid('no reserved key', `"${key}"`)] as const,
    ),
  ] as const) {
    it(`says where and why: ${text.slice(0, 20)}`, () => {
      assert.deepEqual(fault(text), why)
    })
  }

  const limit = (expected: string, found: string, pointer = ''): JsonFault => ({
    code: 'LIMIT_EXCEEDED',
    pointer,
    expected,
    found,
  })

  it('says which limit is exceeded, where it first is', () => {
    assert.ok(read('[1,2]', { presentationBytes: 5, nodes: 3, arrayItems: 2, depth: 1 }))
    assert.deepEqual(fault('[1,2]', { presentationBytes: 4 }), limit('at most 4 bytes', '5'))
    assert.deepEqual(fault('[1,2]', { nodes: 2 }), limit('at most 2 values', 'more', '/1'))
    assert.deepEqual(fault('[1,2]', { arrayItems: 1 }), limit('at most 1 items', 'more'))
    const nesting = limit('nesting of at most 1', 'deeper nesting', '/0')
    assert.deepEqual(fault('[[]]', { depth: 1 }), nesting)
    assert.ok(read('{"a":1,"b":2}', { objectMembers: 2 }))
    const members = limit('at most 1 members', 'more')
    assert.deepEqual(fault('{"a":1,"b":2}', { objectMembers: 1 }), members)
  })

  it('has longer text under some keys, and no longer than that', () => {
    const limits = {
      stringBytes: 12,
      encodedListBytes: 20,
      timestampBytes: 30,
      envelopedPassportBytes: 40,
    }
    for (const [key, prefix, most] of [
      ['encodedList', '', 20],
      ['rfc3161', '', 30],
      ['id', 'data:', 40],
      ['id', '', 12],
      ['name', 'data:', 12],
      ['name', 'ä', 12],
    ] as const) {
      const rest = most - encode(prefix).length
      assert.ok(read(`{"${key}":"${prefix}${'x'.repeat(rest)}"}`, limits), key)
      assert.deepEqual(
        fault(`{"${key}":"${prefix}${'x'.repeat(rest + 1)}"}`, limits),
        limit(`text of at most ${most} bytes`, `${most + 1} bytes`, `/${key}`),
      )
    }
  })

  it('counts each credential of a presentation anew, and what stands behind them on', () => {
    const text = '{"verifiableCredential":[{"a":1},{"b":2}],"z":[1,2]}'
    assert.ok(read(text, { nodes: 4 }))
    assert.deepEqual(fault(text, { nodes: 3 }), limit('at most 3 values', 'more', '/z/1'))
    const deep = '{"verifiableCredential":[{"a":[]},{}],"z":[[1]]}'
    assert.ok(read(deep, { depth: 3 }))
    assert.deepEqual(
      fault(deep, { depth: 2 }),
      limit('nesting of at most 2', 'deeper nesting', '/z/0'),
    )
    const most = { presentationCredentials: 2, arrayItems: 1 }
    assert.ok(read('{"verifiableCredential":[{},{}]}', most))
    assert.deepEqual(
      fault('{"verifiableCredential":[{},{},{}]}', most),
      limit('at most 2 items', 'more', '/verifiableCredential'),
    )
  })

  it('has other limits where it is no credential', () => {
    const wide = { nodes: 200_000, arrayItems: 4096, objectMembers: 200_000 }
    assert.deepEqual(DOCUMENT_LIMITS, { ...LIMITS, ...wide })
    assert.ok(Object.isFrozen(DOCUMENT_LIMITS) && Object.isFrozen(LIMITS))
  })
})

describe('strict JSON that is read', () => {
  it('may have white space wherever it means nothing', () => {
    const { value } = read(' { } ')
    assert.deepEqual(value, {})
    assert.deepEqual(read(' [ ] ').value, [])
    assert.deepEqual(read('\t{ "a" : [ 1 , 2 ] , "b" : "x y" }\r\n').value, { a: [1, 2], b: 'x y' })
    const presentation = read('{"verifiableCredential" : [ {"a":1} , {"b":2} ] }')
    assert.deepEqual(
      presentation.embedded.map(({ text }) => text),
      ['{"a":1}', '{"b":2}'],
    )
    assert.deepEqual(read('{"verifiableCredential":{}}').embedded, [])
  })

  it('tells its members where they are written as RFC 8785 writes them', () => {
    assert.deepEqual(read('{"a":1,"b":{"d":"x y","e":[true]}}').members, [
      ['a', '"a":1'],
      ['b', '"b":{"d":"x y","e":[true]}'],
    ])
    assert.deepEqual(read('{"":1}').members, [['', '"":1']])
    for (const [code, isPlain] of [
      [0x20, true],
      [0x7e, true],
      [0x7f, false],
      [0x80, false],
      [0x9f, false],
      [0xa0, true],
    ] as const) {
      const text = `{"a":"${String.fromCharCode(code)}"}`
      assert.deepEqual(read(text).members !== null, isPlain, `${code}`)
      assert.deepEqual(read(text).value, { a: String.fromCharCode(code) })
    }
    for (const other of [
      '{ "a":1}',
      '{"a" :1}',
      '{"a": 1}',
      '{"a":1 }',
      '{"b":1,"a":2}',
      '{"a":{"c":1,"b":2}}',
      '{"a":"\\u0041"}',
      '[{"a":1}]',
      '{"verifiableCredential":[{"a":1}]}',
    ]) {
      assert.equal(read(other).members, null, other)
    }
  })

  it('tells them of each credential by itself', () => {
    const { embedded } = read('{"verifiableCredential": [ {"b":1,"a":2}, {"a":1}, 5, { "a":1}]}')
    assert.deepEqual(
      embedded.map(({ pointer, bytes, members, known }) => [pointer, bytes, members, known]),
      [
        ['/verifiableCredential/0', 13, null, null],
        ['/verifiableCredential/1', 7, [['a', '"a":1']], null],
        ['/verifiableCredential/2', 1, null, null],
        ['/verifiableCredential/3', 8, null, null],
      ],
    )
  })
})

describe('strict JSON that is known', () => {
  /** Knows parts alone. */
  const knowing = (): KnownTexts & { readonly parts: Map<string, KnownPart> } => ({
    parts: new Map(),
    find: () => null,
  })
  const subjectOf = (value: JsonValue) => {
    const subject = isObject(value) ? value.credentialSubject : undefined
    assert.ok(isObject(subject))
    return subject
  }

  it('is what the passports of a series have in common, where that stands', () => {
    const known = knowing()
    const parts = '"attestations":[1],"product":{},"score":{},"supplyChain":[]'
    const { value } = read(`{"credentialSubject":{${parts},"other":[1]}}`, {}, known)
    assert.deepEqual([...known.parts.keys()], ['attestations', 'product', 'score', 'supplyChain'])
    for (const part of [...known.parts.keys()].map((key) => subjectOf(value)[key])) {
      assert.ok(isObject(part) || Array.isArray(part))
      assert.ok(isSharedPart(part))
    }
    const elsewhere = knowing()
    const text = `{${parts},"x":{"y":{${parts}}},"z":{"product":"text","score":7}}`
    read(text, {}, elsewhere)
    assert.deepEqual([...elsewhere.parts.keys()], [])
  })

  it('is kept of a text that is no longer than a passport', () => {
    const text = '{"credentialSubject":{"product":{}}}'
    for (const [length, isKept] of [
      [128 * 1024, true],
      [128 * 1024 + 1, false],
    ] as const) {
      const known = knowing()
      read(text + ' '.repeat(length - text.length), {}, known)
      assert.equal(known.parts.has('product'), isKept)
    }
  })

  it('counts as if it were read, and is itself as far as the limit goes', () => {
    const text = '{"a":1,"credentialSubject":{"product":{"b":[1,2,{"c":3}]},"z":[1,2,3]}}'
    const known = knowing()
    const first = read(text, {}, known)
    for (let nodes = 1; nodes <= 14; nodes++) {
      const limits = { ...LIMITS, nodes }
      const [plain, again] = [null, known].map((each) => readJson(encode(text), limits, each))
      assert.deepEqual(again, plain, `${nodes}`)
    }
    const exact = '{"a":1,"credentialSubject":{"product":{"b":[1,2,{"c":3}]}}}'
    const same = read(exact, { nodes: 9 }, known)
    assert.equal(subjectOf(same.value).product, subjectOf(first.value).product)
    assert.deepEqual(fault(exact, { nodes: 8 }, known), fault(exact, { nodes: 8 }))
  })

  it('is written canonically or not as it was', () => {
    const known = knowing()
    const text = '{"credentialSubject":{"product":{"b":1, "a":2},"score":{"a":1}}}'
    assert.equal(read(text, {}, known).members, null)
    assert.equal(read(text, {}, known).members, null)
    const other = '{"credentialSubject":{"score":{"a":1}}}'
    assert.notEqual(read(other, {}, known).members, null)
    assert.notEqual(read(other, {}, known).members, null)
  })

  it('is asked for behind what is known, or behind nothing', () => {
    const texts = ['{"a":1}', '{"b":1}', '{"c":1}', '{"d":1}', '{"e":1}']
    const all = texts.map((text): KnownText => ({ text, value: {}, bytes: 7 }))
    const asked: (KnownText | null)[] = []
    const known: KnownTexts = {
      parts: new Map(),
      find(text, start, after) {
        asked.push(after)
        const found = all.find((each) => text.startsWith(each.text, start))
        return found?.text === texts[3] ? null : (found ?? null)
      },
    }
    const { embedded } = read(`{"verifiableCredential":[ ${texts.join(', ')}]}`, {}, known)
    const [a, b, c, , e] = all
    assert.deepEqual(asked, [null, a, b, c, null])
    assert.deepEqual(
      embedded.map(({ known }) => known),
      [a, b, c, null, e],
    )
    for (const [index, { pointer, text, bytes, value, members }] of embedded.entries()) {
      assert.deepEqual([pointer, text, bytes], [`/verifiableCredential/${index}`, texts[index], 7])
      assert.equal(value === all[index]?.value, index !== 3)
      assert.equal(members === null, index !== 3)
    }
  })
})
