import assert from 'node:assert/strict'
import { VC_CONTEXT } from '@battery-passport/contexts'
import { LIMITS } from '@battery-passport/verifier'
import { type DecodedInput, decodeInput } from '../../verifier/reading/decode.ts'
import { RememberedDocuments } from '../../verifier/reading/remembered-documents.ts'
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
