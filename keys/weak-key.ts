import { ed25519 } from '@noble/curves/ed25519.js'

/** Why 32 bytes are no Ed25519 public key that a signature may be trusted under. */
export interface WeakKey {
  readonly weakness: 'not-a-point' | 'not-canonical' | 'small-order'
  readonly detail: string
}

/**
 * The weakness of an Ed25519 public key, or null when it has none.
 *
 * Under a point of small order one constant signature is valid for many messages (for the identity:
 * for every message), and no private key is needed. Node's own verification accepts such keys, so
 * the key is judged here, once, before any signature is.
 *
 * A point has one canonical encoding (RFC 8032 §5.1.3); a second one would let a key escape a list
 * of distrusted keys.
 *
 * @param raw the 32 bytes of the public key
 * @see https://eprint.iacr.org/2020/1244
 */
export function weaknessOf(raw: Uint8Array): WeakKey | null {
  const point = decode(raw, false)
  if (point === null) {
    // The lenient decoding of ZIP 215 tells a second name of a real point from no point at all.
    return decode(raw, true) === null
      ? { weakness: 'not-a-point', detail: 'the 32 bytes are not a point of the curve' }
      : { weakness: 'not-canonical', detail: 'the point is not in its canonical encoding' }
  }
  return point.isSmallOrder()
    ? { weakness: 'small-order', detail: 'the point has small order: 8 · A is the identity' }
    : null
}

function decode(raw: Uint8Array, zip215: boolean) {
  try {
    return ed25519.Point.fromBytes(raw, zip215)
  } catch {
    return null
  }
}
