import type { StatusPurpose } from '@battery-passport/contexts'
import type { StatusRecord } from './records.ts'

/** Where a passport stands: at the same index in both lists of a generation. */
export type StatusPlace = StatusRecord['place']

/** A list of our own by what it is about and its number. */
export interface ListName {
  readonly purpose: StatusPurpose
  readonly generation: number
}

const LIST_NAME = /^(revocation|suspension)-([1-9][0-9]{0,5})$/

/** The name of a list in routes and records. */
export function listNameText({ purpose, generation }: ListName): string {
  return `${purpose}-${generation}`
}

/** The list of a name, or null when no list is ever called so. */
export function parseListName(text: string): ListName | null {
  const match = LIST_NAME.exec(text)
  if (match === null) return null
  const purpose = match[1] === 'revocation' ? 'revocation' : 'suspension'
  return { purpose, generation: Number(match[2]) }
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
