/** Reads bytes from front to back; every method throws a RangeError at their end. */
export interface ByteCursor {
  /** How many are left. */
  left(): number
  byte(): number
  /** An unsigned number, seven bits a byte, the lowest first. */
  varint(): number
  take(length: number): Uint8Array
}

/** Begins at the first of the bytes. */
export function byteCursor(bytes: Uint8Array): ByteCursor {
  let at = 0
  const byte = () => {
    const value = bytes[at]
    if (value === undefined) throw new RangeError('it ends too early')
    at++
    return value
  }
  return {
    left: () => bytes.length - at,
    byte,
    varint() {
      let value = 0
      for (let scale = 1; scale <= Number.MAX_SAFE_INTEGER; scale *= 128) {
        const next = byte()
        value += (next & 0x7f) * scale
        if (next < 0x80) return value
      }
      throw new RangeError('a number is too large')
    },
    take(length) {
      if (length > bytes.length - at) throw new RangeError('it ends too early')
      at += length
      return bytes.subarray(at - length, at)
    },
  }
}
