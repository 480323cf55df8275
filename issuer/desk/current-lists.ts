import { STATUS_PURPOSES } from '@battery-passport/contexts'
import { statusList } from '../status-lists.ts'
import type { Unsecured } from '../unsecured.ts'
import type { DeskFile } from './entries.ts'
import { listName, listPair } from './places.ts'
import type { DeskState } from './state.ts'

/** Every list of the desk as it now stands, not signed yet: both purposes of each generation. */
export function currentLists(
  desk: { readonly state: DeskState; readonly deskFile: DeskFile },
  validity: { readonly validFrom: string; readonly validUntil: string },
): readonly {
  readonly name: string
  readonly unsecured: Unsecured<'BitstringStatusListCredential'>
}[] {
  const { did: issuer, statusBase, entries } = desk.deskFile
  const generations = Array.from({ length: desk.state.current.generation }, (_, at) => at + 1)
  return generations.flatMap((generation) => {
    const ids = listPair(statusBase, generation)
    const bits = desk.state.setBits(generation)
    const notices = desk.state.notices(generation)
    return STATUS_PURPOSES.map((purpose) => {
      const unsecured = statusList({
        id: ids[purpose],
        issuer,
        purpose,
        set: bits[purpose],
        notices: notices[purpose],
        entries,
        ...validity,
      })
      return { name: listName(purpose, generation), unsecured }
    })
  })
}
