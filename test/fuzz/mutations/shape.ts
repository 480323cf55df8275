import { allPlaces, anyPlace, dropMember, leaf, type Mutation, putMember } from '../scene.ts'
import { copyOf, copyOfSlot, nameOf, type Place, slotsOf, type Tree, treeOfValue } from '../tree.ts'

/** Takes a member or an item out. */
export const drop: Mutation = (scene, choices) => {
  const place = anyPlace(scene, choices)
  if (place !== undefined) place.among.splice(place.among.indexOf(place.slot), 1)
}

/** Puts a member or an item a second time: a key twice, or an item twice. */
export const duplicate: Mutation = (scene, choices) => {
  const place = anyPlace(scene, choices)
  if (place === undefined) return
  const again = copyOfSlot(place.slot)
  const other = choices.below(3) === 0 ? anyPlace(scene, choices) : undefined
  if (other !== undefined) again.value = copyOf(other.slot.value)
  place.among.splice(choices.below(place.among.length + 1), 0, again)
}

/** Takes a member or an item to another place. */
export const move: Mutation = (scene, choices) => {
  const place = anyPlace(scene, choices)
  if (place === undefined) return
  place.among.splice(place.among.indexOf(place.slot), 1)
  const target = choices.one(allPlaces(scene).filter(({ slot }) => slotsOf(slot.value).length > 0))
  if (target === undefined) return
  const slots = slotsOf(target.slot.value)
  slots.splice(choices.below(slots.length + 1), 0, fitting(place, target.slot.value))
}

/** A slot as it may stand in an object or in a list. */
function fitting({ slot, name }: Place, holder: Tree) {
  if (holder.kind !== 'object') return { key: '', value: slot.value }
  return slot.key === '' ? { key: JSON.stringify(name), value: slot.value } : slot
}

/** Another order of members or items. */
export const reorder: Mutation = (scene, choices) => {
  const place = choices.one(allPlaces(scene).filter(({ slot }) => slotsOf(slot.value).length > 1))
  if (place !== undefined) choices.shuffle(slotsOf(place.slot.value))
}

/** Two values change places; mostly those of members with one name. */
export const swap: Mutation = (scene, choices) => {
  const places = allPlaces(scene)
  const one = choices.one(places)
  const isLike = (place: Place) => place.name === one?.name && place.slot !== one.slot
  const other = choices.one(choices.below(4) === 0 ? places : places.filter(isLike))
  if (one === undefined || other === undefined) return
  const value = one.slot.value
  one.slot.value = copyOf(other.slot.value)
  other.slot.value = copyOf(value)
}

/** A value in the place of another; mostly that of a member with the same name. */
export const copy: Mutation = (scene, choices) => {
  const places = allPlaces(scene)
  const one = choices.one(places)
  const isLike = (place: Place) => place.name === one?.name && place.slot !== one.slot
  const other = choices.one(choices.below(4) === 0 ? places : places.filter(isLike))
  if (one !== undefined && other !== undefined) one.slot.value = copyOf(other.slot.value)
}

/** The same said in another type, or nothing said at all. */
export const retype: Mutation = (scene, choices) => {
  const place = anyPlace(scene, choices)
  if (place === undefined) return
  const { value } = place.slot
  place.slot.value = choices.of(RETYPED)(value)
}

const list = (...values: readonly Tree[]): Tree => ({
  kind: 'array',
  items: values.map((value) => ({ key: '', value: copyOf(value) })),
})
const object = (...members: readonly (readonly [string, Tree])[]): Tree => ({
  kind: 'object',
  members: members.map(([name, value]) => ({ key: JSON.stringify(name), value: copyOf(value) })),
})
const raw = (text: string) => (): Tree => ({ kind: 'leaf', text })

const RETYPED: readonly [(value: Tree) => Tree, ...((value: Tree) => Tree)[]] = [
  (value) => list(value),
  (value) => list(value, value),
  (value) => list(list(value)),
  (value) => object(['@value', value]),
  (value) => object(['@id', value]),
  (value) => object(['id', value]),
  (value) => object(['@list', list(value)]),
  (value) => object(['@set', list(value)]),
  (value) => object(['', value]),
  (value) => (value.kind === 'leaf' ? leaf(value.text.replaceAll('"', '')) : leaf('object')),
  (value) => raw(value.kind === 'leaf' ? value.text.replaceAll('"', '') : '0')(),
  (value) => (value.kind === 'array' ? copyOf(value.items[0]?.value ?? value) : list()),
  (value) =>
    value.kind === 'array'
      ? object(...value.items.map((item, index) => [`${index}`, item.value] as const))
      : object(),
  raw('null'),
  raw('true'),
  raw('false'),
  raw('0'),
  raw('""'),
  raw('[]'),
  raw('{}'),
]

/** Another name for a member. */
export const rename: Mutation = (scene, choices) => {
  const place = choices.one(allPlaces(scene).filter(({ slot }) => slot.key !== ''))
  if (place === undefined) return
  const name = nameOf(place.slot)
  place.slot.key = JSON.stringify(choices.of(NAMES)(name))
}

const NAMES: readonly [(name: string) => string, ...((name: string) => string)[]] = [
  (name) => `@${name}`,
  (name) => `https://www.w3.org/2018/credentials#${name}`,
  (name) => `https://battery-passport.example/vocabulary/v1#${name}`,
  (name) => `cred:${name}`,
  (name) => name.toUpperCase(),
  (name) => `${name} `,
  (name) => `${name}\u200b`,
  (name) => name.replace('e', '\u0435'),
  (name) => `${name}\u0000`,
  () => '__proto__',
  () => 'constructor',
  () => 'prototype',
  () => 'toString',
  () => 'hasOwnProperty',
  () => '@graph',
  () => '@included',
  () => '@nest',
  () => '@index',
  () => '',
]

/** A member nobody signed. */
export const add: Mutation = (scene, choices) => {
  const objects = allPlaces(scene).filter(({ slot }) => slot.value.kind === 'object')
  const target = choices.one(objects)
  if (target === undefined) return
  const known = anyPlace(scene, choices)
  const name = choices.below(2) === 0 ? (known?.name ?? 'x') : choices.of(ADDED_NAMES)
  const value =
    choices.below(2) === 0
      ? copyOf(anyPlace(scene, choices)?.slot.value ?? leaf('x'))
      : treeOfValue(choices.of(ADDED_VALUES))
  if (choices.below(3) > 0) return putMember(target.slot.value, name, value)
  slotsOf(target.slot.value).unshift({ key: JSON.stringify(name), value })
}

const ADDED_NAMES = [
  '__proto__',
  'constructor',
  '@context',
  '@id',
  '@type',
  '@graph',
  '@index',
  '@included',
  '@nest',
  '@reverse',
  'proof',
  'evidence',
  'termsOfUse',
  'credentialSchema',
  'relatedResource',
  'refreshService',
  'validUntil',
  'expires',
  'holder',
  'timestamps',
  'verifiableCredential',
  'credentialStatus',
] as const

const ADDED_VALUES = [
  '__proto__',
  { approved: true },
  [],
  {},
  'https://attacker.example/context',
  { score: '@index' },
  { '@vocab': 'https://attacker.example/' },
  '2099-01-01T00:00:00Z',
  99,
  true,
] as const

/** A member around what stood there, or what stood in it in its place. */
export const nest: Mutation = (scene, choices) => {
  const place = anyPlace(scene, choices)
  if (place === undefined) return
  const { value } = place.slot
  if (choices.below(2) === 0) {
    const inner = choices.one(slotsOf(value))
    if (inner !== undefined) place.slot.value = copyOf(inner.value)
    return
  }
  const name = choices.of(['@graph', '@included', '@nest', '@list', 'credentialSubject', 'proof'])
  place.slot.value = object([name, value])
}

/** The context: one more, one less, another, another order, one inside. */
export const context: Mutation = (scene, choices) => {
  const contexts = allPlaces(scene).filter(({ slot }) => nameOf(slot) === '@context')
  const place = choices.one(contexts)
  if (place === undefined) return
  const hostile = treeOfValue(choices.of(CONTEXTS))
  const slots = slotsOf(place.slot.value)
  switch (choices.below(7)) {
    case 0:
      slots.push({ key: '', value: hostile })
      break
    case 1:
      slots.unshift({ key: '', value: hostile })
      break
    case 2:
      slots.splice(choices.below(slots.length), 1, { key: '', value: hostile })
      break
    case 3:
      slots.reverse()
      break
    case 4:
      place.slot.value = hostile
      break
    case 5:
      dropMember(place.holder, '@context')
      break
    default: {
      const target = choices.one(
        allPlaces(scene).filter(({ slot }) => slot.value.kind === 'object'),
      )
      if (target !== undefined) putMember(target.slot.value, '@context', hostile)
    }
  }
}

const CONTEXTS = [
  'https://www.w3.org/ns/credentials/v2',
  'https://www.w3.org/2018/credentials/v1',
  'https://w3id.org/security/data-integrity/v2',
  'https://attacker.example/context',
  'https://www.w3.org/ns/credentials/v2#',
  'HTTPS://www.w3.org/ns/credentials/v2',
  {},
  null,
  [],
  { score: '@index' },
  { value: { '@id': 'https://battery-passport.example/vocabulary/v1#upper' } },
  { '@vocab': 'https://attacker.example/' },
  { validUntil: null, credentialStatus: null },
  { '@import': 'https://attacker.example/context' },
  { '@propagate': false, id: 'urn:x' },
  { __proto__x: '@id' },
] as const
