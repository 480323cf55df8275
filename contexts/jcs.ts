import { isSharedPart } from './shared-part.ts'

/**
 * The canonical JSON text of a value (RFC 8785, JCS). Every digest and most signatures pass here,
 * so it is written for JSON values alone; a member that is undefined is left out, as JSON.stringify
 * does.
 *
 * What JSON.stringify writes is canonical once the members are in order: it escapes as §3.2.2.2 asks
 * for and writes numbers in the form of §3.2.2.3. Only the order of members is ours, and what it
 * writes of half a surrogate pair, which has no UTF-8 form.
 *
 * @throws {TypeError} for what has no JSON form: NaN, a lone surrogate, an object that is not plain
 * @see https://www.rfc-editor.org/rfc/rfc8785
 */
export function jcs(value: unknown): string {
  const ordered = inOrder(value)
  if (ordered === UNORDERABLE) return written(value)
  const text = JSON.stringify(ordered)
  return text.includes('\\ud') ? written(value) : text
}

/** Stands for a value whose members no object of the language has in canonical order. */
const UNORDERABLE = Symbol('unorderable')

/** The value with all members in canonical order: itself, if they are. */
function inOrder(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      if (Number.isFinite(value)) return value
      break
    case 'object':
      if (value === null) return null
      if (Array.isArray(value)) return itemsInOrder(value)
      if (isPlain(value)) return membersInOrder(value)
  }
  throw notJson(value)
}

function itemsInOrder(items: readonly unknown[]): unknown {
  let copy: unknown[] | null = null
  for (let index = 0; index < items.length; index++) {
    const item = items[index]
    const ordered = inOrder(item)
    if (ordered === UNORDERABLE) return UNORDERABLE
    if (ordered !== item) copy ??= items.slice(0, index)
    copy?.push(ordered)
  }
  return copy ?? items
}

function membersInOrder(members: Readonly<Record<string, unknown>>): unknown {
  const keys = Object.keys(members)
  let isOrdered = true
  let previous = ''
  for (const key of keys) {
    if (isUnorderable(key)) return UNORDERABLE
    if (key < previous) isOrdered = false
    previous = key
  }
  // Without a comparison, `sort` goes by UTF-16 code units, as §3.2.3 asks for.
  if (!isOrdered) keys.sort()
  let copy: Record<string, unknown> | null = isOrdered ? null : {}
  for (const key of keys) {
    const member = members[key]
    if (member === undefined) continue
    const ordered = inOrder(member)
    if (ordered === UNORDERABLE) return UNORDERABLE
    if (ordered !== member) copy ??= { ...members }
    if (copy !== null) copy[key] = ordered
  }
  return copy ?? members
}

/**
 * The language puts members that are numbers first and sorts them by value, wherever they are
 * written, and takes `__proto__` for something else.
 */
function isUnorderable(key: string): boolean {
  const first = key.charCodeAt(0)
  return (first >= 0x30 && first <= 0x39) || key === '__proto__'
}

/** The canonical form written member by member. */
function written(value: unknown): string {
  if (typeof value === 'string') return quoted(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(inOrder(value))
  if (Array.isArray(value)) return `[${Array.from(value, written).join(',')}]`
  if (!isPlain(value)) throw notJson(value)
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  members.sort(byKey)
  return `{${members.map(([key, member]) => `${quoted(key)}:${written(member)}`).join(',')}}`
}

/**
 * The members of an object as they stand in its canonical form, in their order: each `"key":value`.
 * What changes one member, such as the proof, need not write the others again.
 */
export type CanonicalMembers = readonly (readonly [key: string, text: string])[]

/** The members of the canonical form of an object; see {@link jcs}. */
export function canonicalMembers(object: object): CanonicalMembers {
  const members: (readonly [string, string])[] = []
  for (const [key, member] of Object.entries(object)) {
    if (member !== undefined) members.push([key, `${quoted(key)}:${memberText(member)}`])
  }
  members.sort(byKey)
  // Strings that were put together of many are put together anew by each use: these are cut from one.
  const whole = canonicalText(members)
  let start = 1
  return members.map(([key, { length }]) => {
    const text = whole.slice(start, start + length)
    start += length + 1
    return [key, text]
  })
}

/** The canonical form of a member, in which parts that documents share are not written again. */
function memberText(member: unknown): string {
  if (typeof member !== 'object' || member === null || Array.isArray(member)) return jcs(member)
  if (!isPlain(member) || !Object.values(member).some(isSharedPart)) return jcs(member)
  const texts: (readonly [string, string])[] = []
  for (const [key, value] of Object.entries(member)) {
    if (value !== undefined) texts.push([key, `${quoted(key)}:${textOfPart(value)}`])
  }
  return canonicalText(texts.sort(byKey))
}

/** Of shared parts by identity: they are frozen. */
const sharedTexts = new WeakMap<object, string>()

/**
 * The canonical JSON text of a value, like `jcs`; that of a shared part is remembered with it.
 *
 * @throws {TypeError} for what has no JSON form
 */
export function textOfPart(value: unknown): string {
  if (!isSharedPart(value)) return jcs(value)
  const known = sharedTexts.get(value)
  if (known !== undefined) return known
  const text = jcs(value)
  sharedTexts.set(value, text)
  return text
}

/** The same with one member more, which must not be among them yet. */
export function withCanonicalMember(
  members: CanonicalMembers,
  key: string,
  value: unknown,
): CanonicalMembers {
  return [...members, [key, `${quoted(key)}:${jcs(value)}`] as const].sort(byKey)
}

/** The canonical form that members make up. */
export function canonicalText(members: CanonicalMembers): string {
  return `{${members.map(([, text]) => text).join(',')}}`
}

/** `<` goes by UTF-16 code units, as §3.2.3 asks for. */
function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}

/** What says itself how it is written, such as a Date, would be written as something else here. */
function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function notJson(value: unknown): TypeError {
  return new TypeError(`jcs: expected a JSON value, found ${String(value)}`)
}

function quoted(text: string): string {
  if (/\p{Surrogate}/u.test(text)) {
    throw new TypeError('jcs: expected Unicode, found half of a pair')
  }
  return JSON.stringify(text)
}
