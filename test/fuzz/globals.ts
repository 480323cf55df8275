const WATCHED: readonly object[] = [
  Object,
  Object.prototype,
  Array,
  Array.prototype,
  Function.prototype,
  String,
  String.prototype,
  Number.prototype,
  Boolean.prototype,
  RegExp.prototype,
  Map.prototype,
  Set.prototype,
  Promise.prototype,
  Uint8Array.prototype,
  Error.prototype,
  JSON,
  Reflect,
]

/** What every program stands on: the members of the built-in objects. */
export type Globals = readonly {
  readonly object: object
  readonly names: readonly (string | symbol)[]
  readonly values: readonly unknown[]
}[]

/** The built-in objects as they are now. Of the global object the names alone: some are made late. */
export function globalsNow(): Globals {
  return [...WATCHED, globalThis].map((object) => {
    const names = Reflect.ownKeys(object)
    return { object, names, values: names.map((name) => memberOf(object, name)) }
  })
}

/** The first name that was added, changed or taken away since; null where there is none. */
export function globalsChange(before: Globals): string | null {
  for (const { object, names, values } of before) {
    const now = Reflect.ownKeys(object)
    if (now.length !== names.length) {
      const other = [...now, ...names].find((name) => now.includes(name) !== names.includes(name))
      return String(other)
    }
    for (const [index, name] of names.entries()) {
      if (now[index] !== name || memberOf(object, name) !== values[index]) return String(name)
    }
  }
  return null
}

function memberOf(object: object, name: PropertyKey): unknown {
  if (object === globalThis) return true
  const found = Reflect.getOwnPropertyDescriptor(object, name)
  return found?.value ?? found?.get
}
