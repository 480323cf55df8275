import type { Choices } from '../choices.ts'
import { allPlaces, anyPlace, changeString, leaf, type Mutation, placeNamed } from '../scene.ts'
import { pathOf, stringIn } from '../tree.ts'

/** The same text in other bytes: `\u` escapes of names and values. */
export const escapes: Mutation = (scene, choices) => {
  const place = anyPlace(scene, choices)
  if (place === undefined) return
  const { slot } = place
  if (slot.key !== '' && choices.below(2) === 0) slot.key = escaped(slot.key, choices)
  else if (slot.value.kind === 'leaf') slot.value.text = escaped(slot.value.text, choices)
}

function escaped(text: string, choices: Choices): string {
  if (!text.startsWith('"') || text.length < 3) return text
  const at = 1 + choices.below(text.length - 2)
  const character = text[at] ?? ''
  if (character === '\\' || text[at - 1] === '\\') return text
  const code = character.charCodeAt(0).toString(16).padStart(4, '0')
  const by = choices.of([`\\u${code}`, `\\u${code.toUpperCase()}`, `\\x${code.slice(2)}`, '\\/'])
  return text.slice(0, at) + by + text.slice(at + 1)
}

/** White space, or what some take for it, around a name or a value. */
export const space: Mutation = (scene, choices) => {
  const place = anyPlace(scene, choices)
  if (place === undefined) return
  const { slot } = place
  const blank = choices.of([' ', '\n', '\t', '\r\n', '\u00a0', '\v', '\ufeff', '/**/', '\u2028'])
  if (slot.key !== '' && choices.below(2) === 0) {
    slot.key = choices.below(2) === 0 ? `${blank}${slot.key}` : `${slot.key}${blank}`
  } else if (slot.value.kind === 'leaf') {
    slot.value.text = choices.below(2) === 0 ? blank + slot.value.text : slot.value.text + blank
  }
}

/** A text with a character changed, added or taken away, or as another reader might see it. */
export const text: Mutation = (scene, choices) => {
  const places = allPlaces(scene).filter(({ slot }) => stringIn(slot.value) !== null)
  changeString(choices.one(places), (before) => spoilt(before, choices))
}

function spoilt(text: string, choices: Choices): string {
  const at = choices.below(text.length + 1)
  const before = text.slice(0, at)
  const rest = text.slice(at)
  switch (choices.below(16)) {
    case 0:
      return before + rest.slice(1)
    case 1:
      return before + choices.of(CHARACTERS) + rest
    case 2:
      return before + choices.of(CHARACTERS) + rest.slice(1)
    case 3:
      return before + rest.charAt(0) + rest
    case 4:
      return text.toUpperCase()
    case 5:
      return text.toLowerCase()
    case 6:
      return `${text} `
    case 7:
      return ` ${text}`
    case 8:
      return text.normalize('NFD')
    case 9:
      return text.replace(/[aeo]/, (letter) => ({ a: 'а', e: 'е', o: 'о' })[letter] ?? letter)
    case 10:
      return `${text}\u0301`
    case 11:
      return choices.of(WHOLE)
    case 12:
      return before
    case 13:
      return text.replace('https://', choices.of(['http://', 'HTTPS://', 'https:///', 'file://']))
    case 14:
      return `${text}${choices.of(['#', '/', '?', '%00', '/../x', '#x', '='])}`
    default:
      return text + text
  }
}

const CHARACTERS = [
  'x',
  '0',
  '9',
  'Z',
  '\u0000',
  '\u200b',
  '\u202e',
  '\ud800',
  '\udfff',
  '\ufeff',
  'é',
  'e\u0301',
  '\uffff',
  '😀',
  '\\',
  '"',
] as const

const WHOLE = [
  '',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'true',
  '0',
  '-1',
  'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
  'did:web:attacker.example',
  'urn:x',
  'https://attacker.example/',
  'javascript:alert(1)',
  '9999999999999999999999',
  '1e3',
  '0x10',
  'Infinity',
] as const

/** A number as it must not be written, or another number. */
export const number: Mutation = (scene, choices) => {
  const numbers = allPlaces(scene).filter(
    ({ slot: { value } }) => value.kind === 'leaf' && /^-?\d/.test(value.text),
  )
  const place = choices.one(numbers)
  if (place === undefined || place.slot.value.kind !== 'leaf') return
  const written = place.slot.value.text
  place.slot.value.text = choices.of(NUMBERS)(written)
}

const NUMBERS: readonly [(text: string) => string, ...((text: string) => string)[]] = [
  (text) => `${text}.0`,
  (text) => `${text}e0`,
  (text) => `${text}E+00`,
  (text) => `-${text}`,
  (text) => `+${text}`,
  (text) => `0${text}`,
  (text) => `${text}0`,
  (text) => `${Number(text) + 1}`,
  (text) => `${Number(text) - 1}`,
  (text) => `${text}.0000000000000000001`,
  (text) => `"${text}"`,
  () => '0',
  () => '-0',
  () => '10000',
  () => '10001',
  () => '9007199254740993',
  () => '1e308',
  () => '1e999',
  () => 'NaN',
  () => '0x1f',
]

/** A day or an instant that is later, earlier, impossible, or written otherwise. */
export const date: Mutation = (scene, choices) => {
  const places = allPlaces(scene).filter(({ slot }) =>
    /^\d{4}-\d\d-\d\d/.test(stringIn(slot.value) ?? ''),
  )
  changeString(choices.one(places), (text) => choices.of(DATES)(text))
}

const DATES: readonly [(text: string) => string, ...((text: string) => string)[]] = [
  (text) => text.replace(/^\d{4}/, '2099'),
  (text) => text.replace(/^\d{4}/, '1999'),
  (text) => text.replace(/^(\d{4}-\d\d-)\d\d/, '$131'),
  (text) => text.replace(/^\d{4}-\d\d-\d\d/, '2026-02-30'),
  (text) => text.replace(/\d\dZ$/, '59Z'),
  (text) => text.replace(/\d\dZ$/, '60Z'),
  (text) => text.replace('Z', '+00:00'),
  (text) => text.replace('Z', '-00:00'),
  (text) => text.replace('Z', '.0Z'),
  (text) => text.replace('Z', '.999999999Z'),
  (text) => text.replace('Z', 'z'),
  (text) => text.replace('T', ' '),
  (text) => text.replace('T', 't'),
  (text) => text.replace('Z', ''),
  (text) => text.replace(/T\d\d/, 'T24'),
  (text) => text.slice(0, 10),
  (text) => `+00${text}`,
  (text) => text.replaceAll(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))),
]

/** A share, a custody model, or a whole row of the supply chain. */
export const share: Mutation = (scene, choices) => {
  const place = placeNamed(scene, choices, [
    'share',
    'custodyModel',
    'facility',
    'stage',
    'material',
  ])
  if (place === undefined) return
  const value = choices.of(['0', '1', '9999', '10000', '10001', '-1', '7000', '3000', '5000.5'])
  if (place.name === 'share') place.slot.value = { kind: 'leaf', text: value }
  else place.slot.value = leaf(choices.of(['segregated', 'mass-balance', 'pack', 'nickel', 'x']))
}

/** What the score says of itself. */
export const score: Mutation = (scene, choices) => {
  const name = choices.of(['value', 'upper', 'coverage', 'grade', 'shareAssurance', 'assured'])
  const inScore = allPlaces(scene).filter(
    (place) => place.name === name && pathOf(place).includes('/score/'),
  )
  const place = choices.one(inScore)
  if (place === undefined) return
  place.slot.value = leaf(
    choices.of([10000, 9999, 0, 'A', 'reasonable', 'limited', 'none', '10000']),
  )
}
