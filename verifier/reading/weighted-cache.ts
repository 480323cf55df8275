/**
 * Remembers the values used last, as many as weigh no more together than a limit: a few large ones
 * or many small ones. What weighs more by itself is not remembered.
 */
export class WeightedCache<V> {
  private readonly entries = new Map<string, { readonly value: V; readonly weight: number }>()
  private readonly limit: number
  private readonly onForgotten: (value: V) => void
  private total = 0

  /** @param onForgotten called with what had to make room */
  constructor(limit: number, onForgotten: (value: V) => void = () => {}) {
    this.limit = limit
    this.onForgotten = onForgotten
  }

  get weight(): number {
    return this.total
  }

  get(key: string): V | undefined {
    const entry = this.entries.get(key)
    if (entry === undefined) return undefined
    this.entries.delete(key)
    this.entries.set(key, entry)
    return entry.value
  }

  /** @returns whether it is remembered */
  set(key: string, value: V, weight: number): boolean {
    if (weight > this.limit) return false
    this.forget(key)
    this.entries.set(key, { value, weight })
    this.total += weight
    // The oldest come first.
    for (const oldest of this.entries.keys()) {
      if (this.total <= this.limit) break
      this.forget(oldest)
    }
    return true
  }

  private forget(key: string): void {
    const entry = this.entries.get(key)
    if (entry === undefined) return
    this.entries.delete(key)
    this.total -= entry.weight
    this.onForgotten(entry.value)
  }
}
