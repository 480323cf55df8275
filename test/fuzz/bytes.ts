import type { Choices } from './choices.ts'

/** One change of the bytes, whatever they say. */
export function damageBytes(
  bytes: Uint8Array,
  choices: Choices,
  donors: readonly Uint8Array[],
): Uint8Array {
  const what = choices.of(KINDS)
  const at = choices.below(bytes.length + 1)
  const length = 1 + choices.below(choices.below(4) === 0 ? 2000 : 8)
  const before = bytes.subarray(0, at)
  const after = bytes.subarray(Math.min(at + length, bytes.length))
  const put = (middle: Uint8Array, rest = bytes.subarray(at)) => joined(before, middle, rest)
  switch (what) {
    case 'flip': {
      const flipped = Uint8Array.from(bytes)
      flipped[at] = (flipped[at] ?? 0) ^ (1 << choices.below(8))
      return flipped
    }
    case 'set':
      return put(Uint8Array.of(choices.below(256)), bytes.subarray(at + 1))
    case 'cut':
      return put(new Uint8Array(), after)
    case 'insert':
      return put(Uint8Array.from({ length }, () => choices.below(256)))
    case 'repeat':
      return put(bytes.subarray(at, at + length))
    case 'move': {
      const target = choices.below(bytes.length - length)
      const rest = joined(before, after)
      const moved = bytes.subarray(at, at + length)
      return joined(rest.subarray(0, target), moved, rest.subarray(target))
    }
    case 'splice': {
      const donor = choices.one(donors) ?? bytes
      const from = choices.below(3) === 0 ? choices.below(donor.length) : at
      return put(donor.subarray(from, from + length), after)
    }
    case 'utf-8':
      return put(Uint8Array.from(choices.of(BAD_UTF8)))
    case 'frame':
      return choices.of(FRAMES)(bytes)
  }
}

const KINDS = [
  'flip',
  'set',
  'cut',
  'insert',
  'repeat',
  'move',
  'splice',
  'utf-8',
  'frame',
] as const

/** Overlong forms, surrogates, cut sequences, bytes that never stand in UTF-8, and noncharacters. */
const BAD_UTF8: readonly [readonly number[], ...(readonly number[])[]] = [
  [0x80],
  [0xc0, 0x80],
  [0xc1, 0xa2],
  [0xe0, 0x80, 0xa2],
  [0xed, 0xa0, 0x80],
  [0xf0, 0x82, 0x82, 0xac],
  [0xf4, 0x90, 0x80, 0x80],
  [0xff],
  [0xe2, 0x82],
  [0xef, 0xbf, 0xbe],
  [0xc2, 0xad],
  [0xe2, 0x80, 0xae],
]

const text = (characters: string) => Uint8Array.from(Buffer.from(characters))

/** What stands around a document, and other encodings of the whole of it. */
const FRAMES: readonly [
  (bytes: Uint8Array) => Uint8Array,
  ...((bytes: Uint8Array) => Uint8Array)[],
] = [
  (bytes) => joined(Uint8Array.of(0xef, 0xbb, 0xbf), bytes),
  (bytes) => joined(bytes, Uint8Array.of(0)),
  (bytes) => joined(bytes, text('\n')),
  (bytes) => joined(text(' \t\r\n'), bytes),
  (bytes) => joined(bytes, bytes),
  (bytes) => joined(bytes, text('{}')),
  (bytes) => joined(bytes, text(',')),
  (bytes) => joined(text('['), bytes, text(']')),
  (bytes) => joined(text('\u00a0'), bytes),
  (bytes) => joined(bytes, text('\u2028')),
  (bytes) => joined(bytes, Uint8Array.of(0xa0)),
  (bytes) => joined(text(")]}',\n"), bytes),
  (bytes) => joined(text('/* */'), bytes),
  (bytes) => Uint8Array.from(Buffer.from(Buffer.from(bytes).toString(), 'utf16le')),
  (bytes) => bytes.subarray(0, bytes.length - 1),
  () => new Uint8Array(),
]

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts))
}
