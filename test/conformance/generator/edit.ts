/** Changes one place of a parsed JSON document. */
export type Edit = (document: unknown) => void

/**
 * The text of a JSON document after changes.
 *
 * @throws {TypeError} if they change nothing: a vector must not be honest by mistake
 */
export function edited(bytes: Uint8Array, ...edits: readonly Edit[]): string {
  const before = Buffer.from(bytes).toString()
  const document: unknown = JSON.parse(before)
  for (const edit of edits) edit(document)
  const after = JSON.stringify(document)
  if (after === before) throw new TypeError('edited: nothing was changed')
  return after
}

/** Puts a value at a pointer, new or in the place of another; `-` is the end of an array. */
export function put(pointer: string, value: unknown): Edit {
  return (document) => {
    const { parent, key } = parentOf(document, pointer)
    if (Array.isArray(parent) && key === '-') parent.push(value)
    else Reflect.set(parent, key, value)
  }
}

/** Puts what follows from the value that is there. */
export function update(pointer: string, change: (value: unknown) => unknown): Edit {
  return (document) => {
    const { parent, key } = parentOf(document, pointer)
    Reflect.set(parent, key, change(Reflect.get(parent, key)))
  }
}

/** Takes a member or an item out. */
export function drop(pointer: string): Edit {
  return (document) => {
    const { parent, key } = parentOf(document, pointer)
    if (!Object.hasOwn(parent, key)) throw new TypeError(`drop: nothing at ${pointer}`)
    if (Array.isArray(parent)) parent.splice(Number(key), 1)
    else Reflect.deleteProperty(parent, key)
  }
}

/** Gives a member another name. */
export function rename(pointer: string, name: string): Edit {
  return (document) => {
    const { parent, key } = parentOf(document, pointer)
    if (!Object.hasOwn(parent, key)) throw new TypeError(`rename: nothing at ${pointer}`)
    const value: unknown = Reflect.get(parent, key)
    Reflect.deleteProperty(parent, key)
    Reflect.set(parent, name, value)
  }
}

/** The value at a pointer. */
export function at(bytes: Uint8Array, pointer: string): unknown {
  const { parent, key } = parentOf(JSON.parse(Buffer.from(bytes).toString()), pointer)
  return Reflect.get(parent, key)
}

/**
 * A text after one replacement of what stands in it at least once.
 *
 * @throws {TypeError} if it does not stand in it
 */
export function replaced(bytes: Uint8Array | string, from: string, to: string): string {
  const text = typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString()
  const position = text.indexOf(from)
  if (position === -1 || from === to) throw new TypeError(`replaced: nothing to replace by ${to}`)
  return text.slice(0, position) + to + text.slice(position + from.length)
}

function parentOf(
  document: unknown,
  pointer: string,
): { readonly parent: object; readonly key: string } {
  const keys = pointer.split('/').slice(1)
  const key = keys.pop() ?? ''
  let parent: unknown = document
  for (const each of keys) parent = Reflect.get(Object(parent), unescaped(each))
  if (typeof parent !== 'object' || parent === null) throw new TypeError(`no place ${pointer}`)
  return { parent, key: unescaped(key) }
}

function unescaped(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~')
}
