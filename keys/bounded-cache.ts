/**
 * Remembers the values used last, and forgets the one unused longest when it is full: whoever sends
 * ever new keys cannot fill the memory of a service.
 */
export class BoundedCache<V> {
  readonly #entries = new Map<string, { readonly key: string; readonly value: V }>()
  readonly #limit: number

  /** @param limit the most entries held at a time */
  constructor(limit: number) {
    this.#limit = limit
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: string): V | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    // Under the key it was set with: that of the question may be cut from a long text.
    this.#entries.delete(key)
    this.#entries.set(entry.key, entry)
    return entry.value
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }

  /** @param key is held on to with all of the text it was cut from, see `detached` */
  set(key: string, value: V): void {
    this.#entries.delete(key)
    this.#entries.set(key, { key, value })
    if (this.#entries.size <= this.#limit) return
    const oldest = this.#entries.keys().next()
    if (oldest.done !== true) this.#entries.delete(oldest.value)
  }
}
