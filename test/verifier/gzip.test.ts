import assert from 'node:assert/strict'
import { constants, deflateRawSync, gzipSync } from 'node:zlib'
import * as node from '../../verifier/reading/gzip.ts'
import * as browser from '../../verifier/reading/gzip-browser.ts'

const CEILING = 64 * 1024

/** A sequence that is the same in every run. */
function numbers(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % below
  }
}

function contents(): readonly Uint8Array[] {
  const next = numbers(7)
  const noise = Uint8Array.from({ length: 3000 }, () => next(256))
  const sparse = new Uint8Array(16_384)
  for (let bit = 0; bit < 40; bit += 1) sparse[next(16_384)] = 1 << next(8)
  const text = Buffer.from('the list, the list of the lists '.repeat(90))
  return [new Uint8Array(), Uint8Array.of(5), noise, sparse, text, new Uint8Array(CEILING)]
}

function streams(): readonly Uint8Array[] {
  const { Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE, Z_DEFAULT_STRATEGY } = constants
  return contents().flatMap((content) => [
    ...[0, 1, 6, 9].map((level) => deflateRawSync(content, { level })),
    ...[Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE, Z_DEFAULT_STRATEGY].map((strategy) =>
      deflateRawSync(content, { strategy, memLevel: 1 }),
    ),
  ])
}

function assertSame(bytes: Uint8Array, ceiling = CEILING): boolean {
  const [expected, found] = [node.inflate(bytes, ceiling), browser.inflate(bytes, ceiling)]
  assert.equal(found === null, expected === null, Buffer.from(bytes).toString('hex').slice(0, 400))
  if (expected === null || found === null) return false
  assert.equal(found.consumed, expected.consumed)
  assert.ok(Buffer.from(found.bytes).equals(expected.bytes))
  return true
}

/** Numbers with so many bits each, from the least significant bit of the first byte on. */
function written(fields: readonly (readonly [value: number, bits: number])[]): Uint8Array {
  const bits = fields.flatMap(([value, count]) =>
    Array.from({ length: count }, (_, index) => (value >> index) & 1),
  )
  const bytes = new Uint8Array(Math.ceil(bits.length / 8))
  for (const [at, bit] of bits.entries()) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (bit << (at & 7))
  return bytes
}

describe('inflating in a browser', function () {
  this.timeout(120_000)

  it('gives the same bytes, and says the same of how many it took', () => {
    for (const stream of streams()) {
      assert.equal(assertSame(stream), true)
      assert.equal(assertSame(Buffer.concat([stream, Buffer.from([0, 1, 2, 0x1f, 0x8b])])), true)
    }
  })

  it('refuses what was cut off, wherever', () => {
    for (const stream of streams()) {
      const step = Math.max(1, Math.floor(stream.length / 60))
      for (let end = 0; end < stream.length; end += step) {
        assert.equal(assertSame(stream.subarray(0, end)), false)
      }
    }
  })

  it('refuses one byte more than the ceiling, and no byte less', () => {
    for (const level of [0, 6]) {
      const stream = deflateRawSync(new Uint8Array(CEILING), { level })
      assert.equal(assertSame(stream, CEILING), true)
      assert.equal(assertSame(stream, CEILING - 1), false)
    }
  })

  it('answers damaged streams the same', () => {
    const next = numbers(11)
    const whole = streams()
    const counts = { read: 0, refused: 0 }
    for (let round = 0; round < 6000; round += 1) {
      const damaged = Uint8Array.from(whole[round % whole.length] ?? [])
      for (let flip = next(3); flip >= 0; flip -= 1) {
        // Most of what can be damaged stands at the start: the codes.
        const at = next(2) === 0 ? next(Math.min(80, damaged.length)) : next(damaged.length)
        damaged[at] = (damaged[at] ?? 0) ^ (1 << next(8))
      }
      counts[assertSame(damaged) ? 'read' : 'refused'] += 1
    }
    assert.ok(counts.read > 500 && counts.refused > 500, JSON.stringify(counts))
  })

  it('answers what is no stream at all the same', () => {
    const next = numbers(13)
    for (let round = 0; round < 6000; round += 1) {
      assertSame(Uint8Array.from({ length: next(60) }, () => next(256)))
    }
  })

  for (const [what, fields] of [
    [
      'a kind of block that there is not',
      [
        [1, 1],
        [3, 2],
      ],
    ],
    [
      'more literals than there are',
      [
        [1, 1],
        [2, 2],
        [30, 5],
        [0, 5],
        [0, 4],
      ],
    ],
    [
      'more distances than there are',
      [
        [1, 1],
        [2, 2],
        [0, 5],
        [30, 5],
        [0, 4],
      ],
    ],
    // Only symbol 16, to repeat: there is nothing before it. The rest would be enough.
    [
      'a length to repeat before the first',
      [
        [1, 1],
        [2, 2],
        [0, 5],
        [0, 5],
        [0, 4],
        [1, 3],
        [1, 3],
      ],
    ],
    // Symbols 17 and 18, of one bit each: 138 lengths of zero, twice, are more than 258.
    [
      'more lengths than symbols',
      [
        [1, 1],
        [2, 2],
        [0, 5],
        [0, 5],
        [0, 4],
        [0, 3],
        [1, 3],
        [1, 3],
        [0, 3],
        [1, 1],
        [127, 7],
        [1, 1],
        [127, 7],
      ],
    ],
    [
      'a length that stands for nothing',
      [
        [1, 1],
        [1, 2],
        [0b01100011, 8],
        [0, 5],
      ],
    ],
    [
      'a distance that stands for nothing',
      [
        [1, 1],
        [1, 2],
        [0b00001100, 8],
        [0b1000000, 7],
        [0b01111, 5],
      ],
    ],
    [
      'a distance before the start',
      [
        [1, 1],
        [1, 2],
        [0b1000000, 7],
        [0, 5],
      ],
    ],
  ] as const) {
    it(`refuses ${what}`, () => {
      const padding = [
        [0, 24],
        [0, 24],
      ] as const
      assert.equal(assertSame(written([...fields, ...padding])), false)
    })
  }

  it('has the same checksum', () => {
    for (const content of contents()) {
      assert.equal(browser.crc32(content), node.crc32(content))
      assert.equal(
        browser.crc32(content),
        gzipSync(content).readUInt32LE(gzipSync(content).length - 8),
      )
    }
  })
})
