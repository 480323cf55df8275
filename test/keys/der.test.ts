import assert from 'node:assert/strict'
import { childrenOf, type Element, readDer, TAG, tagged } from '../../keys/timestamp/der.ts'
import { DerFault, parseDer } from '../../keys/timestamp/der-fields.ts'

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/** An element with this content, whether or not its bytes are DER. */
const element = (tag: number, hex: string): Element => {
  const content = bytesOf(hex)
  return { tag, content, bytes: content }
}

/** Sequences in each other, the innermost empty. */
function nested(levels: number): Uint8Array {
  let bytes: number[] = []
  for (let level = 0; level < levels; level += 1) bytes = [0x30, bytes.length, ...bytes]
  return Uint8Array.from(bytes)
}

/** A sequence of so many nulls. */
function nulls(count: number): Uint8Array {
  const length = count * 2
  const content = Array.from({ length }, (_, index) => (index % 2 === 0 ? TAG.null : 0))
  return Uint8Array.from([0x30, 0x82, length >> 8, length & 0xff, ...content])
}

describe('bytes read as DER', () => {
  const read = [
    { what: 'nothing in an element', hex: '0500' },
    { what: 'true', hex: '0101ff' },
    { what: 'false', hex: '010100' },
    { what: 'a sequence of two', hex: '3004 0500 0500' },
    { what: 'an empty set', hex: '3100' },
    { what: 'a member of its own number, in one piece', hex: '800101' },
    { what: 'a member of its own number that holds another', hex: 'a003 020101' },
    { what: 'a member of number 16, in one piece', hex: '900101' },
    { what: '127 bytes', hex: `047f${'00'.repeat(0x7f)}` },
    { what: '128 bytes', hex: `048180${'00'.repeat(0x80)}` },
    { what: '256 bytes', hex: `04820100${'00'.repeat(0x100)}` },
    { what: '65536 bytes', hex: `0483010000${'00'.repeat(0x10000)}` },
  ]
  for (const { what, hex } of read) {
    it(`are read: ${what}`, () => {
      const bytes = bytesOf(hex)
      const found = readDer(bytes)
      assert.equal(found?.tag, bytes[0])
      assert.equal(hexOf(found?.bytes ?? new Uint8Array()), hexOf(bytes))
      assert.deepEqual(parseDer(bytes), found)
    })
  }

  const refused = [
    { what: 'no bytes', hex: '' },
    { what: 'a tag alone', hex: '05' },
    { what: 'something behind the end', hex: '050000' },
    { what: 'less than the length says', hex: '040201' },
    { what: 'a length without end', hex: '3080 0500 0000' },
    { what: 'a length in a byte more than it needs', hex: `04817f${'00'.repeat(0x7f)}` },
    { what: 'a length that begins with zero', hex: `04820080${'00'.repeat(0x80)}` },
    { what: 'a length of four bytes', hex: `048401000000${'00'.repeat(4)}` },
    { what: 'a length that breaks off', hex: '048201' },
    { what: 'a member longer than what holds it', hex: '3003 040201' },
    { what: 'a member that ends behind what holds it', hex: '3007 3003 040201 0500' },
    { what: 'a tag of several bytes', hex: '1f0100' },
    { what: 'a tag of several bytes that holds others', hex: 'bf0100' },
    { what: 'a string in pieces', hex: '2403 040100' },
    { what: 'a sequence in one piece', hex: '1000' },
    { what: 'a set in one piece', hex: '1100' },
    { what: 'a truth in another number than 00 or ff', hex: '010101' },
    { what: 'a truth of no bytes', hex: '0100' },
    { what: 'a truth of two bytes', hex: '0102ffff' },
    { what: 'a fault further in', hex: '3005 3003 010101' },
  ]
  for (const { what, hex } of refused) {
    it(`are refused: ${what}`, () => {
      assert.equal(readDer(bytesOf(hex)), null)
      assert.throws(() => parseDer(bytesOf(hex)), DerFault)
    })
  }

  it('are refused: a length of four bytes, were there as many', () => {
    const bytes = new Uint8Array(6 + 2 ** 24)
    bytes.set([TAG.octetString, 0x84, 1])
    assert.ok(readDer(bytes) === null)
  })

  it('are read to a depth of 24 below the outermost, and no deeper', () => {
    assert.notEqual(readDer(nested(25)), null)
    assert.equal(readDer(nested(26)), null)
  })

  it('have at most 4096 elements', () => {
    assert.notEqual(readDer(nulls(4095)), null)
    assert.equal(readDer(nulls(4096)), null)
  })

  it('hold their members in their order, each with its bytes', () => {
    const found = childrenOf(parseDer(bytesOf('3007 020105 0402aabb')))
    assert.deepEqual(
      found.map(({ tag, content, bytes }) => [tag, hexOf(content), hexOf(bytes)]),
      [
        [TAG.integer, '05', '020105'],
        [TAG.octetString, 'aabb', '0402aabb'],
      ],
    )
  })

  it('hold no members in one piece, nor any when one breaks off', () => {
    assert.deepEqual(childrenOf(element(TAG.octetString, '0500')), [])
    assert.deepEqual(childrenOf(element(TAG.sequence, '0500 02')), [])
  })

  it('have members of their own number', () => {
    assert.equal(tagged(0), 0xa0)
    assert.equal(tagged(3), 0xa3)
  })
})
