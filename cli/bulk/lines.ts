const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

/**
 * The lines of a text, without their ends, as its bytes come; what follows the last end is a line if
 * there is anything. Of a line with more than `most` bytes the first ones alone, one too many.
 */
export async function* linesOf(
  source: AsyncIterable<Uint8Array>,
  most: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let parts: Uint8Array[] = []
  let length = 0
  const take = (part: Uint8Array) => {
    const kept = part.subarray(0, most + 1 - length)
    if (kept.length > 0) parts.push(kept)
    length += kept.length
  }
  for await (const chunk of source) {
    let start = 0
    for (;;) {
      const end = chunk.indexOf(LINE_FEED, start)
      if (end === -1) break
      take(chunk.subarray(start, end))
      yield withoutReturn(joined(parts, length))
      parts = []
      length = 0
      start = end + 1
    }
    take(chunk.subarray(start))
  }
  if (length > 0) yield withoutReturn(joined(parts, length))
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = parts
  if (parts.length === 1 && only !== undefined) return only
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function withoutReturn(line: Uint8Array): Uint8Array {
  return line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line
}
