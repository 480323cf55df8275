/** Repeatable choices from a seed (mulberry32), so that a failing case can be named by a number. */
export interface Choices {
  /** An integer from `from` to `until`, both inside. */
  integer(from: number, until: number): number
  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean
  one<T>(values: readonly T[]): T
  some<T>(values: readonly T[], percent: number): T[]
  /** Positive integers that sum to `whole`. */
  partition(count: number, whole: number): number[]
  shuffled<T>(values: readonly T[]): T[]
}

export function choices(seed: number): Choices {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }
  const integer = (from: number, until: number) => from + (next() % (until - from + 1))
  const chance = (percent: number) => integer(1, 100) <= percent
  const one = <T>(values: readonly T[]): T => {
    const value = values[integer(0, values.length - 1)]
    if (value === undefined) throw new Error('one: of nothing')
    return value
  }
  const partition = (count: number, whole: number) => {
    const parts: number[] = []
    let left = whole
    for (let i = 1; i < count; i += 1) {
      const part = integer(1, Math.max(1, Math.floor((2 * (left - (count - i))) / (count - i + 1))))
      parts.push(part)
      left -= part
    }
    return [...parts, left]
  }
  const shuffled = <T>(values: readonly T[]): T[] => {
    const from = [...values]
    const to: T[] = []
    while (from.length > 0) to.push(...from.splice(integer(0, from.length - 1), 1))
    return to
  }
  const some = <T>(values: readonly T[], percent: number) => values.filter(() => chance(percent))
  return { integer, chance, one, some, partition, shuffled }
}
