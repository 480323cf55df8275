/** How deep the structures of a timestamp or certificate are nested, with room to spare. */
const MAX_DEPTH = 24
/** The most elements: each costs the reader behind this a few objects. */
const MAX_ELEMENTS = 4096

/**
 * Whether bytes are one element of DER, the form of ASN.1 in which everything is written in one way
 * alone (X.690 §10): lengths definite and as short as can be, no tag of more than a byte, nothing
 * behind the end. Libraries read BER, in which one content has many forms, some of them endless.
 */
export function isDer(bytes: Uint8Array): boolean {
  const reader = { bytes, elements: 0 }
  return endOf(reader, 0, bytes.length, 0) === bytes.length
}

/** The elements inside an element of DER, each with its tag and length; none where it is no DER. */
export function elementsOf(element: Uint8Array): readonly Uint8Array[] {
  const reader = { bytes: element, elements: 0 }
  const length = lengthAt(element, 1)
  const found: Uint8Array[] = []
  if (length === null) return found
  let at = length.content
  while (at < element.length) {
    const next = endOf(reader, at, element.length, 0)
    if (next === -1) return []
    found.push(element.subarray(at, next))
    at = next
  }
  return found
}

interface Reader {
  readonly bytes: Uint8Array
  elements: number
}

/** Where the element that begins at a place ends, or -1 if it is no DER. */
function endOf(reader: Reader, at: number, limit: number, depth: number): number {
  const { bytes } = reader
  const tag = bytes[at]
  reader.elements += 1
  if (tag === undefined || (tag & 0x1f) === 0x1f) return -1
  if (depth > MAX_DEPTH || reader.elements > MAX_ELEMENTS) return -1
  const length = lengthAt(bytes, at + 1)
  if (length === null) return -1
  const end = length.content + length.value
  if (end > limit) return -1
  const isConstructed = (tag & 0x20) !== 0
  // A string in pieces is BER; a sequence or set is never in one piece.
  const isCollection = (tag & 0x1f) === 0x10 || (tag & 0x1f) === 0x11
  if (tag < 0x40 && isConstructed !== isCollection) return -1
  if (tag === 0x01 && !isBoolean(bytes.subarray(length.content, end))) return -1
  if (!isConstructed) return end
  let next = length.content
  while (next < end) {
    next = endOf(reader, next, end, depth + 1)
    if (next === -1) return -1
  }
  return end
}

function isBoolean(content: Uint8Array): boolean {
  return content.length === 1 && (content[0] === 0 || content[0] === 0xff)
}

function lengthAt(
  bytes: Uint8Array,
  at: number,
): { readonly value: number; readonly content: number } | null {
  const first = bytes[at]
  if (first === undefined) return null
  if (first < 0x80) return { value: first, content: at + 1 }
  const count = first & 0x7f
  if (count < 1 || count > 3) return null
  let value = 0
  for (let index = 1; index <= count; index += 1) {
    const byte = bytes[at + index]
    if (byte === undefined || (index === 1 && byte === 0)) return null
    value = value * 256 + byte
  }
  return value < 0x80 ? null : { value, content: at + 1 + count }
}
