import type { Inflated } from './gzip.ts'
import { DamagedStream, InflateStream } from './inflate-stream.ts'

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0)
  return rest
})

/**
 * Inflates the one DEFLATE stream at the start of the bytes, with the answers of `gzip.ts`. The
 * `DecompressionStream` of a browser knows no ceiling, has to be waited for, and does not say where
 * the stream ended.
 */
export function inflate(compressed: Uint8Array, ceiling: number): Inflated | null {
  try {
    return new InflateStream(compressed, ceiling).read()
  } catch (error) {
    if (error instanceof DamagedStream) return null
    throw error
  }
}

/** The checksum of a gzip member (RFC 1952 §8). */
export function crc32(bytes: Uint8Array): number {
  let rest = 0xffffffff
  for (const byte of bytes) rest = (rest >>> 8) ^ (CRC_TABLE[(rest ^ byte) & 0xff] ?? 0)
  return (rest ^ 0xffffffff) >>> 0
}
