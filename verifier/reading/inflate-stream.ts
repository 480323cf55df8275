import type { Inflated } from './gzip.ts'
import { nextSymbol, type PrefixCode, prefixCode } from './prefix-code.ts'

/** A DEFLATE stream that is damaged, cut off, or longer than it may be. */
export class DamagedStream extends Error {
  override readonly name = 'DamagedStream'
}

const BLOCK_END = 256

/** The order in which the lengths of the code of lengths come (RFC 1951 §3.2.7). */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

/** Further bits of the symbols from 257 on, each with its least length (RFC 1951 §3.2.5). */
const LENGTHS = [
  ...ranges(
    3,
    [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5],
  ),
  { least: 258, bits: 0 },
]

/** The same of the distances. */
const DISTANCES = ranges(
  1,
  Array.from({ length: 30 }, (_, symbol) => Math.max(0, (symbol >> 1) - 1)),
)

interface Range {
  readonly least: number
  readonly bits: number
}

interface Codes {
  readonly literals: PrefixCode
  readonly distances: PrefixCode
}

const FIXED: Codes = {
  literals: codeOf(
    Array.from({ length: 288 }, (_, symbol) =>
      symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
    ),
  ),
  distances: codeOf(Array.from({ length: 32 }, () => 5)),
}

/** One DEFLATE stream (RFC 1951) while it is inflated; what zlib refuses, it refuses. */
export class InflateStream {
  private readonly compressed: Uint8Array
  private readonly ceiling: number
  /** In bits. */
  private at = 0
  private output = new Uint8Array(32 * 1024)
  private length = 0
  private readonly bit = () => this.bits(1)

  constructor(compressed: Uint8Array, ceiling: number) {
    this.compressed = compressed
    this.ceiling = ceiling
  }

  /** @throws {DamagedStream} */
  read(): Inflated {
    for (let isLast = false; !isLast; ) {
      isLast = this.bits(1) === 1
      const kind = this.bits(2)
      if (kind === 3) throw new DamagedStream()
      if (kind === 0) this.stored()
      else this.coded(kind === 1 ? FIXED : this.codes())
    }
    return { bytes: this.output.slice(0, this.length), consumed: Math.ceil(this.at / 8) }
  }

  private bits(count: number): number {
    let value = 0
    for (let index = 0; index < count; index += 1, this.at += 1) {
      const byte = this.compressed[this.at >> 3]
      if (byte === undefined) throw new DamagedStream()
      value |= ((byte >> (this.at & 7)) & 1) << index
    }
    return value
  }

  /** Bytes as they are (RFC 1951 §3.2.4). */
  private stored(): void {
    this.at = Math.ceil(this.at / 8) * 8
    const length = this.bits(16)
    if (this.bits(16) !== (length ^ 0xffff)) throw new DamagedStream()
    for (let index = 0; index < length; index += 1) this.put(this.bits(8))
  }

  private coded({ literals, distances }: Codes): void {
    for (;;) {
      const symbol = this.symbol(literals)
      if (symbol === BLOCK_END) return
      if (symbol < BLOCK_END) this.put(symbol)
      else
        this.repeat(
          this.within(LENGTHS, symbol - 257),
          this.within(DISTANCES, this.symbol(distances)),
        )
    }
  }

  private symbol(code: PrefixCode): number {
    const symbol = nextSymbol(code, this.bit)
    if (symbol === undefined) throw new DamagedStream()
    return symbol
  }

  private within(table: readonly Range[], symbol: number): number {
    const range = table[symbol]
    if (range === undefined) throw new DamagedStream()
    return range.least + this.bits(range.bits)
  }

  private repeat(length: number, distance: number): void {
    if (distance > this.length) throw new DamagedStream()
    const start = this.length - distance
    for (let left = length; left > 0; ) {
      // What is repeated may be longer than what there is: it grows while it is copied.
      const piece = this.output.subarray(start, Math.min(start + left, this.length))
      for (const byte of piece) this.put(byte)
      left -= piece.length
    }
  }

  private put(byte: number): void {
    if (this.length === this.ceiling) throw new DamagedStream()
    if (this.length === this.output.length) {
      const larger = new Uint8Array(this.length * 2)
      larger.set(this.output)
      this.output = larger
    }
    this.output[this.length] = byte
    this.length += 1
  }

  /** The codes that a block brings with it (RFC 1951 §3.2.7). */
  private codes(): Codes {
    const literals = this.bits(5) + 257
    const distances = this.bits(5) + 1
    const orders = this.bits(4) + 4
    if (literals > 286 || distances > 30) throw new DamagedStream()
    const own: number[] = Array.from(ORDER, () => 0)
    for (const symbol of ORDER.slice(0, orders)) own[symbol] = this.bits(3)
    const lengths = this.lengths(codeOf(own, false), literals + distances)
    if (lengths[BLOCK_END] === 0) throw new DamagedStream()
    return {
      literals: codeOf(lengths.slice(0, literals)),
      distances: codeOf(lengths.slice(literals)),
    }
  }

  private lengths(code: PrefixCode, count: number): readonly number[] {
    const lengths: number[] = []
    while (lengths.length < count) {
      const symbol = this.symbol(code)
      if (symbol < 16) {
        lengths.push(symbol)
        continue
      }
      const last = symbol === 16 ? lengths.at(-1) : 0
      if (last === undefined) throw new DamagedStream()
      const times =
        symbol === 16 ? 3 + this.bits(2) : symbol === 17 ? 3 + this.bits(3) : 11 + this.bits(7)
      if (lengths.length + times > count) throw new DamagedStream()
      for (let index = 0; index < times; index += 1) lengths.push(last)
    }
    return lengths
  }
}

function ranges(start: number, bits: readonly number[]): readonly Range[] {
  let least = start
  return bits.map((count) => {
    const range = { least, bits: count }
    least += 2 ** count
    return range
  })
}

function codeOf(lengths: readonly number[], mayBeSingle = true): PrefixCode {
  const code = prefixCode(lengths, mayBeSingle)
  if (code === null) throw new DamagedStream()
  return code
}
