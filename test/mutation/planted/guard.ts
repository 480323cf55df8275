/** A guard with one half that its checks look after, one that they do not, and one they never meet. */
export function admits(age: number, name: string | undefined): boolean {
  if (age < 18) return false
  if (name?.length === 0) return false
  return true
}

/** Counts down; without its last line it never ends. */
export function stepsTo(zero: number): number {
  let steps = 0
  let left = zero
  while (left > 0) {
    steps += 1
    left -= 1
  }
  return steps
}

export function neverAsked(): string {
  return 'nobody'
}

/** Made once, and kept: a mutant reaches it only in a new process. */
export const HOUSES = ['north', 'south']

/** What stands before `=` is no value that could be another. */
export function lastOf(list: readonly string[]): string {
  let last = 'none'
  for (const each of list) [last] = [each]
  return last
}
