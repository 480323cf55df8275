/** JSON as it is written: it can hold what no value can, such as a key twice or `1.0`. */
export type Tree = ObjectTree | ArrayTree | Leaf | Envelope

/** One place where a tree stands; `key` is the text of the member’s name with its quotes. */
export interface Slot {
  key: string
  value: Tree
}

export interface ObjectTree {
  kind: 'object'
  members: Slot[]
}

/** The items of an array have no key: its text is empty. */
export interface ArrayTree {
  kind: 'array'
  items: Slot[]
}

/** A string, number or literal, and any text in its place. */
export interface Leaf {
  kind: 'leaf'
  text: string
}

/** A compact JWT, in a string or alone, with its header and payload as trees. */
export interface Envelope {
  kind: 'envelope'
  before: string
  parts: Slot[]
  signature: string
  after: string
}

const ENVELOPED = 'data:application/vc+jwt,'

/** The tree of a text, JSON or a compact JWT. */
export function treeOf(text: string): Tree {
  return text.startsWith('eyJ') ? envelopeOf('', text, '') : treeOfValue(JSON.parse(text))
}

/** The tree of a JSON value. */
export function treeOfValue(value: unknown): Tree {
  if (Array.isArray(value)) {
    return { kind: 'array', items: value.map((item) => ({ key: '', value: treeOfValue(item) })) }
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, member]) => ({
      key: JSON.stringify(key),
      value: treeOfValue(member),
    }))
    return { kind: 'object', members }
  }
  if (typeof value === 'string' && value.startsWith(ENVELOPED)) {
    return envelopeOf(`"${ENVELOPED}`, value.slice(ENVELOPED.length), '"')
  }
  return { kind: 'leaf', text: JSON.stringify(value) }
}

function envelopeOf(before: string, compact: string, after: string): Envelope {
  const [header = '', payload = '', signature = ''] = compact.split('.')
  const parts = [header, payload].map((part) => ({
    key: '',
    value: treeOf(Buffer.from(part, 'base64url').toString()),
  }))
  return { kind: 'envelope', before, parts, signature, after }
}

/** The text of a tree. */
export function textOf(tree: Tree): string {
  switch (tree.kind) {
    case 'leaf':
      return tree.text
    case 'array':
      return `[${tree.items.map(({ value }) => textOf(value)).join(',')}]`
    case 'object':
      return `{${tree.members.map(({ key, value }) => `${key}:${textOf(value)}`).join(',')}}`
    case 'envelope': {
      const { before, parts, signature, after } = tree
      const encoded = parts.map(({ value }) => Buffer.from(textOf(value)).toString('base64url'))
      return `${before}${[...encoded, signature].join('.')}${after}`
    }
  }
}

/** A copy that shares nothing. */
export function copyOf(tree: Tree): Tree {
  switch (tree.kind) {
    case 'leaf':
      return { kind: 'leaf', text: tree.text }
    case 'array':
      return { kind: 'array', items: tree.items.map(copyOfSlot) }
    case 'object':
      return { kind: 'object', members: tree.members.map(copyOfSlot) }
    case 'envelope':
      return { ...tree, parts: tree.parts.map(copyOfSlot) }
  }
}

export function copyOfSlot({ key, value }: Slot): Slot {
  return { key, value: copyOf(value) }
}

/** The slots of a tree; none of a leaf. */
export function slotsOf(tree: Tree): Slot[] {
  switch (tree.kind) {
    case 'leaf':
      return []
    case 'array':
      return tree.items
    case 'object':
      return tree.members
    case 'envelope':
      return tree.parts
  }
}

/** A slot with the slots it stands among, and the name of the nearest member around it. */
export interface Place {
  readonly slot: Slot
  readonly among: Slot[]
  readonly holder: Tree
  readonly name: string
  readonly above: Place | null
}

/** Every place below some slots, each after the one that holds it. */
export function placesIn(roots: Slot[]): Place[] {
  const places: Place[] = []
  const visit = (holder: Tree, above: Place | null) => {
    const among = slotsOf(holder)
    for (const slot of among) {
      const name = slot.key === '' ? (above?.name ?? '') : nameOf(slot)
      const place = { slot, among, holder, name, above }
      places.push(place)
      visit(slot.value, place)
    }
  }
  visit({ kind: 'array', items: roots }, null)
  return places
}

/** Where a place stands, as a pointer from the roots. */
export function pathOf({ slot, among, above }: Place): string {
  const own = slot.key === '' ? `${among.indexOf(slot)}` : nameOf(slot)
  return `${above === null ? '' : pathOf(above)}/${own}`
}

/** The name of a member, where its text is one. */
export function nameOf({ key }: Slot): string {
  return key.slice(1, -1)
}

/** The member of an object by its name. */
export function memberOf(tree: Tree, name: string): Slot | undefined {
  return tree.kind === 'object' ? tree.members.find((member) => nameOf(member) === name) : undefined
}

/** The string in a leaf, or null. */
export function stringIn(tree: Tree): string | null {
  if (tree.kind !== 'leaf' || !tree.text.startsWith('"')) return null
  try {
    const value: unknown = JSON.parse(tree.text)
    return typeof value === 'string' ? value : null
  } catch {
    return null
  }
}
