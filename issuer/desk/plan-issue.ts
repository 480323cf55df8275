import { randomInt } from 'node:crypto'
import { jcs } from '@battery-passport/contexts'
import { nextGeneration, statusEntries, unusedIndex } from '../status-lists.ts'
import type { StatusEntries, Unsecured } from '../unsecured.ts'
import { DeskError } from './desk-error.ts'
import type { DeskFile, IssuedType } from './entries.ts'
import { issuedName, listPair } from './places.ts'
import type { DeskState } from './state.ts'

/** Makes a credential for the place in the status lists that the desk reserved for it. */
export type Draft<T extends IssuedType> = (credentialStatus: StatusEntries) => Unsecured<T>

/** A credential that is about to be signed, and its place. */
export interface Planned<T extends IssuedType> {
  readonly unsecured: Unsecured<T>
  readonly place: { readonly generation: number; readonly index: number }
  /** Of its file, without the ending. */
  readonly name: string
}

/**
 * Chooses a place for each draft and makes it. Nothing is recorded yet: a draft that refuses leaves
 * no trace.
 *
 * @throws {DeskError} ID_TAKEN, ISSUER_MISMATCH
 * @throws {TypeError} when a draft does not use the status it was given
 */
export function planIssue<T extends IssuedType>(
  type: T,
  drafts: readonly Draft<T>[],
  desk: { readonly state: DeskState; readonly deskFile: DeskFile },
): readonly Planned<T>[] {
  const { did, statusBase, entries } = desk.deskFile
  const ids = new Set<string>()
  const taken = new Map<number, Set<number>>()
  let { generation, used, notices } = desk.state.current
  return drafts.map((draft) => {
    const next = nextGeneration({ generation, used, notices }, entries)
    if (next !== generation) {
      used = 0
      notices = 0
    }
    used += 1
    generation = next
    const planned = taken.get(generation) ?? new Set<number>()
    taken.set(generation, planned)
    const isUsed = (each: number) => planned.has(each) || desk.state.isUsed(next, each)
    const index = unusedIndex(isUsed, randomInt, entries)
    planned.add(index)
    const status = statusEntries(listPair(statusBase, generation), index)
    const unsecured = draft(status)
    checkDraft(type, unsecured, { did, status })
    const { id } = unsecured
    if (ids.has(id) || desk.state.find(id) !== undefined) throw idTaken(id)
    ids.add(id)
    return { unsecured, place: { generation, index }, name: issuedName({ id, generation, index }) }
  })
}

/** What the desk itself must be sure of; the rest was the draft's to check. */
function checkDraft(
  type: IssuedType,
  { id, issuer, type: types, credentialStatus }: Unsecured<IssuedType>,
  expected: { readonly did: string; readonly status: StatusEntries },
): void {
  if (issuer !== expected.did) {
    throw new DeskError('ISSUER_MISMATCH', {
      place: id,
      expected: `issuer ${expected.did}, whose desk it is`,
      found: issuer,
      remedy: 'Issue it from the desk of its issuer.',
    })
  }
  if (types[1] === type && jcs(credentialStatus) === jcs(expected.status)) return
  throw new TypeError(
    `${id}: expected a ${type} with the credentialStatus the draft was given, found a ${types[1]} or another status`,
  )
}

function idTaken(id: string): DeskError {
  return new DeskError('ID_TAKEN', {
    place: id,
    expected: 'an id that was never issued',
    found: 'one that was',
    remedy:
      'Give the credential an id of its own; to correct one, issue another that supersedes it and revoke the first.',
  })
}
