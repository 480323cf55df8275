import type { EvidenceChain } from './evidence-pool.ts'
import type { OwnListRecord } from './records.ts'

interface Prepared<T> {
  readonly lists: readonly OwnListRecord[]
  readonly value: T
}

/** Of how many chains what was prepared is kept: each may be megabytes. */
const MOST = 16

/**
 * What passports are verified with, prepared once for those of one series: they rest on one chain,
 * and share the lists of their generation.
 */
export class Series<T> {
  private readonly known = new Map<EvidenceChain, Prepared<T>>()
  private readonly prepare: (inputs: readonly Uint8Array[]) => T
  private readonly release: (prepared: T) => void

  /** @param release is told of everything that is not asked for again */
  constructor(
    prepare: (inputs: readonly Uint8Array[]) => T,
    release: (prepared: T) => void = () => undefined,
  ) {
    this.prepare = prepare
    this.release = release
  }

  /** @param lists the newest editions: with others than before, everything is prepared anew */
  of(chain: EvidenceChain, lists: readonly OwnListRecord[]): T {
    const known = this.known.get(chain)
    const isSame = known?.lists.every((list, index) => list === lists[index])
    if (known !== undefined && isSame === true) return known.value
    this.forget(chain)
    const [oldest] = this.known.keys()
    if (oldest !== undefined && this.known.size === MOST) this.forget(oldest)
    const encoder = new TextEncoder()
    const value = this.prepare([chain.bytes, ...lists.map(({ text }) => encoder.encode(text))])
    this.known.set(chain, { lists, value })
    return value
  }

  private forget(chain: EvidenceChain): void {
    const known = this.known.get(chain)
    this.known.delete(chain)
    if (known !== undefined) this.release(known.value)
  }
}
