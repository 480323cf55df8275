import { gzipSync } from 'node:zlib'
import { MINIMUM_STATUS_ENTRIES } from '@battery-passport/contexts'

/**
 * Encodes the set entries of a status list as its `encodedList`: one bit an entry, index 0 the
 * left-most bit of the first byte, gzip, base64url without padding, multibase prefix `u`.
 *
 * @param entries how many the list has: a multiple of 8, at least 131,072
 * @throws {TypeError} for an index that the list does not have, or too short a list: a bit written
 *   beside the list would be a withdrawal that nobody sees
 * @see https://www.w3.org/TR/vc-bitstring-status-list/#bitstring-generation-algorithm
 */
export function encodeBitstring(
  set: Iterable<number>,
  entries: number = MINIMUM_STATUS_ENTRIES,
): string {
  if (!Number.isSafeInteger(entries) || entries < MINIMUM_STATUS_ENTRIES || entries % 8 !== 0) {
    throw new TypeError(
      `encodeBitstring: expected a multiple of 8 of at least ${MINIMUM_STATUS_ENTRIES} entries, found ${entries}`,
    )
  }
  const bits = Buffer.alloc(entries / 8)
  for (const index of set) {
    if (!Number.isSafeInteger(index) || index < 0 || index >= entries) {
      throw new TypeError(`encodeBitstring: expected an index below ${entries}, found ${index}`)
    }
    const byte = Math.floor(index / 8)
    bits.writeUInt8(bits.readUInt8(byte) | (0x80 >> (index % 8)), byte)
  }
  return `u${gzipSync(bits, { level: 9 }).toString('base64url')}`
}
