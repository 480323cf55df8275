import type { Fault } from './fault.ts'

/** The fault of weights that do not sum to 10000 basis points, if they do not. */
export function sumFaults(pointer: string, what: string, weights: readonly number[]): Fault[] {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  if (sum === 10000) return []
  return [
    {
      pointer,
      expected: '10000 as the sum of the weights',
      found: String(sum),
      detail: `The weights of ${what} are shares of one whole.`,
      remedy: `Change the weights by ${10000 - sum} in total.`,
    },
  ]
}
