/** How deep the structures of a timestamp or certificate are nested, with room to spare. */
const MAX_DEPTH = 24
/** The most elements: each costs whoever reads them an object. */
const MAX_ELEMENTS = 4096

/** An element of DER: its tag, what it holds, and the bytes of both. */
export interface Element {
  readonly tag: number
  readonly content: Uint8Array
  readonly bytes: Uint8Array
}

/** Tags of ASN.1 (X.680 §8.6), those of constructed elements with their bit. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

/** What stands under a number of its own in its structure: `[0]`, constructed. */
export function tagged(number: number): number {
  return 0xa0 + number
}

/**
 * The one element that bytes are in DER, the form of ASN.1 in which everything is written in one way
 * alone (X.690 §10), or null: lengths definite and as short as can be, no tag of more than a byte,
 * nothing behind the end. Libraries read BER, in which one content has many forms, some of them
 * endless.
 */
export function readDer(bytes: Uint8Array): Element | null {
  const reader = { bytes, elements: 0 }
  return endOf(reader, 0, bytes.length, 0) === bytes.length ? elementAt(bytes, 0) : null
}

/** The elements inside a constructed one that was read as DER; none inside another. */
export function childrenOf({ tag, content }: Element): readonly Element[] {
  const found: Element[] = []
  if ((tag & 0x20) === 0) return found
  for (let at = 0; at < content.length; ) {
    const child = elementAt(content, at)
    if (child === null) return []
    found.push(child)
    at += child.bytes.length
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
  if (tag === TAG.boolean && !isBoolean(bytes.subarray(length.content, end))) return -1
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

function elementAt(bytes: Uint8Array, at: number): Element | null {
  const tag = bytes[at]
  const length = lengthAt(bytes, at + 1)
  if (tag === undefined || length === null) return null
  const end = length.content + length.value
  return { tag, content: bytes.subarray(length.content, end), bytes: bytes.subarray(at, end) }
}

function lengthAt(
  bytes: Uint8Array,
  at: number,
): { readonly value: number; readonly content: number } | null {
  const first = bytes[at]
  if (first === undefined) return null
  if (first < 0x80) return { value: first, content: at + 1 }
  // Without any byte, as BER has it for what is endless, it is a length that could be shorter.
  const count = first & 0x7f
  if (count > 3) return null
  let value = 0
  for (let index = 1; index <= count; index += 1) {
    const byte = bytes[at + index]
    if (byte === undefined || (index === 1 && byte === 0)) return null
    value = value * 256 + byte
  }
  return value < 0x80 ? null : { value, content: at + 1 + count }
}
