import type { Choices } from './choices.ts'
import {
  memberOf,
  nameOf,
  type Place,
  placesIn,
  type Slot,
  slotsOf,
  stringIn,
  type Tree,
  textOf,
} from './tree.ts'

/** What a mutation works on: the input and what is added to it, and what it may take from others. */
export interface Scene {
  /** The input first. Changed in place. */
  readonly roots: Slot[]
  /** Never changed. */
  readonly donors: readonly Slot[]
  /** Every credential of the donors once. */
  readonly editions: readonly Edition[]
}

/** A credential with what it is known by. */
export interface Edition {
  readonly slot: Slot
  readonly text: string
  readonly id: string | null
  readonly issuer: string | null
}

/** What a credential, or the one in an envelope, is known by. */
export function editionOf(slot: Slot): Edition {
  const [credential] = credentialTrees([slot])
  const memberText = (name: string) =>
    stringIn(memberOf(credential ?? slot.value, name)?.value ?? slot.value)
  return { slot, text: textOf(slot.value), id: memberText('id'), issuer: memberText('issuer') }
}

/** One change; it does nothing where it finds nothing to change. */
export type Mutation = (scene: Scene, choices: Choices) => void

/** Every place of the input and what is added. */
export function allPlaces({ roots }: Scene): Place[] {
  return placesIn(roots)
}

/** Any place. */
export function anyPlace(scene: Scene, choices: Choices): Place | undefined {
  return choices.one(allPlaces(scene))
}

/** A place whose member name is one of these. */
export function placeNamed(
  scene: Scene,
  choices: Choices,
  names: readonly string[],
): Place | undefined {
  return choices.one(
    allPlaces(scene).filter((place) => place.slot.key !== '' && names.includes(place.name)),
  )
}

/** The slots of credentials with the lists they stand in, as a presentation has them. */
export function credentialPlaces(roots: readonly Slot[]): Place[] {
  return roots.flatMap((root) => {
    const holder = memberOf(root.value, 'verifiableCredential')?.value
    if (holder === undefined) return []
    const among = slotsOf(holder)
    return among.map((slot) => ({ slot, among, holder, name: '', above: null }))
  })
}

/** The objects that are credentials: in a list, in an envelope, or alone. */
export function credentialTrees(roots: readonly Slot[]): Tree[] {
  return placesIn([...roots])
    .map(({ slot }) => slot.value)
    .filter((tree) => memberOf(tree, 'credentialSubject') !== undefined)
}

/** The proofs. */
export function proofPlaces(scene: Scene): Place[] {
  return allPlaces(scene).filter(({ slot }) => slot.key !== '' && nameOf(slot) === 'proof')
}

/** A leaf with a text. */
export function leaf(value: unknown): Tree {
  return { kind: 'leaf', text: JSON.stringify(value) }
}

/** Puts a member in the place of that with its name, or at the end. */
export function putMember(tree: Tree, name: string, value: Tree): void {
  if (tree.kind !== 'object') return
  const known = memberOf(tree, name)
  if (known === undefined) tree.members.push({ key: JSON.stringify(name), value })
  else known.value = value
}

/** Takes a member out. */
export function dropMember(tree: Tree, name: string): void {
  if (tree.kind !== 'object') return
  tree.members = tree.members.filter((member) => nameOf(member) !== name)
}

/** Changes the string of a place. */
export function changeString(place: Place | undefined, change: (text: string) => string): void {
  if (place === undefined) return
  const text = stringIn(place.slot.value)
  if (text !== null) place.slot.value = leaf(change(text))
}
