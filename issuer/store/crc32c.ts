/** The reversed polynomial of Castagnoli. */
const POLYNOMIAL = 0x82f63b78
/** Four bytes are taken at a time: one row of the table for each of them. */
const ROW = 256
const TABLE = makeTable()

/** CRC-32C of bytes: RFC 3720, appendix B.4. Node has CRC-32 only, of another polynomial. */
export function crc32c(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const whole = bytes.length - (bytes.length % 4)
  let crc = 0xffffffff
  for (let at = 0; at < whole; at += 4) {
    crc ^= view.getUint32(at, true)
    crc =
      (TABLE[3 * ROW + (crc & 0xff)] ?? 0) ^
      (TABLE[2 * ROW + ((crc >>> 8) & 0xff)] ?? 0) ^
      (TABLE[ROW + ((crc >>> 16) & 0xff)] ?? 0) ^
      (TABLE[crc >>> 24] ?? 0)
  }
  for (let at = whole; at < bytes.length; at++) {
    crc = (crc >>> 8) ^ (TABLE[(crc ^ view.getUint8(at)) & 0xff] ?? 0)
  }
  return ~crc >>> 0
}

function makeTable(): Int32Array {
  const table = new Int32Array(4 * ROW)
  for (let byte = 0; byte < ROW; byte++) {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0)
    table[byte] = crc
  }
  for (let at = ROW; at < table.length; at++) {
    const before = table[at - ROW] ?? 0
    table[at] = (before >>> 8) ^ (table[before & 0xff] ?? 0)
  }
  return table
}
