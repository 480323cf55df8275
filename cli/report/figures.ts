/** Basis points as a percentage with all its digits: 7130 is `71.30 %`. */
export function percent(basisPoints: number): string {
  return `${points(basisPoints)} %`
}

/** Basis points as a figure out of 100: 7130 is `71.30`. */
export function points(basisPoints: number): string {
  return `${Math.floor(basisPoints / 100)}.${String(basisPoints % 100).padStart(2, '0')}`
}
