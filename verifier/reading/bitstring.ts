import { fromBase64url, MINIMUM_STATUS_ENTRIES } from '@battery-passport/contexts'
import { crc32, inflate } from '#gzip'

/** What a list may decode to at most: bits of 8,388,608 credentials. */
export const MAXIMUM_BYTES = 1024 * 1024

const GZIP_HEADER_BYTES = 10
const GZIP_TRAILER_BYTES = 8

/** The bits of a list, or why they cannot be read. */
export type BitstringResult =
  | { readonly ok: true; readonly bits: Uint8Array }
  | { readonly ok: false; readonly detail: string }

/**
 * Decodes an `encodedList` (Bitstring Status List 1.0 §3.3): multibase `u`, base64url, one gzip
 * member. Inflating stops at a ceiling: 63 kB of gzip can hold 64 MB. Whatever follows the member is
 * refused, a second one above all: decoders disagree about it and would read different bits.
 */
export function decodeBitstring(encodedList: string): BitstringResult {
  const bytes = encodedList.startsWith('u') ? fromBase64url(encodedList.slice(1)) : null
  if (bytes === null) {
    return { ok: false, detail: 'it is not canonical base64url with the multibase prefix "u"' }
  }
  const end = bytes.length - GZIP_TRAILER_BYTES
  if (end <= GZIP_HEADER_BYTES || !isPlainGzip(bytes)) {
    return { ok: false, detail: 'it is not plain gzip' }
  }
  const inflated = inflate(bytes.subarray(GZIP_HEADER_BYTES), MAXIMUM_BYTES)
  if (inflated === null) {
    return { ok: false, detail: `it does not inflate to at most ${MAXIMUM_BYTES} bytes` }
  }
  const { bytes: bits, consumed } = inflated
  if (GZIP_HEADER_BYTES + consumed < end) {
    return { ok: false, detail: 'something follows its one gzip member' }
  }
  if (GZIP_HEADER_BYTES + consumed > end || !isTrailer(bytes.subarray(end), bits)) {
    return { ok: false, detail: 'its gzip checksum does not hold' }
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

/** RFC 1952 §2.3.1: CRC32, then ISIZE, least significant byte first. */
function isTrailer(trailer: Uint8Array, bits: Uint8Array): boolean {
  const view = new DataView(trailer.buffer, trailer.byteOffset, trailer.byteLength)
  return view.getUint32(0, true) === crc32(bits) && view.getUint32(4, true) === bits.length
}
