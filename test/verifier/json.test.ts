import assert from 'node:assert/strict'
import { LIMITS, readJson } from '@battery-passport/verifier'
import fc from 'fast-check'

const read = (text: string | Uint8Array) =>
  readJson(typeof text === 'string' ? new TextEncoder().encode(text) : text, LIMITS)

function refused(text: string | Uint8Array) {
  const result = read(text)
  assert.ok(!result.ok, `accepted ${String(text).slice(0, 60)}`)
  return result.fault
}

describe('strict JSON', () => {
  it('reads what JSON.parse reads, where the profile allows it', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.boolean(),
        fc.integer({ min: -(2 ** 53) + 1, max: 2 ** 53 - 1 }),
        fc.string({ unit: 'grapheme' }),
        fc.array(tie('any'), { maxLength: 5 }),
        fc.dictionary(fc.string({ unit: 'grapheme' }), tie('any'), { maxKeys: 5 }),
      ),
    })).any
    fc.assert(
      fc.property(value, fc.boolean(), (any, spaced) => {
        const text = JSON.stringify(any, null, spaced ? 2 : undefined)
        const result = read(text)
        if (/"(__proto__|constructor|prototype|verifiableCredential)"/.test(text)) return
        assert.ok(result.ok, JSON.stringify(result))
        assert.deepEqual(JSON.parse(JSON.stringify(result.value)), JSON.parse(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('reads control characters of the second range as they stand, at whatever end', () => {
    for (const character of ['\u007f', '\u0080', '\u0085', '\u009f', '\u00a0']) {
      for (const text of [character, `a${character}b`, `${character}\\`]) {
        const result = read(`{"a":${JSON.stringify(text)}}`)
        assert.ok(result.ok, JSON.stringify(result))
        assert.deepEqual(result.value, { a: text })
      }
    }
  })

  it('returns a view that nobody can write to', () => {
    const result = read('{"a":{"b":[1]}}')
    assert.ok(result.ok && typeof result.value === 'object' && Object.isFrozen(result.value))
    assert.throws(() => Object.assign(result.value, { a: 1 }), TypeError)
  })

  it('refuses a key that stands twice, however it is escaped, and names it', () => {
    assert.deepEqual(refused('{"score":99,"score":20}'), {
      code: 'JSON_DUPLICATE_KEY',
      pointer: '/score',
      expected: 'each key once',
      found: '"score" again',
    })
    assert.equal(refused('{"a":{"score":1,"sc\\u006fre":2}}').pointer, '/a/score')
  })

  it('accepts the same key in two objects', () => {
    assert.ok(read('[{"score":1},{"score":1}]').ok)
  })

  for (const [what, text] of [
    ['a reserved key', '{"__proto__":{"approved":true}}'],
    ['an escaped reserved key', '{"__pr\\u006fto__":1}'],
    ['the key constructor', '{"constructor":1}'],
    ['a reserved name as a value', '{"id":"__proto__"}'],
    ['null', '{"a":null}'],
    ['a fraction', '{"a":0.3}'],
    ['an exponent', '{"a":1e3}'],
    ['negative zero', '{"a":-0}'],
    ['an integer that not every reader holds', '{"a":9007199254740993}'],
    ['a leading zero', '{"a":01}'],
    ['a lone surrogate', '{"a":"\\ud800"}'],
    ['a control character', '{"a":"\u0001"}'],
    ['a bad escape', '{"a":"\\x41"}'],
    ['a comment', '{/* */"a":1}'],
    ['a trailing comma', '{"a":1,}'],
    ['single quotes', "{'a':1}"],
    ['NaN', '{"a":NaN}'],
    ['a second document', '{"a":1}{"a":2}'],
    ['a truncated document', '{"a":[1,'],
    ['an unclosed string', '{"a":"b'],
    ['an escape at the end', '{"a":"b\\'],
    ['a byte order mark', '\ufeff{"a":1}'],
    ['nothing', ''],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.equal(refused(text).code, 'JSON_INVALID')
    })
  }

  it('refuses bytes that are not UTF-8', () => {
    assert.equal(refused(Uint8Array.of(0x22, 0xff, 0x22)).expected, 'UTF-8')
    assert.equal(refused(Uint8Array.of(0x22, 0xc0, 0x80, 0x22)).code, 'JSON_INVALID')
    assert.equal(refused(Buffer.from('\ufeff{}', 'utf16le')).code, 'JSON_INVALID')
  })

  describe('counts while it reads', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

    it('nesting: twelve deep and no deeper', () => {
      assert.ok(read(nested(12)).ok)
      assert.equal(refused(nested(13)).code, 'LIMIT_EXCEEDED')
      assert.equal(refused('['.repeat(40_000)).code, 'LIMIT_EXCEEDED')
    })

    it('items of an array, more of them in `attestations`', () => {
      const items = (count: number) => JSON.stringify(new Array(count).fill(1))
      assert.ok(read(items(256)).ok)
      assert.equal(refused(items(257)).code, 'LIMIT_EXCEEDED')
      assert.ok(read(`{"attestations":${items(384)}}`).ok)
      assert.equal(refused(`{"attestations":${items(385)}}`).pointer, '/attestations')
    })

    it('members of an object, and builds none that has more', () => {
      const members = (count: number) =>
        `{${Array.from({ length: count }, (_, at) => `"${at}":1`).join()}}`
      assert.ok(read(members(256)).ok)
      const { code, expected, pointer } = refused(`{"a":${members(257)}}`)
      assert.deepEqual([code, expected, pointer], ['LIMIT_EXCEEDED', 'at most 256 members', '/a'])
      // Refused before the rest is read, which is no JSON.
      assert.equal(refused(`${members(256).slice(0, -1)},"a":}`).code, 'LIMIT_EXCEEDED')
    })

    it('bytes of a string, more of them in `encodedList`', () => {
      const text = (bytes: number) => `"${'a'.repeat(bytes)}"`
      assert.ok(read(text(8192)).ok)
      assert.equal(refused(text(8193)).code, 'LIMIT_EXCEEDED')
      assert.equal(refused(`"${'é'.repeat(4097)}"`).code, 'LIMIT_EXCEEDED')
      assert.ok(read(`{"encodedList":${text(32_768)}}`).ok)
      assert.equal(refused(`{"encodedList":${text(32_769)}}`).code, 'LIMIT_EXCEEDED')
    })

    it('values of a document', () => {
      const many = `[${new Array(100).fill(`[${new Array(100).fill('1').join()}]`).join()}]`
      assert.equal(refused(many).expected, 'at most 10000 values')
    })

    it('bytes of the whole input', () => {
      assert.equal(refused(' '.repeat(LIMITS.presentationBytes + 1)).code, 'LIMIT_EXCEEDED')
    })

    it('each credential of a presentation by itself', () => {
      const credential = nested(12)
      const result = read(`{"verifiableCredential":[${credential},${credential}]}`)
      assert.ok(result.ok)
      assert.deepEqual(
        result.embedded.map(({ pointer, bytes }) => [pointer, bytes]),
        [
          ['/verifiableCredential/0', 24],
          ['/verifiableCredential/1', 24],
        ],
      )
      assert.equal(
        refused(`{"verifiableCredential":[${nested(13)}]}`).pointer.slice(0, 25),
        '/verifiableCredential/0/0',
      )
    })
  })
})
