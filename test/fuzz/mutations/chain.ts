import { gunzipSync, gzipSync } from 'node:zlib'
import { encodeBitstring } from '@battery-passport/issuer'
import type { Choices } from '../choices.ts'
import {
  allPlaces,
  changeString,
  credentialPlaces,
  editionOf,
  leaf,
  type Mutation,
  type Scene,
} from '../scene.ts'
import {
  copyOf,
  copyOfSlot,
  memberOf,
  type Place,
  pathOf,
  placesIn,
  type Slot,
  slotsOf,
  stringIn,
  type Tree,
} from '../tree.ts'

/** References: another id, another digest, those of another, or none. */
export const reference: Mutation = (scene, choices) => {
  const references = allPlaces(scene).filter(({ slot }) => isReference(slot.value))
  const one = choices.one(references)
  const other = choices.one(references)
  if (one === undefined || other === undefined) return
  const name = choices.of(['digestMultibase', 'id', 'type'])
  const [ours, theirs] = [memberOf(one.slot.value, name), memberOf(other.slot.value, name)]
  switch (choices.below(5)) {
    case 0:
      if (ours !== undefined && theirs !== undefined) ours.value = copyOf(theirs.value)
      break
    case 1: {
      const value = one.slot.value
      one.slot.value = copyOf(other.slot.value)
      other.slot.value = copyOf(value)
      break
    }
    case 2:
      one.among.splice(one.among.indexOf(one.slot), 1)
      break
    case 3:
      one.among.push(copyOfSlot(other.slot))
      break
    default:
      if (ours !== undefined) {
        changeString(
          { ...one, slot: ours },
          (text) => `${text.slice(0, -1)}${choices.of(['1', '2', 'x'])}`,
        )
      }
  }
}

function isReference(tree: Tree): boolean {
  return memberOf(tree, 'digestMultibase') !== undefined
}

/** Whole credentials: dropped, doubled, in another order, in another place. */
export const credentials: Mutation = (scene, choices) => {
  const places = credentialPlaces(scene.roots)
  const place = choices.one(places)
  const other = choices.one(places)
  if (place === undefined || other === undefined) return
  const { among } = place
  const at = among.indexOf(place.slot)
  switch (choices.below(7)) {
    case 0:
      among.splice(at, 1)
      break
    case 1:
      among.splice(choices.below(among.length + 1), 0, copyOfSlot(place.slot))
      break
    case 2:
      choices.shuffle(among)
      break
    case 3: {
      const rest = among.splice(1)
      choices.shuffle(rest)
      among.push(...rest)
      break
    }
    case 4:
      place.slot.value = copyOf(other.slot.value)
      break
    case 5: {
      // Beside the input instead of in it.
      among.splice(at, 1)
      scene.roots.push(copyOfSlot(place.slot))
      break
    }
    default: {
      const [root] = scene.roots
      if (root !== undefined) scene.roots[0] = copyOfSlot(place.slot)
      if (root !== undefined && choices.below(2) === 0) scene.roots.push(root)
    }
  }
}

/** Parts of another valid presentation, or of an impostor’s. */
export const splice: Mutation = (scene, choices) => {
  const donor = choices.one(scene.donors)
  if (donor === undefined) return
  switch (choices.below(4)) {
    case 0:
      return spliceCredential(scene, donor, choices)
    case 1:
      return splicePath(scene, donor, choices)
    case 2:
      return spliceMember(scene, donor, choices)
    default:
      if (choices.below(2) === 0) scene.roots.push(copyOfSlot(donor))
      else scene.roots.splice(0, 1, copyOfSlot(donor))
  }
}

/** A credential of theirs in the place of one of ours, or beside them. */
function spliceCredential(scene: Scene, donor: Slot, choices: Choices): void {
  const place = choices.one(credentialPlaces(scene.roots))
  const theirs = choices.one(credentialPlaces([donor]))
  if (place === undefined || theirs === undefined) return
  const copy = copyOfSlot(theirs.slot)
  const at = place.among.indexOf(place.slot)
  place.among.splice(at, choices.below(2), copy)
}

/** Another credential of the same id in the place of one of ours, or beside it: mostly by its issuer. */
export const edition: Mutation = (scene, choices) => {
  const place = choices.one(credentialPlaces(scene.roots))
  if (place === undefined) return
  const own = editionOf(place.slot)
  const isAlsoIssuer = choices.below(4) > 0
  const other = choices.one(
    scene.editions.filter(
      ({ id, issuer, text }) =>
        id === own.id && (!isAlsoIssuer || issuer === own.issuer) && text !== own.text,
    ),
  )
  if (other === undefined) return
  const at = place.among.indexOf(place.slot)
  place.among.splice(at + choices.below(2), choices.below(2), copyOfSlot(other.slot))
}

/** What stands in the same place of theirs. */
function splicePath(scene: Scene, donor: Slot, choices: Choices): void {
  const place = choices.one(allPlaces(scene))
  if (place === undefined) return
  const path = pathOf(place)
  const theirs = placesIn([donor]).find((each) => each.name === place.name && pathOf(each) === path)
  if (theirs !== undefined) place.slot.value = copyOf(theirs.slot.value)
}

/** A member of theirs of the same name. */
function spliceMember(scene: Scene, donor: Slot, choices: Choices): void {
  const isMember = ({ slot }: Place) => slot.key !== ''
  const place = choices.one(allPlaces(scene).filter(isMember))
  const theirs = choices.one(
    placesIn([donor]).filter((each) => isMember(each) && each.name === place?.name),
  )
  if (place !== undefined && theirs !== undefined) place.slot.value = copyOf(theirs.slot.value)
}

/** Status lists: the bits, how they are written, and what refers to them. */
export const status: Mutation = (scene, choices) => {
  const name = choices.of(['encodedList', 'encodedList', 'statusListIndex', 'other'])
  const places = allPlaces(scene)
  if (name === 'encodedList') {
    const place = choices.one(places.filter((each) => each.name === name))
    changeString(place, (text) => otherList(text, places, choices))
    return
  }
  if (name === 'statusListIndex') {
    const entries = places.filter((each) => each.name === name)
    const other = stringIn(choices.one(entries)?.slot.value ?? leaf('0')) ?? '0'
    changeString(choices.one(entries), (text) =>
      choices.of([
        other,
        `0${text}`,
        `+${text}`,
        ` ${text}`,
        '131072',
        '-1',
        '0',
        `${text}.0`,
        '1e3',
      ]),
    )
    return
  }
  const place = choices.one(
    places.filter((each) => ['statusPurpose', 'statusListCredential'].includes(each.name)),
  )
  const same = choices.one(places.filter((each) => each.name === place?.name))
  if (place !== undefined && same !== undefined) place.slot.value = copyOf(same.slot.value)
}

function otherList(text: string, places: readonly Place[], choices: Choices): string {
  let bits: Uint8Array
  try {
    bits = Uint8Array.from(gunzipSync(Buffer.from(text.slice(1), 'base64url')))
  } catch {
    return text
  }
  const write = (changed: Uint8Array) => `u${gzipSync(changed).toString('base64url')}`
  switch (choices.below(6)) {
    case 0:
      return encodeBitstring([])
    case 1: {
      const entry = choices.one(places.filter(({ name }) => name === 'statusListIndex'))
      const index = Number(stringIn(entry?.slot.value ?? leaf('0')) ?? '0')
      return encodeBitstring([index])
    }
    case 2:
      return write(bits)
    case 3:
      return write(new Uint8Array(8 * 1024 * 1024))
    case 4:
      return write(bits.subarray(0, 100))
    default:
      return `${text}${text.slice(1)}`
  }
}

/** Notices that a list names, and timestamps beside the credentials. */
export const beside: Mutation = (scene, choices) => {
  const places = allPlaces(scene)
  const lists = places.filter(
    ({ slot, name }) => slot.key !== '' && (name === 'notices' || name === 'timestamps'),
  )
  const list = choices.one(lists)
  if (list === undefined) return
  const slots = slotsOf(list.slot.value)
  const item = choices.one(slots)
  switch (choices.below(6)) {
    case 0:
      list.among.splice(list.among.indexOf(list.slot), 1)
      break
    case 1:
      slots.splice(0)
      break
    case 2:
      if (item !== undefined) slots.push(copyOfSlot(item))
      break
    case 3:
      changeString(tokenOf(places, choices), (text) => otherToken(text, choices))
      break
    case 4: {
      const digests = places.filter(({ name }) => name === 'digestMultibase')
      const other = choices.one(digests)
      const own = memberOf(item?.value ?? leaf(''), 'digestMultibase')
      if (own !== undefined && other !== undefined) own.value = copyOf(other.slot.value)
      break
    }
    default: {
      const index = memberOf(item?.value ?? leaf(''), 'index')
      const entry = choices.one(places.filter(({ name }) => name === 'statusListIndex'))
      const number = Number(stringIn(entry?.slot.value ?? leaf('7')) ?? '7')
      if (index !== undefined) index.value = leaf(number)
    }
  }
}

function tokenOf(places: readonly Place[], choices: Choices): Place | undefined {
  return choices.one(places.filter(({ name }) => name === 'rfc3161'))
}

function otherToken(text: string, choices: Choices): string {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'))
  const at = choices.below(bytes.length)
  const changed = Uint8Array.from(bytes)
  changed[at] = (changed[at] ?? 0) ^ (1 << choices.below(8))
  return choices.of([
    Buffer.from(changed).toString('base64'),
    Buffer.from(Uint8Array.of(...bytes, 0)).toString('base64'),
    Buffer.from(bytes.subarray(0, at)).toString('base64'),
    Buffer.from(bytes).toString('base64url'),
    `${text}=`,
    text.replaceAll('=', ''),
  ])
}
