import { gunzipSync, inflateRawSync } from 'node:zlib'
import { MINIMUM_STATUS_ENTRIES } from '@battery-passport/contexts'

/** What a list may decode to at most: bits of 8,388,608 credentials. */
const MAXIMUM_BYTES = 1024 * 1024

const GZIP_HEADER_BYTES = 10
const GZIP_TRAILER_BYTES = 8

/** The bits of a list, or why they cannot be read. */
export type BitstringResult =
  | { readonly ok: true; readonly bits: Uint8Array }
  | { readonly ok: false; readonly detail: string }

/**
 * Decodes an `encodedList` (Bitstring Status List 1.0 §3.3): multibase `u`, base64url, one gzip
 * member. Inflating stops at a ceiling: 63 kB of gzip can hold 64 MB. A second member is refused,
 * since decoders disagree about it and would read different bits.
 */
export function decodeBitstring(encodedList: string): BitstringResult {
  const text = encodedList.slice(1)
  const bytes = Buffer.from(text, 'base64url')
  if (!encodedList.startsWith('u') || bytes.toString('base64url') !== text) {
    return { ok: false, detail: 'it is not canonical base64url with the multibase prefix "u"' }
  }
  const plain = bytes.length > GZIP_HEADER_BYTES + GZIP_TRAILER_BYTES && isPlainGzip(bytes)
  if (!plain) return { ok: false, detail: 'it is not plain gzip' }
  let bits: Uint8Array
  try {
    bits = gunzipSync(bytes, { maxOutputLength: MAXIMUM_BYTES })
    const body = bytes.subarray(GZIP_HEADER_BYTES)
    const first = inflateRawSync(body, { maxOutputLength: MAXIMUM_BYTES })
    if (first.length !== bits.length || !endsWith(bytes, first.length)) {
      return { ok: false, detail: 'it has more than one gzip member' }
    }
  } catch {
    return { ok: false, detail: `it does not inflate to at most ${MAXIMUM_BYTES} bytes` }
  }
  return bits.length * 8 >= MINIMUM_STATUS_ENTRIES
    ? { ok: true, bits }
    : {
        ok: false,
        detail: `it has ${bits.length * 8} entries, fewer than the ${MINIMUM_STATUS_ENTRIES} that keep a holder unnamed`,
      }
}

/** The bit at an index; index 0 is the left-most bit of the first byte. */
export function bitAt(bits: Uint8Array, index: number): boolean | null {
  const byte = bits[Math.floor(index / 8)]
  return byte === undefined ? null : (byte & (0x80 >> (index % 8))) !== 0
}

/** How many bits are set. */
export function bitsSet(bits: Uint8Array): number {
  let count = 0
  for (const byte of bits) for (let rest = byte; rest > 0; rest &= rest - 1) count++
  return count
}

/** RFC 1952 §2.3: magic, deflate, no optional fields. */
function isPlainGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8 && bytes[3] === 0
}

/** ISIZE of the trailer is the length of the last member: of the only one if it is the first's. */
function endsWith(bytes: Buffer, length: number): boolean {
  return bytes.readUInt32LE(bytes.length - 4) === length
}
