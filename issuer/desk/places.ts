import type { StatusPurpose } from '@battery-passport/contexts'
import type { StatusListPair } from '../status-lists.ts'

/** Where things lie in the folder of a desk. */
export const DESK_FILE = 'desk.json'
/** The folders in that of a desk. */
export const FOLDERS = { issued: 'issued', lists: 'lists', notices: 'notices' } as const

/** The name of a list file, without its ending, and the last part of its id. */
export function listName(purpose: StatusPurpose, generation: number): string {
  return `${purpose}-${generation}`
}

/** The ids of the two lists of a generation under a URL or URN. */
export function listPair(statusBase: string, generation: number): StatusListPair {
  const separator = /[/:]$/.test(statusBase) ? '' : statusBase.startsWith('https:') ? '/' : ':'
  const id = (purpose: StatusPurpose) => `${statusBase}${separator}${listName(purpose, generation)}`
  return { revocation: id('revocation'), suspension: id('suspension') }
}

/**
 * The name of the file of an issued credential, without its ending: unique by its index, readable
 * by the last part of its id, of characters that no file system minds.
 */
export function issuedName(place: {
  readonly id: string
  readonly generation: number
  readonly index: number
}): string {
  const last = place.id.split(/[/:#?]/).at(-1) ?? ''
  const readable = last.replaceAll(/[^A-Za-z0-9-]+/g, '-').slice(0, 60)
  return `${place.generation}-${place.index}-${readable}`
}

/** The endings of the two forms a credential is written in. */
export const ENDINGS = ['.json', '.jwt'] as const

/** The ending for a text: a compact JWT never begins like a JSON object. */
export function endingOf(text: string): (typeof ENDINGS)[number] {
  return text.startsWith('{') ? '.json' : '.jwt'
}
