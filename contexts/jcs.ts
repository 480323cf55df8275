const NEEDS_CARE = /["\\\p{Cc}\p{Surrogate}]/u

/**
 * The canonical JSON text of a value (RFC 8785, JCS). Every digest and most signatures pass here,
 * so it is written for JSON values alone; a member that is undefined is left out, as JSON.stringify
 * does.
 *
 * @throws {TypeError} for what has no JSON form: NaN, a lone surrogate, an object that is not plain
 * @see https://www.rfc-editor.org/rfc/rfc8785
 */
export function jcs(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoted(value)
    case 'number':
      // ECMAScript's own shortest form is the one that §3.2.2.3 asks for.
      if (Number.isFinite(value)) return JSON.stringify(value)
      break
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      if (Array.isArray(value)) return arrayText(value)
      if (isPlain(value)) return objectText(value)
  }
  throw new TypeError(`jcs: expected a JSON value, found ${String(value)}`)
}

function arrayText(items: readonly unknown[]): string {
  let text = ''
  for (const item of items) text += text === '' ? jcs(item) : `,${jcs(item)}`
  return `[${text}]`
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
    if (member !== undefined) members.push([key, `${quoted(key)}:${jcs(member)}`])
  }
  return members.sort(byKey)
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
function byKey([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1
}

/** Without a comparison, `sort` goes by UTF-16 code units, as §3.2.3 asks for. */
function objectText(members: Readonly<Record<string, unknown>>): string {
  let text = ''
  for (const key of Object.keys(members).sort()) {
    const member = members[key]
    if (member === undefined) continue
    text += `${text === '' ? '' : ','}${quoted(key)}:${jcs(member)}`
  }
  return `{${text}}`
}

/** What says itself how it is written, such as a Date, would be written as something else here. */
function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** JSON.stringify escapes as §3.2.2.2 asks for, but for lone surrogates, which have no UTF-8 form. */
function quoted(text: string): string {
  if (!NEEDS_CARE.test(text)) return `"${text}"`
  if (/\p{Surrogate}/u.test(text))
    throw new TypeError('jcs: expected Unicode, found half of a pair')
  return JSON.stringify(text)
}
