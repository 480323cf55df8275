import type { StatusPurpose } from '@battery-passport/contexts'
import type { StatusRecord } from './records.ts'

/** Where a passport stands: at the same index in both lists of a generation. */
export type StatusPlace = StatusRecord['place']

/** A list of our own by what it is about and its number. */
export interface ListName {
  readonly purpose: StatusPurpose
  readonly generation: number
}

/** The name of a list in routes and records. */
export const LIST_NAME = '^(revocation|suspension)-[1-9][0-9]{0,5}$'

const PATTERN = new RegExp(LIST_NAME)

/** The name of a list. */
export function listNameText({ purpose, generation }: ListName): string {
  return `${purpose}-${generation}`
}

/** The list of a name, or null when no list is ever called so. */
export function parseListName(text: string): ListName | null {
  if (!PATTERN.test(text)) return null
  const [purpose, generation] = text.split('-')
  return {
    purpose: purpose === 'revocation' ? 'revocation' : 'suspension',
    generation: Number(generation),
  }
}

/** The id of the record that holds a place for a passport: fixed width, so that no two read alike. */
export function statusIndexId({ generation, index }: StatusPlace): string {
  return `${String(generation).padStart(6, '0')}-${String(index).padStart(9, '0')}`
}

/** The place that a record's id names. */
export function placeOf(id: string): StatusPlace {
  const [generation, index] = id.split('-')
  return { generation: Number(generation), index: Number(index) }
}
