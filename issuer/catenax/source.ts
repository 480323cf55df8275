import { preview } from '@battery-passport/contexts'
import { decimalText } from './decimal.ts'
import type { Container, Leaf, Leaves } from './leaves.ts'

/** A value of the Catena-X document and the member it went to (a pointer into the result). */
export interface Mapped {
  readonly from: string
  readonly to: string
}

/** A value of the Catena-X document that the product data do not hold. */
export interface NotMapped {
  readonly pointer: string
  /** The beginning of the value, at most 80 characters. */
  readonly value: string
  readonly reason: string
}

/** Something in the document that must be mended before it can be used. */
export interface CatenaXFault {
  readonly pointer: string
  readonly expected: string
  readonly found: string
  readonly remedy: string
}

/** A document being mapped: keeps account of every leaf, so that none is lost silently. */
export class Source {
  readonly mapped: Mapped[] = []
  readonly notMapped: NotMapped[] = []
  readonly faults: CatenaXFault[] = []
  readonly #leaves: ReadonlyMap<string, Leaf>
  readonly #containers: ReadonlyMap<string, Container>
  readonly #settled = new Set<string>()

  constructor({ leaves, containers }: Leaves) {
    this.#leaves = leaves
    this.#containers = containers
  }

  /** The text at a pointer; undefined if there is none. Anything but text is a fault. */
  text(pointer: string): string | undefined {
    const leaf = this.#expect(pointer, 'text')
    return leaf?.kind === 'text' ? leaf.text : undefined
  }

  /** The number at a pointer as a decimal string; undefined if there is none. */
  decimal(pointer: string): string | undefined {
    const leaf = this.#expect(pointer, 'number')
    if (leaf?.kind !== 'number') return undefined
    const decimal = decimalText(leaf.text)
    if (decimal === null) {
      this.fault(pointer, 'a number with an exponent of at most 30', 'write it in plain digits')
    }
    return decimal ?? undefined
  }

  /** The boolean at a pointer; undefined if there is none. */
  flag(pointer: string): boolean | undefined {
    const leaf = this.#expect(pointer, 'boolean')
    return leaf?.kind === 'boolean' ? leaf.value : undefined
  }

  /** The pointers of a list's entries; none if there is no list. */
  entries(pointer: string): readonly string[] {
    const container = this.#containers.get(pointer)
    if (container?.kind === 'list') return container.children
    const { kind } = this.#leaves.get(pointer) ?? { kind: undefined }
    if (
      container !== undefined ||
      !(kind === undefined || kind === 'null' || kind === 'empty list')
    ) {
      this.fault(pointer, 'a list', 'put the value in square brackets')
    }
    return []
  }

  /** Whether anything but null stands at a pointer. */
  isThere(pointer: string): boolean {
    const leaf = this.#leaves.get(pointer)
    return leaf === undefined ? this.#containers.has(pointer) : leaf.kind !== 'null'
  }

  /** Notes that the value at a pointer, if there is one, went to a member of the result, or to several. */
  map(from: string, to: string): void {
    if (!this.#leaves.has(from) || !this.isThere(from)) return
    this.#settled.add(from)
    this.mapped.push({ from, to })
  }

  /** Notes that everything at and below a pointer that was not mapped stays behind, and why. */
  leave(pointer: string, reason: string): void {
    for (const child of this.#containers.get(pointer)?.children ?? []) this.leave(child, reason)
    const leaf = this.#leaves.get(pointer)
    if (leaf === undefined || this.#settled.has(pointer)) return
    this.#settled.add(pointer)
    this.notMapped.push({ pointer, value: previewOf(leaf), reason })
  }

  /** Settles every leaf that nothing has settled yet. */
  leaveRest(reasonOf: (pointer: string, leaf: Leaf) => string): void {
    for (const [pointer, leaf] of this.#leaves) {
      if (!this.#settled.has(pointer)) this.leave(pointer, reasonOf(pointer, leaf))
    }
  }

  /** Notes a fault at a pointer, with what stands there; the same fault counts once. */
  fault(pointer: string, expected: string, remedy: string): void {
    if (this.faults.some((one) => one.pointer === pointer && one.expected === expected)) return
    const leaf = this.#leaves.get(pointer)
    const container = this.#containers.get(pointer)
    const found = leaf ? previewOf(leaf) : container ? `a JSON ${container.kind}` : 'nothing'
    this.faults.push({ pointer, expected, found, remedy })
  }

  #expect(pointer: string, kind: 'text' | 'number' | 'boolean'): Leaf | undefined {
    if (!this.isThere(pointer)) return undefined
    const leaf = this.#leaves.get(pointer)
    if (leaf?.kind !== kind) {
      this.fault(pointer, `a ${kind} (BatteryPass 6.1.0)`, `replace it by a ${kind}`)
    }
    return leaf
  }
}

function previewOf(leaf: Leaf): string {
  switch (leaf.kind) {
    case 'text':
      return preview(leaf.text)
    case 'number':
      return leaf.text.length > 80 ? `${leaf.text.slice(0, 77)}…` : leaf.text
    case 'boolean':
      return String(leaf.value)
    case 'null':
      return 'null'
    case 'empty list':
      return '[]'
    case 'empty object':
      return '{}'
  }
}
