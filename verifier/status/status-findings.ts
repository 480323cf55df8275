import type { StatusEntry } from '@battery-passport/contexts'
import { type Finding, finding } from '../findings/findings.ts'
import type { SecuredCredential } from '../reading/secured-credential.ts'

/** The place of an entry in the credential it is of. */
export interface EntryPlace {
  readonly credential: string
  readonly pointer: string
}

/** That no list says anything of an entry. */
export function unreachable(at: EntryPlace, entry: StatusEntry): Finding {
  return finding('STATUS_UNREACHABLE', {
    ...at,
    pointer: `${at.pointer}/statusListCredential`,
    detail: `The ${entry.statusPurpose} list of this credential is not at hand, so nobody can say whether it was withdrawn.`,
    expected: entry.statusListCredential,
    found: 'nothing',
  })
}

/** That an entry is beyond the end of its list. */
export function outOfRange(at: EntryPlace, entry: StatusEntry, bits: Uint8Array): Finding {
  return finding('STATUS_LIST_INVALID', {
    ...at,
    pointer: `${at.pointer}/statusListIndex`,
    detail: 'The list has no such entry.',
    expected: `an index below ${bits.length * 8}`,
    found: entry.statusListIndex,
  })
}

/** That a list does not say what a list must. */
export function invalidList(
  list: SecuredCredential,
  pointer: string,
  detail: string,
  expected: string,
  found: string,
): Finding {
  return finding('STATUS_LIST_INVALID', { credential: list.id, pointer, detail, expected, found })
}
