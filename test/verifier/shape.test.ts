import assert from 'node:assert/strict'
import { CONTEXTS, CREDENTIAL_TYPES, preview, sharedPart } from '@battery-passport/contexts'
import { decodeInput, LIMITS } from '@battery-passport/verifier'
import type { DecodedDocument } from '../../verifier/reading/decoded-document.ts'
import { indexDocuments, joinDocuments } from '../../verifier/reading/documents.ts'
import type { JsonObject, JsonValue } from '../../verifier/reading/json.ts'
import { isTimestamp, timestampsOf } from '../../verifier/reading/presented-timestamp.ts'
import { placeOf, readShape } from '../../verifier/reading/shape.ts'
import { WeightedCache } from '../../verifier/reading/weighted-cache.ts'
import { Consortium } from '../support/consortium.ts'

describe('the place of a finding', () => {
  it('is the document with its id, or where it stands', () => {
    assert.deepEqual(placeOf({ id: 'urn:a' }, '/x'), { credential: 'urn:a', prefix: '' })
    for (const document of [{}, { id: '' }, { id: 7 }, [], 'urn:a', 7]) {
      assert.deepEqual(placeOf(document, '/x'), { credential: '', prefix: '/x' })
    }
  })
})

describe('the shape of a credential', () => {
  let honest: JsonObject
  const place = { credential: 'urn:a', prefix: '' }

  before(async () => {
    const consortium = await Consortium.assemble()
    const [document] = decodeInput((await consortium.passport()).bytes).documents
    assert.ok(document?.ok)
    const { proof: _, ...unsecured } = document.secured.document
    honest = unsecured
  })

  const found = (change: JsonObject) => {
    const shape = readShape({ ...honest, ...change }, 'BatteryPassport', place)
    return shape.ok
      ? []
      : shape.findings.map(({ code, pointer, expected, found }) => [code, pointer, expected, found])
  }
  const subject = (member: string, value: JsonValue): JsonObject => ({
    credentialSubject: { ...Object(honest.credentialSubject), [member]: value },
  })
  const keyword = (pointer: string, key: string) => [
    'CONTEXT_NOT_ALLOWED',
    pointer,
    'no key that begins with "@"',
    JSON.stringify(key),
  ]
  const keywords = (change: JsonObject) =>
    found(change).filter(([code]) => code === 'CONTEXT_NOT_ALLOWED')

  it('is that of its type, with the pinned contexts and no other', () => {
    assert.deepEqual(found({}), [])
    const [first] = CONTEXTS
    for (const context of [[first], [...CONTEXTS].reverse(), [...CONTEXTS, first], first]) {
      assert.deepEqual(keywords({ '@context': context }), [
        ['CONTEXT_NOT_ALLOWED', '/@context', JSON.stringify(CONTEXTS), preview(context)],
      ])
    }
  })

  it('has no keyword of JSON-LD, however deep it stands', () => {
    assert.deepEqual(keywords({ '@id': 'urn:b' }), [keyword('/@id', '@id')])
    const deep = [{ a: 1 }, { b: [{ 'c/d': { '@type': 'x' } }] }]
    assert.deepEqual(keywords(subject('name', deep)), [
      keyword('/credentialSubject/name/1/b/0/c~1d/@type', '@type'),
    ])
    const two = [{ '@a': 1, b: { '@c': 1 } }]
    assert.deepEqual(keywords(subject('name', two)), [
      keyword('/credentialSubject/name/0/@a', '@a'),
      keyword('/credentialSubject/name/0/b/@c', '@c'),
    ])
    assert.deepEqual(keywords(subject('name', { 'a@b': '@c', d: ['@e'] })), [])
  })

  it('is looked at anew each time, unless nobody can change it', () => {
    const own: Record<string, JsonValue> = { a: 1 }
    const faulty = { '@a': 1 }
    sharedPart(faulty)
    const expected = [keyword('/credentialSubject/name/@a', '@a')]
    assert.deepEqual(keywords(subject('name', own)), [])
    own['@a'] = 1
    for (const _ of ['first', 'again']) {
      assert.deepEqual(keywords(subject('name', own)), expected)
      assert.deepEqual(keywords(subject('name', faulty)), expected)
    }
  })

  it('says of no more than 24 keywords', () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`@${index}`, 1]))
    assert.equal(keywords(subject('name', many)).length, 24)
  })

  it('is none of an unknown type', () => {
    const shape = readShape(honest, null, place)
    assert.ok(!shape.ok)
    assert.deepEqual(
      shape.findings.map(({ code, pointer, expected }) => [code, pointer, expected]),
      [
        [
          'SCHEMA',
          '/type',
          `["VerifiableCredential", …] with one of ${CREDENTIAL_TYPES.join(', ')}`,
        ],
      ],
    )
  })
})

describe('a timestamp in an input', () => {
  const der = Uint8Array.of(0x30, 0x81, 0x84, 0x04, 0x81, 0x81, ...new Uint8Array(129))
  const rfc3161 = Buffer.from(der).toString('base64')

  it('is a long sequence of DER', () => {
    assert.ok(isTimestamp(der))
    for (const other of [
      [],
      [0x30],
      [0x30, 0x81],
      [0x30, 0x03, 0x02, 0x01, 0x05],
      [0x31, ...der.subarray(1)],
      [0x04, 0x81, 0x81, ...new Uint8Array(129)],
      [...der, 0],
      [...der.subarray(0, -1)],
    ]) {
      assert.ok(!isTimestamp(Uint8Array.from(other)), `${other.slice(0, 8)}`)
    }
  })

  it('stands beside the credentials, with what it stamps', () => {
    const faulty: JsonValue[] = [
      7,
      'text',
      [],
      {},
      { digestMultibase: 'z1' },
      { rfc3161 },
      { digestMultibase: 7, rfc3161 },
      { digestMultibase: 'z1', rfc3161: 7 },
      { digestMultibase: 'z1', rfc3161: '?' },
    ]
    const timestamps = [...faulty, { digestMultibase: 'z1', rfc3161 }]
    assert.deepEqual(timestampsOf({ timestamps }, '/with/2'), [
      { pointer: '/with/2/timestamps/9', digestMultibase: 'z1', bytes: der },
    ])
    assert.deepEqual(timestampsOf({}, ''), [])
    assert.deepEqual(
      timestampsOf({ timestamps: { 0: { digestMultibase: 'z1', rfc3161 } } }, ''),
      [],
    )
  })
})

describe('the documents of two inputs', () => {
  it('answer as one index of all of them, whatever they share', async () => {
    const consortium = await Consortium.assemble()
    const { climateBody, miner } = consortium.parties
    const read = ({ bytes }: { readonly bytes: Uint8Array }) => {
      const [document] = decodeInput(bytes).documents
      assert.ok(document?.ok)
      return document
    }
    const first = read(await consortium.identity(climateBody))
    const id = { id: 'https://registrar.example/identities/again' }
    const sameSubject = read(await consortium.identity(climateBody, { credential: id }))
    const sameId = read(await consortium.identity(miner, { credential: { id: first.secured.id } }))
    const stranger = read(await consortium.identity(miner))
    const [finding] = decodeInput(new Uint8Array()).findings
    assert.ok(finding)
    const { id: name } = stranger.secured
    const faulty: DecodedDocument = {
      ...{ ok: false, pointer: '', type: '', id: name, digestMultibase: 'zQm' },
      findings: [finding],
    }
    const every: readonly DecodedDocument[] = [first, sameSubject, sameId, stranger, faulty]
    for (const one of every) {
      for (const other of every) {
        const joined = joinDocuments([one], indexDocuments([other], LIMITS), LIMITS)
        const whole = indexDocuments([one, other], LIMITS)
        assert.deepEqual(joined.all, whole.all)
        for (const each of every) {
          const name = each.ok ? each.secured.id : each.id
          assert.deepEqual(joined.byId(name), whole.byId(name))
          if (!each.ok) continue
          const subject = each.secured.credential.credentialSubject.id
          assert.deepEqual(joined.bySubject(subject), whole.bySubject(subject))
        }
      }
    }
  })
})

describe('a cache of a weight', () => {
  it('forgets what was used longest ago, and says so', () => {
    const forgotten: string[] = []
    const cache = new WeightedCache<string>(10, (value) => forgotten.push(value))
    assert.equal(cache.get('a'), undefined)
    assert.ok(cache.set('a', 'A', 4))
    assert.ok(cache.set('b', 'B', 6))
    assert.equal(cache.weight, 10)
    assert.equal(cache.get('a'), 'A')
    assert.ok(cache.set('c', 'C', 1))
    assert.deepEqual(forgotten, ['B'])
    assert.equal(cache.weight, 5)
    assert.equal(cache.get('a'), 'A')
    assert.ok(cache.set('a', 'A2', 9))
    assert.deepEqual([forgotten, cache.weight], [['B', 'A'], 10])
    assert.equal(cache.set('d', 'D', 11), false)
    assert.deepEqual([cache.get('a'), cache.get('c'), cache.get('d')], ['A2', 'C', undefined])
    assert.ok(cache.set('e', 'E', 10))
    assert.deepEqual([forgotten, cache.weight], [['B', 'A', 'A2', 'C'], 10])
  })
})
