import { byteCursor } from './byte-cursor.ts'

/**
 * The bytes in a Snappy block.
 *
 * @throws {RangeError} when it is none
 * @see https://github.com/google/snappy/blob/main/format_description.txt
 */
export function unsnap(block: Uint8Array): Uint8Array {
  const input = byteCursor(block)
  const length = input.varint()
  // One copy of three bytes makes at most 64.
  if (length > block.length * 64) throw new RangeError('it names a length it cannot have')
  const output = new Uint8Array(length)
  let end = 0
  while (input.left() > 0) {
    const tag = input.byte()
    const kind = tag & 3
    if (kind === 0) {
      const code = tag >>> 2
      const size = 1 + (code < 60 ? code : littleEndian(input.take(code - 59)))
      output.set(input.take(size), end)
      end += size
      continue
    }
    const short = kind === 1
    const size = short ? 4 + ((tag >>> 2) & 7) : 1 + (tag >>> 2)
    const offset = short
      ? ((tag >>> 5) << 8) | input.byte()
      : littleEndian(input.take(kind === 2 ? 2 : 4))
    if (offset === 0 || offset > end || end + size > length) {
      throw new RangeError('it copies from outside of itself')
    }
    // Byte by byte: what is copied may overlap what it makes.
    for (const stop = end + size; end < stop; end++) output[end] = output[end - offset] ?? 0
  }
  if (end !== length) throw new RangeError('it is shorter than it says')
  return output
}

function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0)
}
