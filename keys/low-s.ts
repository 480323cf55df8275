import { p256 } from '@noble/curves/nist.js'

const ORDER = p256.Point.Fn.ORDER

/**
 * The lower of the two forms of a P-256 signature. For `(r, s)`, `(r, n − s)` is valid too, so that
 * anyone could write a second form of what we signed; ours is always this one.
 *
 * @param signature `r ‖ s`, 64 bytes (IEEE P1363)
 */
export function lowS(signature: Uint8Array): Uint8Array {
  const form = Uint8Array.from(signature)
  const s = BigInt(`0x${Buffer.from(form.subarray(32)).toString('hex')}`)
  if (s <= ORDER / 2n) return form
  form.set(Buffer.from((ORDER - s).toString(16).padStart(64, '0'), 'hex'), 32)
  return form
}
