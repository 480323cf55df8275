const BASIS_POINTS = /^[1-9][0-9]{0,4}$/
const PERCENTAGE = /^([0-9]{1,3})(?:\.([0-9]{1,2}))?\s?%$/

/**
 * A share in basis points, 1 to 10000: written so, or as a percentage with a percent sign and at
 * most two decimals, which is exact. Null for anything else: a share is never rounded or guessed.
 */
export function shareOf(text: string): number | null {
  const percentage = PERCENTAGE.exec(text)
  if (percentage === null && !BASIS_POINTS.test(text)) return null
  const share =
    percentage === null
      ? Number(text)
      : Number(percentage[1]) * 100 + Number((percentage[2] ?? '').padEnd(2, '0'))
  return share >= 1 && share <= 10_000 ? share : null
}
