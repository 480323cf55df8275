import assert from 'node:assert/strict'
import { VC_CONTEXT } from '@battery-passport/contexts'
import { LIMITS } from '@battery-passport/verifier'
import { type DecodedInput, decodeInput } from '../../verifier/reading/decode.ts'
import type { DecodedDocument } from '../../verifier/reading/decoded-document.ts'
import type { KnownText } from '../../verifier/reading/json.ts'
import {
  type ReadDocument,
  RememberedDocuments,
} from '../../verifier/reading/remembered-documents.ts'
import { Consortium } from '../support/consortium.ts'
import { heapHeld } from '../support/heap.ts'

const HEAD = `{"@context":["${VC_CONTEXT}"],"type":["VerifiablePresentation"],"verifiableCredential":[`

describe('documents that were read before', () => {
  let passport: string
  let parts: readonly string[]

  before(async () => {
    const consortium = await Consortium.assemble()
    const textOf = ({ document }: { readonly document: object }) => JSON.stringify(document)
    passport = textOf(await consortium.passport())
    parts = [...consortium.attestations, ...(await consortium.statusLists())].map(textOf)
  })

  const bytesOf = (texts: readonly string[]) =>
    new TextEncoder().encode(`${HEAD}${texts.join(',')}]}`)
  const read = (remembered: RememberedDocuments, texts: readonly string[]) =>
    decodeInput(bytesOf(texts), LIMITS, '', remembered)
  /** Another passport each time: only its id differs. */
  const passportOf = (number: number) =>
    passport.replace(/("id":"https:[^"]*\/passports\/[^"]*)"/, `$1-${number}"`)
  /** Whether a document was taken from memory: then it is the very same object. */
  const shared = (a: DecodedInput, b: DecodedInput) =>
    a.documents.map((document, index) => {
      const other = b.documents[index]
      return document.ok && other?.ok && document.secured.credential === other.secured.credential
    })

  it('are taken from memory from the third time on, and what differs is read', () => {
    const remembered = new RememberedDocuments()
    const inputs = [1, 2, 3, 4, 5].map((number) => read(remembered, [passportOf(number), ...parts]))
    const [, second, third, fourth, fifth] = inputs
    assert.ok(second && third && fourth && fifth)
    assert.equal(shared(second, third).includes(true), false)
    for (const later of [fourth, fifth]) {
      assert.deepEqual(shared(third, later), [false, ...parts.map(() => true)])
    }
  })

  it('are nothing that was met once', () => {
    const remembered = new RememberedDocuments()
    read(remembered, [passport, ...parts])
    assert.equal(remembered.size, 0)
    read(remembered, [passport, ...parts])
    assert.equal(remembered.size, [passport, ...parts].join('').length)
  })

  it('make no difference to what is read, in whatever order and beside whatever else', () => {
    const remembered = new RememberedDocuments()
    const [first = '', second = '', ...others] = parts
    const changed = second.replace(/(?<="proofValue":"z.{20})./, (digit) =>
      digit === '2' ? '3' : '2',
    )
    const spaced = ` ${second.slice(0, 1)} ${second.slice(1)} `
    const orders = [
      [passport, ...parts],
      [...parts, passport],
      [...parts].reverse(),
      [first, second, first, second],
      [first, changed, ...others],
      [first, spaced, ...others],
      [first, `{"unknown":true,${second.slice(1)}`, ...others],
      [first, second.slice(0, -1), ...others],
      [first, `${second}x`, ...others],
      [first, `${second} `, ...others],
      [first, '{}', 'true', '[]', '12', second],
      [`[${first}]`, second],
      [`{"verifiableCredential":[${first},${second}]}`, first],
      [first],
      [],
    ]
    for (let round = 0; round < 4; round++) {
      for (const [index, texts] of orders.entries()) {
        const before = decodeInput(bytesOf(texts))
        assert.deepEqual(read(remembered, texts), before, `${round}: ${index}`)
      }
    }
    assert.ok(remembered.size > 0)
  })

  it('are found in each of several bundles that take turns', () => {
    const remembered = new RememberedDocuments()
    const bundles = [parts, [...parts].reverse(), parts.slice(2), parts.filter((_, at) => at % 2)]
    const seen = bundles.map(() => [] as DecodedInput[])
    for (let round = 0; round < 5; round++) {
      for (const [index, bundle] of bundles.entries()) {
        seen[index]?.push(read(remembered, [passportOf(round * 10 + index), ...bundle]))
      }
    }
    for (const inputs of seen) {
      const [, , , fourth, fifth] = inputs
      assert.ok(fourth && fifth)
      const [own, ...others] = shared(fourth, fifth)
      assert.equal(own, false)
      assert.equal(others.includes(false), false)
    }
  })

  it('are forgotten when there is no room, the ones used longest ago first', () => {
    const most = parts.slice(0, 2).join('').length
    const remembered = new RememberedDocuments(most)
    for (let round = 0; round < 4; round++) {
      for (const part of parts) {
        assert.deepEqual(read(remembered, [part]), decodeInput(bytesOf([part])))
        assert.ok(remembered.size <= most)
      }
      assert.deepEqual(read(remembered, parts), decodeInput(bytesOf(parts)))
    }
    assert.ok(remembered.size > 0)
  })

  it('do not hold on to the presentations they came in', () => {
    const remembered = new RememberedDocuments()
    const most = 2 ** 20
    const send = (part: string) => read(remembered, [passport, ' '.repeat(most) + part])
    const before = heapHeld()
    for (const part of parts) for (let time = 0; time < 3; time++) send(part)
    assert.ok(remembered.size > parts.join('').length)
    const grown = heapHeld() - before
    assert.ok(grown < (parts.length * most) / 2, `${grown} bytes more than before`)
  })
})

describe('texts of documents that are found again', () => {
  let credential: DecodedDocument

  before(async () => {
    const [first] = (await Consortium.assemble()).identities.values()
    assert.ok(first)
    const [document] = decodeInput(first.bytes).documents
    assert.ok(document)
    credential = document
  })

  /** A document of a text, as it would be read; each text is another credential. */
  const readAs = (text: string): ReadDocument => {
    assert.ok(credential.ok)
    const secured = { ...credential.secured, digestMultibase: `z${text.slice(0, 40)}` }
    const item = { pointer: '', value: { text }, text, bytes: 9, members: null, known: null }
    return { item, document: { ok: true, secured } }
  }
  const noteOnce = (to: RememberedDocuments, text: string, after: KnownText | null) =>
    to.note(readAs(text), after, () => readAs(text))
  /** Notes a text until it is remembered. */
  const note = (to: RememberedDocuments, text: string, after: KnownText | null = null) => {
    noteOnce(to, text, after)
    const known = noteOnce(to, text, after)
    assert.ok(known !== null)
    return known
  }

  it('are found where they stand, with what was made of them', () => {
    const remembered = new RememberedDocuments()
    assert.equal(noteOnce(remembered, '{a}', null), null)
    assert.equal(remembered.find('{a}', 0, null), null)
    const known = note(remembered, '{a}')
    assert.equal(remembered.find('..{a}..', 2, null), known)
    assert.equal(remembered.find('..{a}..', 1, null), null)
    assert.deepEqual([known.text, known.bytes, known.value], ['{a}', 9, { text: '{a}' }])
    assert.deepEqual(remembered.documentOf(known.value), readAs('{a}').document)
    assert.equal(remembered.documentOf({}), undefined)
    assert.equal(remembered.documentOf('{a}'), undefined)
    assert.equal(remembered.documentOf(7), undefined)
  })

  it('are found behind what they stood behind', () => {
    const remembered = new RememberedDocuments()
    const first = note(remembered, '{a}')
    const second = note(remembered, '{b}', first)
    assert.equal(remembered.find('{b}', 0, first), second)
    assert.equal(remembered.find('{b}', 0, null), null)
    assert.equal(remembered.find('{a}', 0, first), null)
    assert.equal(noteOnce(remembered, '{b}', null), second)
    assert.equal(remembered.find('{b}', 0, null), second)
  })

  it('are nothing of what was not read, or is no object, or is too large', () => {
    const remembered = new RememberedDocuments(10)
    const faulty = decodeInput(new TextEncoder().encode('{}')).documents[0]
    assert.ok(faulty !== undefined && !faulty.ok)
    const { item, document } = readAs('{a}')
    for (const read of [
      { item, document: faulty },
      { item: { ...item, value: 7 }, document },
      readAs('{larger than ten}'),
    ]) {
      for (let time = 0; time < 3; time++)
        assert.equal(
          remembered.note(read, null, () => read),
          null,
        )
    }
    assert.equal(remembered.size, 0)
    assert.equal(remembered.find('{a}', 0, null), null)
  })

  it('are four mebibytes of text', () => {
    const remembered = new RememberedDocuments()
    const most = 4 * 1024 * 1024
    note(remembered, '{a}')
    note(remembered, `{b}${' '.repeat(most - 6)}`)
    assert.equal(remembered.size, most)
    note(remembered, '}')
    assert.equal(remembered.size, most - 2)
    assert.equal(remembered.find('{a}', 0, null), null)
  })

  it('are forgotten when they were not used for longest, with what stood behind them', () => {
    const remembered = new RememberedDocuments(9)
    const first = note(remembered, '{a}')
    const second = note(remembered, '{b}', first)
    assert.equal(remembered.find('{a}', 0, null), first)
    const third = note(remembered, '{c}', first)
    // Found, and so used after the others.
    assert.equal(remembered.find('{b}', 0, first), second)
    assert.equal(remembered.find('{c}', 0, first), third)
    note(remembered, '{d}')
    assert.equal(remembered.find('{a}', 0, null), null)
    assert.deepEqual([first.text, first.value], ['', {}])
    assert.equal(remembered.find('mutated', 0, null), null)
    assert.equal(remembered.find('{b}', 0, first), null)
    assert.equal(noteOnce(remembered, '{b}', null), second)
  })

  it('are looked for with the one that was found last first', () => {
    const remembered = new RememberedDocuments()
    const short = note(remembered, '{')
    const long = note(remembered, '{a}')
    assert.equal(remembered.find('{a}', 0, null), long)
    assert.equal(remembered.find('{b}', 0, null), short)
    assert.equal(remembered.find('{a}', 0, null), short)
  })

  it('are looked for among 32 behind each, those used last', () => {
    const remembered = new RememberedDocuments()
    const texts = Array.from({ length: 33 }, (_, index) => `{${index}}`)
    const found = (text: string | undefined) => remembered.find(text ?? '', 0, null) !== null
    for (const text of texts.slice(0, 32)) note(remembered, text)
    // Moved to the front, and there once.
    assert.ok(found(texts[15]))
    assert.ok(found(texts[0]))
    note(remembered, texts[32] ?? '')
    assert.ok(!found(texts[1]))
    for (const text of [texts[0], texts[15], ...texts.slice(2)]) assert.ok(found(text), text)
  })

  it('leave their places when they are forgotten', () => {
    const remembered = new RememberedDocuments(11)
    const before = note(remembered, '{a}')
    const kept = note(remembered, '{b}')
    note(remembered, '{b}', before)
    for (let index = 10; index < 60; index++) {
      note(remembered, `{${index}}`)
      remembered.find('{a}', 0, null)
      assert.equal(remembered.find('{b}', 0, before), kept)
    }
    assert.equal(remembered.find('{b}', 0, null), kept)
  })
})
