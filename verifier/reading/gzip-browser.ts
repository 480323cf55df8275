import type { Inflated } from './gzip.ts'
import { InflateStream } from './inflate-stream.ts'

const CRC_TABLE = new DataView(new ArrayBuffer(1024))
for (let byte = 0; byte < 256; byte += 1) {
  let rest = byte
  for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0)
  CRC_TABLE.setUint32(byte * 4, rest)
}

/**
 * Inflates the one DEFLATE stream at the start of the bytes, with the answers of `gzip.ts`. The
 * `DecompressionStream` of a browser knows no ceiling, has to be waited for, and does not say where
 * the stream ended.
 */
export function inflate(compressed: Uint8Array, ceiling: number): Inflated | null {
  try {
    return new InflateStream(compressed, ceiling).read()
  } catch {
    return null
  }
}

/** The checksum of a gzip member (RFC 1952 §8). */
export function crc32(bytes: Uint8Array): number {
  let rest = 0xffffffff
  for (const byte of bytes) rest = (rest >>> 8) ^ CRC_TABLE.getUint32(((rest ^ byte) & 0xff) * 4)
  return (rest ^ 0xffffffff) >>> 0
}
