import { base58btc } from 'multiformats/bases/base58'

/** The signature algorithms of the profile, named by their curve. */
export type KeyType = 'Ed25519' | 'P-256'

/** Why no public key could be read. */
export type KeyFault =
  /** The text or the bytes hold no key: not base58btc, wrong length, not a point. */
  | 'KEY_INVALID'
  /** A key of a type the profile does not know. */
  | 'KEY_UNSUPPORTED'
  /** A key of the profile in another than its one canonical encoding. */
  | 'KEY_NOT_CANONICAL'
  /** An Ed25519 point of small order or in a non-canonical encoding. */
  | 'KEY_WEAK'

/** A refused key. */
export interface KeyRefusal {
  readonly ok: false
  readonly code: KeyFault
  readonly detail: string
}

/** The parts of a Multikey; whether the bytes are a point is not known yet. */
export interface MultikeyParts {
  readonly ok: true
  readonly type: KeyType
  readonly raw: Uint8Array
}

/**
 * The longest `publicKeyMultibase` that is decoded, in characters: base58 takes quadratic time.
 * Those of the profile have 48 (Ed25519) and 49 (P-256).
 */
export const MAX_MULTIKEY_LENGTH = 120

/** The multicodec header of each key type, a varint in its shortest form. */
const HEADERS = { Ed25519: [0xed, 0x01], 'P-256': [0x80, 0x24] } as const

/** The bytes of a key: an Ed25519 point, a compressed P-256 point (SEC 1 §2.3.3). */
const LENGTHS = { Ed25519: 32, 'P-256': 33 } as const

/**
 * Encodes a public key as a Multikey: multicodec header and key bytes in base58btc.
 *
 * @param raw 32 bytes of Ed25519 or 33 of a compressed P-256 point
 * @see https://www.w3.org/TR/cid-1.0/#Multikey
 */
export function encodeMultikey(type: KeyType, raw: Uint8Array): string {
  return base58btc.encode(Uint8Array.from([...HEADERS[type], ...raw]))
}

/**
 * Takes a Multikey apart, canonical or refused: it is encoded again and must be the same text, so
 * that one key has one name and cannot escape a list of distrusted ones under a second.
 *
 * @see https://www.w3.org/TR/cid-1.0/#Multikey
 */
export function splitMultikey(multibase: string): MultikeyParts | KeyRefusal {
  if (multibase.length > MAX_MULTIKEY_LENGTH) {
    const detail = `a Multikey of the profile has 48 or 49 characters, found ${multibase.length}`
    return { ok: false, code: 'KEY_UNSUPPORTED', detail }
  }
  const bytes = decodeBase58(multibase)
  if (bytes === null) {
    return { ok: false, code: 'KEY_INVALID', detail: 'a Multikey is multibase base58btc (z…)' }
  }
  const type = typeOf(bytes)
  if (type === null) {
    const detail = 'the multicodec header is neither ed25519-pub nor p256-pub'
    return { ok: false, code: 'KEY_UNSUPPORTED', detail }
  }
  const raw = bytes.slice(HEADERS[type].length)
  if (raw.length !== LENGTHS[type]) {
    const detail = `an ${type} key has ${LENGTHS[type]} bytes, found ${raw.length}`
    return { ok: false, code: 'KEY_INVALID', detail }
  }
  const canonical = encodeMultikey(type, raw)
  return canonical === multibase
    ? { ok: true, type, raw }
    : { ok: false, code: 'KEY_NOT_CANONICAL', detail: `the canonical form is ${canonical}` }
}

function typeOf(bytes: Uint8Array): KeyType | null {
  for (const type of ['Ed25519', 'P-256'] as const) {
    if (HEADERS[type].every((byte, index) => bytes[index] === byte)) return type
  }
  return null
}

function decodeBase58(text: string): Uint8Array | null {
  try {
    return base58btc.decode(text)
  } catch {
    return null
  }
}
