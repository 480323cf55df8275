/** The longest code in bits (RFC 1951 §3.2.7). */
const LONGEST = 15

/** A canonical prefix code (RFC 1951 §3.2.2). */
export interface PrefixCode {
  /** How many codes have each length. */
  readonly counts: Uint16Array
  /** The symbols in the order of their codes. */
  readonly symbols: Uint16Array
}

/**
 * The code of lengths in bits, 0 for a symbol without one; or null: more codes than there is room
 * for, or fewer. As with zlib, a code that is a single bit alone may leave the other unused.
 *
 * @param mayBeSingle false for the code of the lengths themselves
 */
export function prefixCode(lengths: readonly number[], mayBeSingle = true): PrefixCode | null {
  const counts = new Uint16Array(LONGEST + 1)
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1
  counts[0] = 0
  const longest = counts.findLastIndex((count) => count > 0)
  const offsets = new Uint16Array(LONGEST + 2)
  let room = 1
  for (const [length, count] of counts.entries()) {
    if (length > 0) room = room * 2 - count
    if (room < 0) return null
    offsets[length + 1] = (offsets[length] ?? 0) + count
  }
  if (room > 0 && longest > 0 && !(mayBeSingle && longest === 1)) return null
  const symbols = new Uint16Array(lengths.length)
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue
    const at = offsets[length] ?? 0
    symbols[at] = symbol
    offsets[length] = at + 1
  }
  return { counts, symbols }
}

/** The symbol whose code the next bits are, or null where they are none. */
export function nextSymbol({ counts, symbols }: PrefixCode, nextBit: () => number): number | null {
  let code = 0
  let first = 0
  let index = 0
  for (let length = 1; length <= LONGEST; length += 1) {
    code = (code << 1) | nextBit()
    first <<= 1
    const count = counts[length] ?? 0
    if (code - first < count) return symbols[index + code - first] ?? null
    index += count
    first += count
  }
  return null
}
