import assert from 'node:assert/strict'
import { createMemory, type Memory, memoryBeside } from '../../verifier/memory/memory.ts'
import { type Preparation, preparation } from '../../verifier/memory/prepared-credentials.ts'
import type { DecodedDocument } from '../../verifier/reading/decoded-document.ts'
import { LIMITS } from '../../verifier/reading/limits.ts'
import { Consortium } from '../support/consortium.ts'

/** DER of 130 bytes and their frame: a sequence of one octet string. Whether it is a timestamp is asked later. */
const TIMESTAMP = Uint8Array.of(0x30, 0x81, 0x84, 0x04, 0x81, 0x81, ...new Uint8Array(129))
const GARBAGE = Uint8Array.of(0x7b)

describe('credentials that are prepared', () => {
  let memory: Memory
  let own: Preparation
  let parts: readonly Uint8Array[]
  let editions: readonly Uint8Array[]

  before(async () => {
    const consortium = await Consortium.assemble()
    parts = [...consortium.identities.values()].map(({ bytes }) => bytes)
    const { climateBody } = consortium.parties
    const dates = ['2026-09-01T00:00:00Z', '2026-09-02T00:00:00Z', '2026-09-03T00:00:00Z']
    const made = dates.map((created) => consortium.identity(climateBody, { created }))
    editions = (await Promise.all(made)).map(({ bytes }) => bytes)
  })
  beforeEach(() => {
    memory = createMemory()
    own = preparation(memory, LIMITS)
  })

  const some = (...indexes: readonly number[]) =>
    indexes.map((index) => parts[index] ?? assert.fail(`there is no part ${index}`))
  const pointers = (documents: readonly DecodedDocument[]) =>
    documents.map((each) => (each.ok ? each.secured.pointer : each.pointer))
  const ids = (documents: readonly DecodedDocument[]) =>
    documents.map((each) => (each.ok ? each.secured.id : each.id))

  it('stand in their order, behind those that were prepared before', () => {
    const first = own.prepare(some(0, 1))
    assert.deepEqual(pointers(first.documents.all), ['/with/0', '/with/1'])
    const both = own.prepare(some(2, 3), first)
    assert.deepEqual(pointers(both.documents.all), ['/with/0', '/with/1', '/with/2', '/with/3'])
    const whole = preparation(createMemory(), LIMITS).prepare(some(0, 1, 2, 3))
    assert.deepEqual(ids(both.documents.all), ids(whole.documents.all))
    assert.deepEqual(both.findings, [])
    assert.deepEqual(both.timestamps, [])
    assert.ok(Object.isFrozen(both))
  })

  it('are the same for the same bytes in the same order', () => {
    const first = own.prepare(some(0, 1))
    const copies = some(0, 1).map((bytes) => new Uint8Array(bytes))
    assert.equal(own.prepare(copies), first)
    assert.equal(own.prepare(some(1), own.prepare(some(0))), first)
    assert.notEqual(own.prepare(some(1, 0)), first)
    assert.notEqual(own.prepare(some(0)), first)
    assert.notEqual(own.prepare(some(0, 1, 2)), first)
    assert.notEqual(own.prepare([]), first)
    assert.equal(own.prepare([], first), first)
  })

  it('are read once in one place, also where they are sorted again', () => {
    const [first] = own.prepare(some(0, 1)).documents.all
    const other = preparation(memoryBeside(memory), LIMITS)
    const again = other.prepare(some(0, 2)).documents.all
    assert.equal(again[0], first)
    const elsewhere = other.prepare(some(2, 0)).documents.all
    assert.deepEqual(pointers(elsewhere), ['/with/0', '/with/1'])
    assert.deepEqual(ids(elsewhere), ids(again).reverse())
  })

  it('tell what is wrong with each input, those before first', () => {
    const first = own.prepare([GARBAGE])
    const pointersOf = ({ findings }: typeof first) => findings.map(({ pointer }) => pointer)
    assert.deepEqual(pointersOf(first), ['/with/0'])
    const both = own.prepare([...some(0), GARBAGE], first)
    assert.deepEqual(pointersOf(both), ['/with/0', '/with/2'])
    assert.deepEqual(pointers(both.documents.all), ['/with/1'])
  })

  it('have the timestamps of all of them', () => {
    const places = ({ timestamps }: ReturnType<typeof own.prepare>) =>
      timestamps.map(({ pointer }) => pointer)
    const first = own.prepare([TIMESTAMP])
    assert.deepEqual(places(first), ['/with/0'])
    assert.deepEqual(first.findings, [])
    assert.deepEqual(places(own.prepare([TIMESTAMP], first)), ['/with/0', '/with/1'])
    assert.deepEqual(places(own.prepare(some(0), first)), ['/with/0'])
  })

  it('say which ids had too many documents, each once', () => {
    const narrow = preparation(memory, { ...LIMITS, documentsOfOneId: 1 })
    const [a, b, c] = editions
    assert.ok(a && b && c)
    const [id] = ids(own.prepare([a]).documents.all)
    const none = narrow.prepare(some(0))
    assert.deepEqual(none.documents.crowded, [])
    const crowded = narrow.prepare([a, b], none)
    assert.deepEqual(crowded.documents.crowded, [id])
    assert.deepEqual(narrow.prepare(some(1), crowded).documents.crowded, [id])
    assert.deepEqual(narrow.prepare([c], crowded).documents.crowded, [id])
  })

  it('belong to the verifier that prepared them', () => {
    const prepared = own.prepare(some(0))
    own.assertOwn(prepared)
    const other = preparation(createMemory(), LIMITS)
    const refusal = new TypeError('with: expected what this verifier prepared')
    assert.throws(() => other.assertOwn(prepared), refusal)
    assert.throws(() => other.prepare(some(1), prepared), refusal)
    assert.throws(() => own.assertOwn({ ...prepared }), refusal)
  })
})

describe('the memory of a verifier', () => {
  it('holds two mebibytes of inputs that were prepared', async () => {
    const { inputs } = createMemory()
    const input = { kind: 'credential', documents: [], findings: [], timestamps: [] } as const
    const half = 1024 * 1024
    assert.ok(inputs.set('a', input, half))
    assert.ok(inputs.set('b', input, half))
    assert.equal(inputs.weight, 2 * half)
    assert.equal(inputs.set('c', input, 2 * half + 1), false)
    assert.ok(inputs.set('d', input, 1))
    assert.equal(inputs.get('a'), undefined)
    assert.equal(inputs.get('b'), input)
  })

  it('shares with the one beside it what follows from bytes, and nothing else', () => {
    const memory = createMemory()
    const beside = memoryBeside(memory)
    const shared = Object.entries(memory).filter(
      ([name, value]) => Reflect.get(beside, name) === value,
    )
    const names = shared.map(([name]) => name).sort()
    const { exams: _, added: __, ...others } = memory
    assert.deepEqual(names, Object.keys(others).sort())
    assert.deepEqual(Object.keys(beside).sort(), Object.keys(memory).sort())
  })
})
