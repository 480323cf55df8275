import assert from 'node:assert/strict'
import { type Element, readDer } from '../../keys/timestamp/der.ts'
import {
  algorithmOf,
  DerFault,
  Fields,
  isSame,
  numberOf,
  oidOf,
  parseDer,
  timeOf,
  wholeBytesOf,
} from '../../keys/timestamp/der-fields.ts'
import { der } from '../../keys/timestamp/write-der.ts'

const SHA256_RSA = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b]

function element(tag: number, ...content: readonly number[]): Element {
  return parseDer(der(tag, Uint8Array.from(content)))
}

/** What a reader makes of a content, or that it refuses it. */
function read<T>(reader: (element: Element) => T, content: readonly number[], tag = 0x04) {
  try {
    return reader(element(tag, ...content))
  } catch (error) {
    assert.ok(error instanceof DerFault)
    return error.message
  }
}

describe('The parts of a structure of DER', () => {
  const three = () => element(0x30, 0x02, 0x01, 0x07, 0x05, 0x00, 0x04, 0x01, 0x09)

  it('are taken one after the other, and are all of it', () => {
    const fields = new Fields(three())
    assert.deepEqual([...fields.take(0x02).content], [0x07])
    assert.equal(fields.takeIf(0x04), null)
    assert.throws(() => fields.take(0x04), /no element of tag 4/)
    assert.throws(() => fields.end(), /more than there is to be/)
    assert.deepEqual([...(fields.takeIf(0x05)?.content ?? [1])], [])
    assert.deepEqual([...fields.take(0x04).content], [0x09])
    assert.equal(fields.takeIf(0x04), null)
    fields.end()
  })

  it('are those of a structure of the kind that is asked for', () => {
    assert.throws(() => new Fields(three(), 0x31), /of another kind/)
    assert.throws(() => new Fields(element(0x31)), /of another kind/)
    new Fields(element(0x31), 0x31).end()
    new Fields(element(0x30)).end()
  })

  it('are in DER', () => {
    assert.throws(() => parseDer(Uint8Array.of(0x30, 0x80)), /not DER/)
    assert.equal(readDer(Uint8Array.of(0x30, 0x80)), null)
  })
})

describe('An object identifier', () => {
  for (const [written, content] of [
    ['1.2.840.113549.1.1.11', SHA256_RSA],
    ['0.0', [0x00]],
    ['0.39', [0x27]],
    ['1.0', [0x28]],
    ['1.39', [0x4f]],
    ['2.0', [0x50]],
    ['2.48', [0x81, 0x00]],
    ['1.2.0', [0x2a, 0x00]],
    ['1.2.128.5', [0x2a, 0x81, 0x00, 0x05]],
    ['1.2.4294967295', [0x2a, 0x8f, 0xff, 0xff, 0xff, 0x7f]],
  ] as const) {
    it(`${written} is read`, () => assert.equal(read(oidOf, content), written))
  }

  for (const [what, content] of [
    ['nothing', []],
    ['an arc that begins with nothing', [0x80, 0x01]],
    ['a later arc that does', [0x2a, 0x80, 0x01]],
    ['an arc without an end', [0x2a, 0x86]],
    ['the first arc without an end', [0x86]],
    ['an arc of more than 32 bits', [0x2a, 0x90, 0x80, 0x80, 0x80, 0x00]],
    ['an endless arc', [0x2a, ...new Array<number>(64).fill(0xff), 0x01]],
  ] as const) {
    it(`is not ${what}`, () => assert.equal(read(oidOf, content), 'no object identifier'))
  }

  it('may have a zero within an arc', () => {
    assert.equal(read(oidOf, [0x2a, 0x81, 0x80, 0x01]), `1.2.${128 * 128 + 1}`)
  })
})

describe('The identifier of an algorithm', () => {
  const oid = [0x06, SHA256_RSA.length, ...SHA256_RSA]
  it('is an object identifier, and parameters where it has some', () => {
    assert.deepEqual(algorithmOf(element(0x30, ...oid)), {
      oid: '1.2.840.113549.1.1.11',
      parameters: null,
    })
    assert.equal(algorithmOf(element(0x30, ...oid, 0x05, 0x00)).parameters?.tag, 0x05)
  })

  it('is nothing else', () => {
    const other = (tag: number, content: readonly number[]) => read(algorithmOf, content, tag)
    assert.equal(other(0x31, oid), 'no algorithm')
    assert.equal(other(0x30, []), 'no algorithm')
    assert.equal(other(0x30, [0x05, 0x00]), 'no algorithm')
    assert.equal(other(0x30, [...oid, 0x05, 0x00, 0x05, 0x00]), 'no algorithm')
  })
})

describe('A number of DER', () => {
  for (const [number, content] of [
    [0, [0x00]],
    [1, [0x01]],
    [127, [0x7f]],
    [128, [0x00, 0x80]],
    [256, [0x01, 0x00]],
    [2 ** 47 - 1, [0x7f, 0xff, 0xff, 0xff, 0xff, 0xff]],
  ] as const) {
    it(`${number} is read`, () => assert.equal(read(numberOf, content), number))
  }

  for (const [what, content] of [
    ['nothing', []],
    ['one below zero', [0x80]],
    ['one that could be shorter', [0x00, 0x7f]],
    ['zero twice', [0x00, 0x00]],
    ['one that is too long', [0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00]],
  ] as const) {
    it(`is not ${what}`, () => assert.equal(read(numberOf, content), 'no number'))
  }
})

describe('A time of DER', () => {
  const UTC = 0x17
  const GENERALIZED = 0x18
  const at = (tag: number, text: string) => read(timeOf, [...Buffer.from(text, 'latin1')], tag)
  const seconds = (text: string) => Date.parse(text) / 1000

  it('has its century by its year where it has two digits', () => {
    assert.equal(at(UTC, '490101000000Z'), seconds('2049-01-01T00:00:00Z'))
    assert.equal(at(UTC, '500101000000Z'), seconds('1950-01-01T00:00:00Z'))
    assert.equal(at(GENERALIZED, '20491231235959Z'), seconds('2049-12-31T23:59:59Z'))
  })

  it('may have a fraction of a second that ends in no zero', () => {
    const whole = seconds('2026-11-24T00:00:01Z')
    assert.equal(at(GENERALIZED, '20261124000001.5Z'), whole + 0.5)
    assert.equal(at(GENERALIZED, '20261124000001.000000001Z'), whole + 1e-9)
    for (const text of ['.50', '.', '.0', '.0000000001']) {
      assert.equal(at(GENERALIZED, `20261124000001${text}Z`), 'no time')
    }
    assert.equal(at(UTC, '261124000001.5Z'), 'no time')
  })

  it('is in UTC, of a day that there is, and in the form of its tag', () => {
    for (const [tag, text] of [
      [UTC, '261124000000+0000'],
      [UTC, '260230000000Z'],
      [UTC, '261124000000'],
      [UTC, '20261124000000Z'],
      [UTC, 'x261124000000Z'],
      [UTC, '261124000000Zx'],
      [GENERALIZED, '20261124000000'],
      [GENERALIZED, '261124000000Z'],
      [GENERALIZED, '20261124240000Z'],
      [GENERALIZED, 'x20261124000000Z'],
      [GENERALIZED, '20261124000000Zx'],
      [0x04, '20261124000000Z'],
    ] as const) {
      assert.equal(at(tag, text), 'no time', text)
    }
  })
})

describe('Bits and bytes', () => {
  it('are the same where each is', () => {
    const bytes = (...all: number[]) => Uint8Array.from(all)
    assert.equal(isSame(bytes(1, 2), bytes(1, 2)), true)
    assert.equal(isSame(bytes(), bytes()), true)
    for (const other of [bytes(1), bytes(1, 3), bytes(0, 2), bytes(1, 2, 3)]) {
      assert.equal(isSame(bytes(1, 2), other), false)
      assert.equal(isSame(other, bytes(1, 2)), false)
    }
  })

  it('of a string fill its bytes', () => {
    assert.deepEqual(read(wholeBytesOf, [0x00, 0x01, 0x02], 0x03), Uint8Array.of(1, 2))
    assert.equal(read(wholeBytesOf, [0x01, 0x02], 0x03), 'bits that fill no bytes')
    assert.equal(read(wholeBytesOf, [], 0x03), 'bits that fill no bytes')
  })
})
