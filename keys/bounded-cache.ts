interface Entry<V> {
  readonly key: string
  value: V
  /** Those used just before it and just after it. */
  older: Entry<V> | null
  newer: Entry<V> | null
}

/**
 * Remembers the values used last, and forgets the one unused longest when it is full: whoever sends
 * ever new keys cannot fill the memory of a service. The entries are linked in the order of their
 * use, since to put one at the end of a map, by taking it out first, takes four times as long.
 */
export class BoundedCache<V> {
  readonly #entries = new Map<string, Entry<V>>()
  readonly #limit: number
  #oldest: Entry<V> | null = null
  #newest: Entry<V> | null = null

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
    if (entry !== this.#newest) {
      this.#unlink(entry)
      this.#append(entry)
    }
    return entry.value
  }

  delete(key: string): void {
    const entry = this.#entries.get(key)
    if (entry === undefined) return
    this.#entries.delete(key)
    this.#unlink(entry)
  }

  /** @param key is held on to with all of the text it was cut from, see `detached` */
  set(key: string, value: V): void {
    this.delete(key)
    const entry = { key, value, older: null, newer: null }
    this.#entries.set(key, entry)
    this.#append(entry)
    if (this.#entries.size > this.#limit && this.#oldest !== null) this.delete(this.#oldest.key)
  }

  #append(entry: Entry<V>): void {
    entry.older = this.#newest
    entry.newer = null
    if (this.#newest === null) this.#oldest = entry
    else this.#newest.newer = entry
    this.#newest = entry
  }

  #unlink({ older, newer }: Entry<V>): void {
    if (older === null) this.#oldest = newer
    else older.newer = newer
    if (newer === null) this.#newest = older
    else newer.older = older
  }
}
