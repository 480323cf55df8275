/** Takes decisions from a list of numbers, so that a smaller list is a simpler mutant. */
export class Choices {
  readonly #numbers: readonly number[]
  #next = 0

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers
  }

  /** A whole number below a bound. What the list does not say follows from its last number. */
  below(bound: number): number {
    const index = this.#next++
    const given = this.#numbers[index]
    const number = given ?? mixed((this.#numbers.at(-1) ?? 0) + index)
    return bound <= 1 ? 0 : number % bound
  }

  /** One of some values; undefined where there is none. */
  one<T>(values: readonly T[]): T | undefined {
    return values[this.below(values.length)]
  }

  /** One of at least one value. */
  of<T>(values: readonly [T, ...T[]]): T {
    return values[this.below(values.length)] ?? values[0]
  }

  /** The same values in another order. */
  shuffle<T>(values: T[]): void {
    for (let last = values.length - 1; last > 0; last--) {
      const other = this.below(last + 1)
      const [a, b] = [values[last], values[other]]
      if (a === undefined || b === undefined) return
      values[last] = b
      values[other] = a
    }
  }
}

function mixed(number: number): number {
  let state = (number + 0x6d2b79f5) >>> 0
  state = Math.imul(state ^ (state >>> 15), state | 1)
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61)
  return (state ^ (state >>> 14)) >>> 0
}
