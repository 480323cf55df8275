const SAFE = BigInt(Number.MAX_SAFE_INTEGER)

/**
 * The greatest common divisor of two positive integers. Its last steps, which are most of them, run
 * on numbers below 2^53, where `%` is exact and many times faster.
 */
function greatestDivisor(a: bigint, b: bigint): bigint {
  let x = a
  let y = b
  while (y > SAFE) {
    const rest = x % y
    x = y
    y = rest
  }
  if (y === 0n) return x
  let small = Number(x % y)
  let last = Number(y)
  while (small !== 0) {
    const rest = last % small
    last = small
    small = rest
  }
  return BigInt(last)
}

/** The least common multiple of two positive integers. */
export function commonMultiple(a: bigint, b: bigint): bigint {
  if (a === b || a % b === 0n) return a
  return (a / greatestDivisor(a, b)) * b
}
