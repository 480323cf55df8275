import { byteCursor } from './byte-cursor.ts'
import { crc32c } from './crc32c.ts'

/** Sizes of tables, by their number. */
export type LiveTables = ReadonlyMap<number, number>

const BLOCK = 32_768
const HEADER = 7
const FULL = 1
const FIRST = 2
const LAST = 4

/**
 * The tables that make up a database, after its manifest. Others may lie beside them, and in any
 * state: those of a compaction that the end of the process cut short.
 *
 * @throws {RangeError} when it is damaged; an end that was cut off is none to LevelDB, nor here
 */
export function liveTables(manifest: Uint8Array): LiveTables {
  const live = new Map<number, number>()
  for (const edit of records(manifest)) apply(edit, live)
  return live
}

/** @see https://github.com/google/leveldb/blob/main/doc/log_format.md */
function* records(log: Uint8Array): Generator<Uint8Array> {
  let parts: Uint8Array[] = []
  for (let start = 0; start < log.length; start += BLOCK) {
    const block = log.subarray(start, start + BLOCK)
    const isLast = start + BLOCK >= log.length
    for (let at = 0; at + HEADER <= block.length; ) {
      const view = new DataView(block.buffer, block.byteOffset + at, block.length - at)
      const length = view.getUint16(4, true)
      const type = view.getUint8(6)
      if (at + HEADER + length > block.length) {
        if (isLast) return
        throw new RangeError('a record is longer than its block')
      }
      // Space that was reserved and never written: LevelDB passes over it.
      if (type === 0 && length === 0) break
      const checked = block.subarray(at + HEADER - 1, at + HEADER + length)
      if (maskedCrc(checked) !== view.getUint32(0, true))
        throw new RangeError('a checksum is wrong')
      if (type === FULL || type === FIRST) parts = []
      parts.push(checked.subarray(1))
      if (type === FULL || type === LAST) yield Buffer.concat(parts)
      at += HEADER + length
    }
  }
}

/** The checksum as LevelDB stores it, so that a checksum of checksums is none. */
export function maskedCrc(bytes: Uint8Array): number {
  const crc = crc32c(bytes)
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0
}

/** The members of a version edit, by LevelDB's tags. */
function apply(edit: Uint8Array, live: Map<number, number>): void {
  const input = byteCursor(edit)
  const skipText = () => input.take(input.varint())
  while (input.left() > 0) {
    const tag = input.varint()
    if (tag === 1) skipText()
    else if (tag === 2 || tag === 3 || tag === 4 || tag === 9) input.varint()
    else if (tag === 5) {
      input.varint()
      skipText()
    } else if (tag === 6) {
      input.varint()
      live.delete(input.varint())
    } else if (tag === 7) {
      input.varint()
      const number = input.varint()
      live.set(number, input.varint())
      skipText()
      skipText()
    } else throw new RangeError(`a version edit has tag ${tag}`)
  }
}
