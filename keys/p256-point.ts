import { Field } from '@noble/curves/abstract/modular.js'
import { bytesToNumberBE } from '@noble/curves/utils.js'

/** P-256: y² = x³ − 3x + b over the integers modulo p (SEC 2, §2.4.2). */
const Fp = Field(0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn)
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn

/** The coordinates of a point, 32 bytes each. */
export interface P256Point {
  readonly x: Uint8Array
  readonly y: Uint8Array
}

/**
 * The point of P-256 whose compressed form the bytes are (SEC 1, §2.3.4), or null: it solves the
 * curve equation, so that a point off the curve never gets further, and takes `x` in its one form.
 * The order of the curve is prime: no point of it is weak.
 */
export function p256Point(raw: Uint8Array): P256Point | null {
  const [sign] = raw
  const x = bytesToNumberBE(raw.subarray(1))
  if (raw.length !== 33 || (sign !== 2 && sign !== 3) || !Fp.isValid(x)) return null
  const square = Fp.add(Fp.mul(x, Fp.sub(Fp.sqr(x), 3n)), B)
  const root = rootOf(square)
  if (root === null) return null
  const y = (root & 1n) === BigInt(sign & 1) ? root : Fp.neg(root)
  return { x: Fp.toBytes(x), y: Fp.toBytes(y) }
}

function rootOf(square: bigint): bigint | null {
  try {
    return Fp.sqrt(square)
  } catch {
    return null
  }
}
