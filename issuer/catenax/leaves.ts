import { escapePointer } from '@battery-passport/contexts'
import { isLosslessNumber, parse } from 'lossless-json'

/** A value without members: what must end up mapped or listed. Numbers keep their source text. */
export type Leaf =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' | 'empty list' | 'empty object' }

/** A value with members, by their pointers. */
export interface Container {
  readonly kind: 'list' | 'object'
  readonly children: readonly string[]
}

/** A document as its leaves by JSON pointer, in document order, and what holds them. */
export interface Leaves {
  readonly leaves: ReadonlyMap<string, Leaf>
  readonly containers: ReadonlyMap<string, Container>
}

/** The text is no document this project reads. */
export class UnreadableDocumentError extends Error {
  override readonly name = 'UnreadableDocumentError'
  readonly pointer: string
  readonly expected: string
  readonly found: string

  constructor(pointer: string, expected: string, found: string) {
    super(`${pointer || 'the document'}: expected ${expected}, found ${found}`)
    this.pointer = pointer
    this.expected = expected
    this.found = found
  }
}

const MAXIMUM_CHARACTERS = 1_048_576
const MAXIMUM_DEPTH = 32
const MAXIMUM_LEAVES = 10_000

/**
 * Reads JSON text into its leaves, with every number as it is written.
 *
 * @throws UnreadableDocumentError if the text is no JSON, has a key twice with different values,
 *   is not well-formed Unicode, or is larger or deeper than any battery pass.
 */
export function readLeaves(text: string): Leaves {
  if (text.length > MAXIMUM_CHARACTERS) {
    throw new UnreadableDocumentError(
      '',
      `at most ${MAXIMUM_CHARACTERS} characters`,
      `${text.length} characters`,
    )
  }
  if (text.startsWith('\ufeff')) {
    throw new UnreadableDocumentError('', 'JSON without a byte order mark', 'a byte order mark')
  }
  const leaves = new Map<string, Leaf>()
  const containers = new Map<string, Container>()
  const walk = (value: unknown, pointer: string, depth: number): void => {
    if (depth > MAXIMUM_DEPTH) {
      throw new UnreadableDocumentError(pointer, `at most ${MAXIMUM_DEPTH} levels`, 'more')
    }
    const leaf = leafOf(value, pointer)
    if (leaf !== null) {
      if (leaves.size >= MAXIMUM_LEAVES) {
        throw new UnreadableDocumentError(pointer, `at most ${MAXIMUM_LEAVES} values`, 'more')
      }
      leaves.set(pointer, leaf)
      return
    }
    if (value === null || typeof value !== 'object') return
    const children: string[] = []
    containers.set(pointer, { kind: Array.isArray(value) ? 'list' : 'object', children })
    for (const [key, member] of Object.entries(value)) {
      if (isIllFormed(key)) throw illFormed(pointer)
      const child = `${pointer}/${escapePointer(key)}`
      children.push(child)
      walk(member, child, depth + 1)
    }
  }
  walk(parseLossless(text), '', 0)
  return { leaves, containers }
}

function parseLossless(text: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    // A RangeError is a stack that thousands of nested brackets used up.
    const found = error instanceof SyntaxError ? error.message : 'nesting too deep to read'
    throw new UnreadableDocumentError('', 'a JSON document', found)
  }
}

function leafOf(value: unknown, pointer: string): Leaf | null {
  if (isLosslessNumber(value)) return { kind: 'number', text: value.toString() }
  if (typeof value === 'string') {
    if (isIllFormed(value)) throw illFormed(pointer)
    return { kind: 'text', text: value }
  }
  if (typeof value === 'boolean') return { kind: 'boolean', value }
  if (value === null) return { kind: 'null' }
  if (Array.isArray(value)) return value.length === 0 ? { kind: 'empty list' } : null
  return typeof value === 'object' && Object.keys(value).length === 0
    ? { kind: 'empty object' }
    : null
}

/** A lone surrogate has no UTF-8 form: two readers would hash different bytes. */
const isIllFormed = (text: string) => /\p{Surrogate}/u.test(text)
const illFormed = (pointer: string) =>
  new UnreadableDocumentError(pointer, 'well-formed Unicode', 'a lone surrogate')
