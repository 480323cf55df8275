/** The longest code in bits (RFC 1951 §3.2.7). */
const LONGEST = 15

/** A canonical prefix code (RFC 1951 §3.2.2). */
export interface PrefixCode {
  /** How many codes have each length. */
  readonly counts: readonly number[]
  /** The symbols in the order of their codes. */
  readonly symbols: readonly number[]
}

/**
 * The code of lengths in bits, 0 for a symbol without one; or null: more codes than there is room
 * for, or fewer. As with zlib, a code that is a single bit alone may leave the other unused.
 *
 * @param mayBeSingle false for the code of the lengths themselves
 */
export function prefixCode(lengths: readonly number[], mayBeSingle = true): PrefixCode | null {
  const counts: number[] = []
  const coded = [...lengths.entries()].filter(([, length]) => length > 0)
  for (const [, length] of coded) counts[length] = (counts[length] ?? 0) + 1
  let room = 1
  for (let length = 1; length <= LONGEST; length += 1) {
    room = room * 2 - (counts[length] ?? 0)
    if (room < 0) return null
  }
  const isSingle = mayBeSingle && counts.length === 2
  if (room > 0 && coded.length > 0 && !isSingle) return null
  const inOrder = coded.sort(([, one], [, other]) => one - other)
  return { counts, symbols: inOrder.map(([symbol]) => symbol) }
}

/** The symbol whose code the next bits are, or undefined where they are none. */
export function nextSymbol(
  { counts, symbols }: PrefixCode,
  nextBit: () => number,
): number | undefined {
  let code = 0
  let first = 0
  let index = 0
  for (let length = 1; length <= LONGEST; length += 1) {
    code = (code << 1) | nextBit()
    first <<= 1
    const count = counts[length] ?? 0
    if (code - first < count) return symbols[index + code - first]
    index += count
    first += count
  }
  return undefined
}
