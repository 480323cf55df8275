/**
 * Remembers the values used last, and forgets the one unused longest when it is full: whoever sends
 * ever new keys cannot fill the memory of a service.
 */
export class BoundedCache<V> {
  readonly #entries = new Map<string, V>()
  readonly #limit: number

  /** @param limit the most entries held at a time */
  constructor(limit: number) {
    this.#limit = limit
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: string): V | undefined {
    const value = this.#entries.get(key)
    if (value === undefined) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, value)
    return value
  }

  set(key: string, value: V): void {
    this.#entries.delete(key)
    this.#entries.set(key, value)
    if (this.#entries.size <= this.#limit) return
    const oldest = this.#entries.keys().next()
    if (oldest.done !== true) this.#entries.delete(oldest.value)
  }
}
