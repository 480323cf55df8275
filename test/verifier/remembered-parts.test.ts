import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type JsonResult, type KnownTexts, readJson } from '../../verifier/reading/json.ts'
import { LIMITS, type Limits } from '../../verifier/reading/limits.ts'
import { RememberedDocuments } from '../../verifier/reading/remembered-documents.ts'

const encoder = new TextEncoder()

function read(text: string, known: KnownTexts | null, limits: Limits = LIMITS): JsonResult {
  return readJson(encoder.encode(text), limits, known)
}

/** Everything of a result but the identity of its values; all of it must be frozen. */
function plain(result: JsonResult): unknown {
  if (result.ok) assertFrozen(result.value)
  return JSON.parse(JSON.stringify(result))
}

function assertFrozen(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  assert.ok(Object.isFrozen(value))
  Object.values(value).forEach(assertFrozen)
}

const passport = (parts: Readonly<Record<string, string>>, id = '1') => {
  const members = Object.entries(parts).map(([key, text]) => `"${key}":${text}`)
  return `{"credentialSubject":{"id":"${id}",${members.join(',')}},"id":"${id}"}`
}

describe('the parts that passports of a series have in common', () => {
  it('are the same values when they are written the same', () => {
    const known = new RememberedDocuments()
    const parts = { product: '{"a":[1,2]}', score: '{"value":3}', supplyChain: '[{"b":"c"}]' }
    const [first, second] = ['1', '2'].map((id) => read(passport(parts, id), known))
    assert.ok(first?.ok && second?.ok)
    const subjectOf = (value: unknown) => Reflect.get(Object(value), 'credentialSubject')
    for (const key of Object.keys(parts)) {
      assert.equal(subjectOf(first.value)[key], subjectOf(second.value)[key])
    }
    assert.deepEqual(plain(second), plain(read(passport(parts, '2'), null)))
  })

  it('are read as if nothing had been read before, whatever follows whatever', () => {
    const part = fc.oneof(
      fc.constantFrom(
        '[1]',
        '[1,2]',
        '[1 ]',
        '[1]]',
        '{"a":1}',
        '{"a":1,"a":2}',
        '{"b":1,"a":2}',
        '{"a":{"a":[[[1]]]}}',
        '{"@id":1}',
        '{"__proto__":1}',
        '[1.5]',
        '["\\u0041"]',
        '"[1]"',
        '7',
        'null',
        '{',
      ),
      fc.json({ maxDepth: 3 }),
    )
    const parts = fc.dictionary(
      fc.constantFrom('attestations', 'product', 'score', 'supplyChain', 'other'),
      part,
      { minKeys: 1 },
    )
    const text = fc.oneof(
      parts.map((each) => passport(each)),
      fc.array(parts, { maxLength: 3 }).map((all) => {
        return `{"verifiableCredential":[${all.map((each) => passport(each)).join(',')}]}`
      }),
    )
    const limits: Limits = { ...LIMITS, nodes: 12, depth: 6, arrayItems: 3 }
    const property = fc.property(fc.array(text, { minLength: 2, maxLength: 8 }), (texts) => {
      const known = new RememberedDocuments()
      for (const each of texts) {
        assert.deepEqual(plain(read(each, known, limits)), plain(read(each, null, limits)))
      }
    })
    fc.assert(property, { numRuns: 1500 })
  })

  it('are canonical by themselves, whatever stands before them', () => {
    const known = new RememberedDocuments()
    const unordered = '{"credentialSubject":{"id":"1","a":1,"score":[1,2]},"id":"1"}'
    const ordered = passport({ score: '[1,2]' })
    for (const text of [unordered, ordered, `{"verifiableCredential":[${unordered},${ordered}]}`]) {
      assert.deepEqual(plain(read(text, known)), plain(read(text, null)))
    }
  })

  it('count against the limits of each document that has them', () => {
    const known = new RememberedDocuments()
    const limits: Limits = { ...LIMITS, nodes: 9 }
    const score = '[1,2,3]'
    assert.ok(read(passport({ score }), known, limits).ok)
    const larger = passport({ product: '[1,2]', score })
    const result = read(larger, known, limits)
    assert.deepEqual(result, read(larger, null, limits))
    assert.ok(!result.ok)
    assert.equal(result.fault.pointer, '/credentialSubject/score/2')
  })

  it('are not kept of a text that is longer than a passport may be', () => {
    const known = new RememberedDocuments()
    const text = passport({ product: `["${'a'.repeat(8000)}"]`, other: '{}' })
    const long = `{"verifiableCredential":[${Array(20).fill(text).join(',')}]}`
    assert.ok(read(long, known).ok)
    assert.equal(known.parts.size, 0)
    assert.ok(read(text, known).ok)
    assert.equal(known.parts.size, 1)
  })
})
