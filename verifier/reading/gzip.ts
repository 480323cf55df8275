import { inflateRawSync, crc32 as zlibCrc32 } from 'node:zlib'

/** What inflating answers: the bytes, and how many of the compressed ones they took. */
export interface Inflated {
  readonly bytes: Uint8Array
  readonly consumed: number
}

/** What zlib answers if it is asked for `info`. */
interface InflatedWithEngine {
  readonly buffer: Uint8Array
  readonly engine: { readonly bytesWritten: number }
}

/** What is inflated at a time, in bytes: in pieces of 16 KiB a megabyte takes twice as long. */
const PIECE = 64 * 1024

/**
 * Inflates the one DEFLATE stream (RFC 1951) at the start of the bytes, or answers null: it is
 * damaged, cut off, or holds more bytes than the ceiling. Browsers have `gzip-browser.ts` in
 * the place of this file.
 */
export function inflate(compressed: Uint8Array, ceiling: number): Inflated | null {
  try {
    // With `info`, which its types do not know, the engine comes too: it knows how much it read.
    const { buffer, engine }: InflatedWithEngine = Object(
      inflateRawSync(compressed, { maxOutputLength: ceiling, info: true, chunkSize: PIECE }),
    )
    return { bytes: buffer, consumed: engine.bytesWritten }
  } catch {
    return null
  }
}

/** The checksum of a gzip member (RFC 1952 §8). */
export function crc32(bytes: Uint8Array): number {
  return zlibCrc32(bytes)
}
