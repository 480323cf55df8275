import { inflateRawSync, crc32 as zlibCrc32 } from 'node:zlib'

/** What inflating answers: the bytes, and how many of the compressed ones they took. */
export interface Inflated {
  readonly bytes: Uint8Array
  readonly consumed: number
}

/**
 * Inflates the one DEFLATE stream (RFC 1951) at the start of the bytes, or answers null: it is
 * damaged, cut off, or holds more bytes than the ceiling. Browsers have `gzip-browser.ts` in
 * the place of this file.
 */
export function inflate(compressed: Uint8Array, ceiling: number): Inflated | null {
  try {
    const inflated: unknown = inflateRawSync(compressed, { maxOutputLength: ceiling, info: true })
    return inflatedOf(inflated)
  } catch {
    return null
  }
}

/** The checksum of a gzip member (RFC 1952 §8). */
export function crc32(bytes: Uint8Array): number {
  return zlibCrc32(bytes)
}

/** With `info`, the engine comes beside the bytes and knows how much it read. */
function inflatedOf(inflated: unknown): Inflated | null {
  if (typeof inflated !== 'object' || inflated === null) return null
  const { buffer, engine }: { readonly buffer?: unknown; readonly engine?: unknown } = inflated
  if (!(buffer instanceof Uint8Array) || typeof engine !== 'object' || engine === null) return null
  const { bytesWritten }: { readonly bytesWritten?: unknown } = engine
  return typeof bytesWritten === 'number' ? { bytes: buffer, consumed: bytesWritten } : null
}
