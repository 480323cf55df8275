import { crc32 } from 'node:zlib'
import { MINIMUM_STATUS_ENTRIES } from '@battery-passport/contexts'

/**
 * A status list as its `encodedList`, compressed by the simplest deflate there is: fixed codes, and
 * runs of one byte. What zlib writes differs between its editions and processors; this never does.
 */
export function plainBitstring(
  set: Iterable<number>,
  entries: number = MINIMUM_STATUS_ENTRIES,
): string {
  const bits = Buffer.alloc(Math.ceil(entries / 8))
  for (const index of set) {
    const byte = Math.floor(index / 8)
    bits.writeUInt8(bits.readUInt8(byte) | (0x80 >> (index % 8)), byte)
  }
  return `u${plainGzip(bits).toString('base64url')}`
}

/** One gzip member without optional fields (RFC 1952 §2.3). */
export function plainGzip(bytes: Uint8Array): Buffer {
  const header = Buffer.from('1f8b08000000000000ff', 'hex')
  const trailer = Buffer.alloc(8)
  trailer.writeUInt32LE(crc32(bytes), 0)
  trailer.writeUInt32LE(bytes.length, 4)
  return Buffer.concat([header, plainDeflate(bytes), trailer])
}

/** The lengths of a match whose code has no more bits after it (RFC 1951 §3.2.5), longest first. */
const MATCHES = [
  { length: 258, code: 0b11000101, bits: 8 },
  ...[10, 9, 8, 7, 6, 5, 4, 3].map((length) => ({ length, code: length - 2, bits: 7 })),
] as const

/** One block with fixed Huffman codes (RFC 1951 §3.2.6): literals, and runs of the byte before. */
function plainDeflate(bytes: Uint8Array): Buffer {
  const writer = bitWriter()
  writer.low(1, 1)
  writer.low(1, 2)
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0
    literal(writer, byte)
    at++
    for (const { length, code, bits } of MATCHES) {
      for (; isRun(bytes, at, byte, length); at += length) {
        writer.high(code, bits)
        writer.high(0, 5)
      }
    }
  }
  writer.high(0, 7)
  return writer.end()
}

type BitWriter = ReturnType<typeof bitWriter>

function literal(writer: BitWriter, byte: number): void {
  if (byte < 144) writer.high(0x30 + byte, 8)
  else writer.high(0x190 + byte - 144, 9)
}

function isRun(bytes: Uint8Array, from: number, byte: number, length: number): boolean {
  if (from + length > bytes.length) return false
  for (let at = from; at < from + length; at++) if (bytes[at] !== byte) return false
  return true
}

function bitWriter() {
  const bytes: number[] = []
  let filled = 0
  const bit = (value: number) => {
    if (filled % 8 === 0) bytes.push(0)
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) | (value << (filled % 8))
    filled++
  }
  return {
    /** Numbers stand with their lowest bit first. */
    low(value: number, length: number) {
      for (let at = 0; at < length; at++) bit((value >> at) & 1)
    },
    /** Codes stand with their highest bit first. */
    high(value: number, length: number) {
      for (let at = length - 1; at >= 0; at--) bit((value >> at) & 1)
    },
    end: () => Buffer.from(bytes),
  }
}
