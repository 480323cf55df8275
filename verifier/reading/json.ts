import {
  type CanonicalMembers,
  escapePointer,
  sharedPart,
  utf8Length,
} from '@battery-passport/contexts'
import type { Limits } from './limits.ts'

/** A JSON value of the profile: no null, no number but a safe integer; deep-frozen. */
export type JsonValue = string | number | boolean | readonly JsonValue[] | JsonObject
export interface JsonObject {
  readonly [key: string]: JsonValue
}

/** A credential found in the text: where, what it says, its text and how long that is. */
export interface JsonDocument {
  readonly pointer: string
  readonly value: JsonValue
  readonly text: string
  readonly bytes: number
  /** Null unless its whole text is its canonical form, which then need not be made again. */
  readonly members: CanonicalMembers | null
  /** Under what its text was known, and not read again. */
  readonly known: KnownText | null
}

/** The text of an object that was read before, as a document of a presentation. */
export interface KnownText {
  readonly text: string
  readonly value: JsonObject
  readonly bytes: number
}

/** What was read of a part of a document, which the documents of a series have in common. */
export interface KnownPart {
  readonly text: string
  readonly value: JsonValue
  readonly nodes: number
  /** Whether it is written as RFC 8785 writes it. */
  readonly canonical: boolean
}

/** Knows texts again. */
export interface KnownTexts {
  /** By their names: what was read last. */
  readonly parts: Map<string, KnownPart>
  /**
   * The known text that stands at this place.
   *
   * @param after what stands before it, if that is known
   */
  find(text: string, start: number, after: KnownText | null): KnownText | null
}

/** Why a text is not strict JSON of the profile, and where. */
export interface JsonFault {
  readonly code: 'JSON_INVALID' | 'JSON_DUPLICATE_KEY' | 'LIMIT_EXCEEDED'
  readonly pointer: string
  readonly expected: string
  readonly found: string
}

export type JsonResult =
  | {
      readonly ok: true
      readonly value: JsonValue
      readonly members: CanonicalMembers | null
      readonly embedded: readonly JsonDocument[]
    }
  | { readonly ok: false; readonly fault: JsonFault }

/** Keys through which a reader's prototype could be reached. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** As a value, jsonld.js would write through it to what every object inherits from. */
const FORBIDDEN_VALUE = '__proto__'

/** The property of a presentation whose items are credentials with limits of their own. */
const CREDENTIALS = 'verifiableCredential'

/** What the passports of a series have in common, in their `credentialSubject`. */
const SERIES: ReadonlySet<string> = new Set(['attestations', 'product', 'score', 'supplyChain'])

/** The longest text of which parts are remembered: they hold on to all of it. */
const LONGEST_REMEMBERED = 128 * 1024

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPENING_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSING_BRACKET = 0x5d
const OPENING_BRACE = 0x7b
const CLOSING_BRACE = 0x7d
const INTEGER = /-?(?:0|[1-9][0-9]*)/y
const SPACE = /[ \t\n\r]*/y

class Refusal extends Error {
  readonly fault: JsonFault

  constructor(fault: JsonFault) {
    super(fault.code)
    this.fault = fault
  }
}

/**
 * Reads strict JSON: fatal UTF-8, no byte order mark, no duplicate key, no reserved key, no null,
 * no fraction or exponent, well-formed Unicode, all limits counted while reading, so that nothing
 * hostile is ever built. The items of a top-level `verifiableCredential` are counted one by one.
 *
 * @param known items that were read under the same limits, and need not be read again
 */
export function readJson(
  bytes: Uint8Array,
  limits: Limits,
  known: KnownTexts | null = null,
): JsonResult {
  if (bytes.length > limits.presentationBytes) {
    return refuse(
      'LIMIT_EXCEEDED',
      '',
      `at most ${limits.presentationBytes} bytes`,
      `${bytes.length}`,
    )
  }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return refuse('JSON_INVALID', '', 'UTF-8', 'bytes that are not UTF-8')
  }
  try {
    const reader = new Reader(text, limits, known)
    const value = reader.root()
    return { ok: true, value, members: reader.members, embedded: reader.embedded }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, fault: error.fault }
    throw error
  }
}

/**
 * Reads an item of a presentation once more, from a text of its own: what is cut from a text holds
 * on to all of it.
 */
export function readItemAlone({ text }: JsonDocument, limits: Limits): JsonDocument {
  const reader = new Reader(`{"${CREDENTIALS}":[${text}]}`, limits, null)
  reader.root()
  const [item] = reader.embedded
  if (item === undefined) throw new TypeError('readItemAlone: expected an item as it was read')
  return item
}

function refuse(
  code: JsonFault['code'],
  pointer: string,
  expected: string,
  found: string,
): JsonResult {
  return { ok: false, fault: { code, pointer, expected, found } }
}

/** One pass over one text. A class because it has a position. */
class Reader {
  readonly embedded: JsonDocument[] = []
  /** Of the last object that is a document. */
  members: CanonicalMembers | null = null
  /** Whether the document is written, so far, as RFC 8785 writes it. */
  private canonical = true
  private at = 0
  private nodes = 0
  private depth = 0
  private readonly path: (string | number)[] = []
  private readonly text: string
  private readonly limits: Limits
  private readonly known: KnownTexts | null

  constructor(text: string, limits: Limits, known: KnownTexts | null) {
    this.text = text
    this.limits = limits
    this.known = known
  }

  root(): JsonValue {
    const value = this.value('')
    this.space()
    if (this.at !== this.text.length) this.unexpected('the end of the document')
    return value
  }

  private value(key: string): JsonValue {
    if (++this.nodes > this.limits.nodes) this.limit(`at most ${this.limits.nodes} values`, 'more')
    this.space()
    switch (this.text.charCodeAt(this.at)) {
      case QUOTE:
        return this.string(key)
      case OPENING_BRACE:
        return this.object()
      case OPENING_BRACKET:
        return this.array(key)
      case 0x74:
        return this.word('true', true)
      case 0x66:
        return this.word('false', false)
      case 0x6e:
        return this.invalid('a value (null is not allowed)', 'null')
      default:
        return this.integer()
    }
  }

  private descend(): void {
    if (++this.depth > this.limits.depth) {
      this.limit(`nesting of at most ${this.limits.depth}`, 'deeper nesting')
    }
  }

  private object(): JsonObject {
    this.descend()
    const members: Record<string, JsonValue> = {}
    const texts: [key: string, text: string][] | null = this.depth === 1 ? [] : null
    this.at++
    this.space()
    if (this.text.charCodeAt(this.at) === CLOSING_BRACE) {
      this.at++
      this.depth--
      return Object.freeze(members)
    }
    let previous = ''
    for (let count = 0; ; count++) {
      if (count === this.limits.objectMembers) {
        this.limit(`at most ${this.limits.objectMembers} members`, 'more')
      }
      this.space()
      if (this.text.charCodeAt(this.at) !== QUOTE) this.unexpected('a key in double quotes')
      const start = this.at
      const key = this.string('')
      // A string is compared by UTF-16 code units, as RFC 8785 §3.2.3 sorts.
      if (key < previous) this.canonical = false
      previous = key
      if (FORBIDDEN_KEYS.has(key)) this.invalid('no reserved key', JSON.stringify(key))
      if (Object.hasOwn(members, key)) {
        this.fail('JSON_DUPLICATE_KEY', 'each key once', `${JSON.stringify(key)} again`, key)
      }
      this.space()
      if (this.text.charCodeAt(this.at) !== COLON) this.unexpected('":"')
      this.at++
      this.path.push(key)
      members[key] = this.member(key)
      this.path.pop()
      texts?.push([key, this.text.slice(start, this.at)])
      if (this.separator(CLOSING_BRACE)) break
    }
    if (texts !== null) this.members = this.canonical ? texts : null
    this.depth--
    return Object.freeze(members)
  }

  private member(key: string): JsonValue {
    if (this.path.length === 1 && key === CREDENTIALS) return this.credentials()
    const isShared = this.depth === 2 && SERIES.has(key)
    return isShared && this.known !== null ? this.part(key, this.known.parts) : this.value(key)
  }

  /** A part that is written as the last of its name is not read again: its text ends with it. */
  private part(key: string, parts: Map<string, KnownPart>): JsonValue {
    const { at, nodes, canonical } = this
    const known = parts.get(key)
    if (known !== undefined && this.hasHere(known)) {
      this.nodes += known.nodes
      this.canonical &&= known.canonical
      this.at += known.text.length
      return known.value
    }
    this.canonical = true
    const value = this.value(key)
    const read = { value, nodes: this.nodes - nodes, canonical: this.canonical }
    this.canonical &&= canonical
    if (typeof value === 'object' && this.text.length <= LONGEST_REMEMBERED) {
      sharedPart(value)
      parts.set(key, { ...read, text: this.text.slice(at, this.at) })
    }
    return value
  }

  /** One that would exceed a limit is read, to say where. */
  private hasHere({ text, nodes }: KnownPart): boolean {
    return (
      this.text.slice(this.at, this.at + text.length) === text &&
      this.nodes + nodes <= this.limits.nodes
    )
  }

  /** The credentials of a presentation: each is a document of its own and starts counting anew. */
  private credentials(): JsonValue {
    this.space()
    if (this.text.charCodeAt(this.at) !== OPENING_BRACKET) return this.value(CREDENTIALS)
    const { nodes, depth } = this
    const value = this.array(CREDENTIALS, () => {
      this.nodes = 0
      this.depth = 0
      this.space()
      const pointer = this.pointer()
      const item = this.knownItem(pointer) ?? this.item(pointer)
      this.embedded.push(item)
      return item.value
    })
    this.nodes = nodes
    this.depth = depth
    // Nobody needs the canonical form of a whole presentation.
    this.canonical = false
    return value
  }

  private item(pointer: string): JsonDocument {
    this.canonical = true
    this.members = null
    const start = this.at
    const value = this.value('')
    const text = this.text.slice(start, this.at)
    const { members } = this
    return { pointer, value, text, bytes: utf8Length(text), members, known: null }
  }

  /** The text of an object ends with it: the same characters are the same item, whatever follows. */
  private knownItem(pointer: string): JsonDocument | null {
    const after = this.embedded.at(-1)?.known ?? null
    const known = this.known?.find(this.text, this.at, after)
    if (known === undefined || known === null) return null
    const { text, value, bytes } = known
    this.at += text.length
    return { pointer, value, text, bytes, members: null, known }
  }

  private array(key: string, read = () => this.value('')): readonly JsonValue[] {
    this.descend()
    const items: JsonValue[] = []
    const most =
      key === CREDENTIALS
        ? this.limits.presentationCredentials
        : key === 'attestations'
          ? this.limits.attestations
          : this.limits.arrayItems
    this.at++
    this.space()
    if (this.text.charCodeAt(this.at) === CLOSING_BRACKET) {
      this.at++
      this.depth--
      return Object.freeze(items)
    }
    for (;;) {
      if (items.length === most) this.limit(`at most ${most} items`, 'more')
      this.path.push(items.length)
      items.push(read())
      this.path.pop()
      if (this.separator(CLOSING_BRACKET)) break
    }
    this.depth--
    return Object.freeze(items)
  }

  /** Reads `,` (false) or the closing bracket (true). */
  private separator(close: number): boolean {
    this.space()
    const found = this.text.charCodeAt(this.at)
    if (found !== COMMA && found !== close) {
      this.unexpected(`"," or "${String.fromCharCode(close)}"`)
    }
    this.at++
    return found === close
  }

  private string(key: string): string {
    const start = this.at + 1
    const plainEnd = this.plainEnd(start)
    const isPlain = this.text.charCodeAt(plainEnd) === QUOTE
    if (!isPlain) this.canonical = false
    const end = isPlain ? plainEnd : this.closingQuote(plainEnd)
    const raw = this.text.slice(start, end)
    const value = isPlain ? raw : this.unescaped(raw)
    this.at = end + 1
    const most =
      key === 'encodedList'
        ? this.limits.encodedListBytes
        : key === 'rfc3161'
          ? this.limits.timestampBytes
          : key === 'id' && value.startsWith('data:')
            ? this.limits.envelopedPassportBytes
            : this.limits.stringBytes
    if (value.length * 3 > most && utf8Length(value) > most) {
      this.limit(`text of at most ${most} bytes`, `${utf8Length(value)} bytes`)
    }
    if (value === FORBIDDEN_VALUE) this.invalid('no reserved name', JSON.stringify(value))
    return value
  }

  /** Where the characters of a string end that stand for themselves. */
  private plainEnd(start: number): number {
    for (let at = start; at < this.text.length; at++) {
      const code = this.text.charCodeAt(at)
      if (code === QUOTE || code === BACKSLASH || code < 0x20) return at
      if (code >= 0x7f && code <= 0x9f) return at
    }
    return this.text.length
  }

  /** Where the string ends, from somewhere in it. A loop: a pattern would backtrack over megabytes. */
  private closingQuote(from: number): number {
    let end = this.text.indexOf('"', from)
    for (;;) {
      if (end === -1) return this.invalid('a closing quote', 'the end of the document')
      let escapes = 0
      while (this.text[end - 1 - escapes] === '\\') escapes++
      if (escapes % 2 === 0) return end
      end = this.text.indexOf('"', end + 1)
    }
  }

  private unescaped(raw: string): string {
    let value: unknown
    try {
      value = JSON.parse(`"${raw}"`)
    } catch {
      return this.invalid('a string without control characters', 'one that has some')
    }
    if (typeof value !== 'string' || !isWellFormed(value)) {
      return this.invalid('well-formed Unicode', 'a lone surrogate')
    }
    return value
  }

  private integer(): number {
    INTEGER.lastIndex = this.at
    const match = INTEGER.exec(this.text)
    if (match === null) return this.unexpected('a JSON value')
    this.at = INTEGER.lastIndex
    const next = this.text[this.at]
    if (next === '.' || next === 'e' || next === 'E') {
      return this.invalid('an integer (quantities are decimal strings)', 'a floating-point number')
    }
    const value = Number(match[0])
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
      return this.invalid('an integer that every reader holds exactly', match[0].slice(0, 40))
    }
    return value
  }

  private word(word: string, value: boolean): boolean {
    if (!this.text.startsWith(word, this.at)) return this.unexpected('a JSON value')
    this.at += word.length
    return value
  }

  private space(): void {
    const code = this.text.charCodeAt(this.at)
    if (code > 0x20) return
    SPACE.lastIndex = this.at
    SPACE.exec(this.text)
    if (SPACE.lastIndex > this.at) this.canonical = false
    this.at = SPACE.lastIndex
  }

  private pointer(): string {
    return this.path.map((token) => `/${escapePointer(String(token))}`).join('')
  }

  private unexpected(expected: string): never {
    const character = this.text[this.at]
    const found = character === undefined ? 'the end of the document' : JSON.stringify(character)
    return this.invalid(expected, `${found} at character ${this.at}`)
  }

  private invalid(expected: string, found: string): never {
    return this.fail('JSON_INVALID', expected, found)
  }

  private limit(expected: string, found: string): never {
    return this.fail('LIMIT_EXCEEDED', expected, found)
  }

  private fail(code: JsonFault['code'], expected: string, found: string, key?: string): never {
    const pointer = this.pointer() + (key === undefined ? '' : `/${escapePointer(key)}`)
    throw new Refusal({ code, pointer, expected, found })
  }
}

/** `String.prototype.isWellFormed` of ES2024: every surrogate has its partner. */
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text)
}
