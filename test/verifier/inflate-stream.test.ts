import assert from 'node:assert/strict'
import { constants, deflateRawSync } from 'node:zlib'
import { inflate } from '../../verifier/reading/gzip.ts'
import { DamagedStream, InflateStream } from '../../verifier/reading/inflate-stream.ts'
import { nextSymbol, prefixCode } from '../../verifier/reading/prefix-code.ts'

const CEILING = 64 * 1024

type Field = readonly [value: number, bits: number]

/** Numbers with so many bits each, from the least significant bit of the first byte on. */
function written(fields: readonly Field[]): Uint8Array {
  const bits = fields.flatMap(([value, count]) =>
    Array.from({ length: count }, (_, index) => (value >> index) & 1),
  )
  const bytes = new Uint8Array(Math.ceil(bits.length / 8))
  for (const [at, bit] of bits.entries()) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (bit << (at & 7))
  return bytes
}

/** The bits of codes, first bit first. */
const bits = (text: string): readonly Field[] => [...text].map((bit): Field => [Number(bit), 1])

/** The order in which the lengths of the code of lengths come (RFC 1951 §3.2.7). */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1]

/** The head of a block with codes of its own: how many there are, and the code of their lengths. */
const head = (
  literals: number,
  distances: number,
  own: Readonly<Record<number, number>>,
): Field[] => [
  [1, 1],
  [2, 2],
  [literals - 257, 5],
  [distances - 1, 5],
  [ORDER.length - 4, 4],
  ...ORDER.map((symbol): Field => [own[symbol] ?? 0, 3]),
]

/**
 * A block in which the literal 0 and the end have codes of one bit and nothing else has any; with
 * the zero, and more lengths than there are if `more` says so.
 */
function smallBlock(literals: number, distances: number, more = 0): Uint8Array {
  const zeros = (count: number): Field[] => [
    [1, 1],
    [count - 11, 7],
  ]
  return written([
    ...head(literals, distances, { 1: 1, 18: 1 }),
    ...bits('0'),
    ...zeros(138),
    ...zeros(117),
    ...bits('0'),
    ...zeros(literals - 257 + distances + more),
    ...bits('01'),
  ])
}

const read = (bytes: Uint8Array) => new InflateStream(bytes, CEILING).read()

/** As zlib reads it, and so do we. */
function assertRead(stream: Uint8Array, content: Uint8Array): void {
  const found = read(stream)
  assert.ok(Buffer.from(found.bytes).equals(content))
  assert.equal(found.consumed, stream.length)
  assert.deepEqual(inflate(stream, CEILING)?.bytes.length, content.length)
}

/** As zlib refuses it, and so do we, with an error of our own. */
function assertRefused(stream: Uint8Array): void {
  assert.equal(inflate(stream, CEILING), null)
  assert.throws(
    () => read(stream),
    (error) => error instanceof DamagedStream && error.name === 'DamagedStream',
  )
}

describe('a stream that is inflated without zlib', () => {
  it('is of any kind', () => {
    const text = Buffer.from('the list, the list of the lists '.repeat(9))
    const large = Buffer.alloc(40_000, 7)
    const sparse = Buffer.from(
      Array.from({ length: 4000 }, (_, at) => (at % 37 === 0 ? at % 251 : 0)),
    )
    for (const content of [text, large, sparse]) {
      for (const level of [0, 9]) assertRead(deflateRawSync(content, { level }), content)
      const strategies = [constants.Z_FIXED, constants.Z_HUFFMAN_ONLY]
      for (const strategy of strategies) assertRead(deflateRawSync(content, { strategy }), content)
    }
  })

  it('has up to 286 literals and 30 distances', () => {
    assertRead(smallBlock(286, 1), Buffer.alloc(1))
    assertRead(smallBlock(257, 30), Buffer.alloc(1))
    assertRead(smallBlock(286, 30), Buffer.alloc(1))
    assertRefused(smallBlock(287, 1))
    assertRefused(smallBlock(257, 31))
    assertRefused(smallBlock(287, 31))
  })

  it('has no more lengths than it says', () => {
    for (const more of [1, 2, 50]) assertRefused(smallBlock(286, 1, more))
  })

  it('may have one distance alone, of one bit', () => {
    const lengths = ['10', '0', [127, 7], '0', [106, 7], '11', '0', [17, 7], '11', '10'] as const
    const stream = written([
      ...head(286, 1, { 18: 1, 1: 2, 2: 2 }),
      ...lengths.flatMap((each) => (typeof each === 'string' ? bits(each) : [each])),
      ...bits('011010'),
    ])
    assertRead(stream, Buffer.alloc(259))
  })

  it('is refused where it is cut off', () => {
    const stream = deflateRawSync('the list of the lists', { strategy: constants.Z_FIXED })
    for (let end = 0; end < stream.length; end++) assertRefused(stream.subarray(0, end))
  })

  for (const [what, fields] of [
    [
      'of a kind that there is not',
      [
        [1, 1],
        [3, 2],
      ],
    ],
    ['with more codes than there is room for', head(257, 1, { 0: 1, 1: 1, 2: 1 })],
    ['with a code of lengths that is not complete', head(257, 1, { 1: 2, 18: 2 })],
    ['without a code of lengths', head(257, 1, {})],
    ['with a length to repeat before the first', [...head(257, 1, { 16: 1, 1: 1 }), ...bits('1')]],
    ['with a length that stands for nothing', [[1, 1], [1, 2], ...bits('11000110'), [0, 5]]],
    [
      'with a distance that stands for nothing',
      [[1, 1], [1, 2], ...bits('00110000'), ...bits('0000001'), ...bits('11110')],
    ],
    ['with a distance before the start', [[1, 1], [1, 2], ...bits('0000001'), [0, 5]]],
    [
      'with a length of bytes that is not said twice',
      [
        [1, 1],
        [0, 2],
        [0, 5],
        [1, 16],
        [1, 16],
      ],
    ],
  ] as const satisfies readonly (readonly [string, readonly Field[]])[]) {
    it(`is refused ${what}`, () => {
      assertRefused(written([...fields, [0, 24], [0, 24]]))
    })
  }
})

describe('a prefix code', () => {
  it('has its symbols in the order of their codes', () => {
    assert.deepEqual(prefixCode([2, 1, 0, 2])?.symbols, [1, 0, 3])
    assert.deepEqual(Object.entries(prefixCode([2, 1, 0, 2])?.counts ?? []), [
      ['1', 1],
      ['2', 2],
    ])
    assert.deepEqual(prefixCode([]), { counts: [], symbols: [] })
    assert.deepEqual(prefixCode([0, 0]), { counts: [], symbols: [] })
  })

  it('is complete, or a single bit where it may be', () => {
    assert.notEqual(prefixCode([1]), null)
    assert.notEqual(prefixCode([0, 1], true), null)
    assert.notEqual(prefixCode([1, 1], false), null)
    for (const lengths of [[1, 1, 1], [2], [2, 2, 2], [1, 2], [1, 2, 2, 2]]) {
      assert.equal(prefixCode(lengths), null, `${lengths}`)
    }
    assert.equal(prefixCode([1], false), null)
  })

  it('has codes of up to fifteen bits', () => {
    const code = prefixCode([...Array.from({ length: 15 }, (_, index) => index + 1), 15])
    assert.ok(code !== null)
    assert.equal(
      nextSymbol(code, () => 1),
      15,
    )
    assert.equal(
      nextSymbol(code, () => 0),
      0,
    )
    const rest = [1, 1, 0]
    assert.equal(
      nextSymbol(code, () => rest.shift() ?? assert.fail('asked for too many')),
      2,
    )
    const single = prefixCode([1])
    assert.equal(single && nextSymbol(single, () => 1), undefined)
  })
})
