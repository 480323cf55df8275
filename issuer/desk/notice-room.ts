import { MAXIMUM_NOTICES, type StatusPurpose } from '@battery-passport/contexts'
import { LIMITS } from '@battery-passport/verifier'
import { encodeBitstring } from '../bitstring.ts'
import { asNamed } from '../status-lists.ts'
import { DeskError } from './desk-error.ts'
import type { Noticed } from './entries.ts'
import type { IssuedRecord } from './state.ts'
import type { Workbench } from './workbench.ts'

/** Room for the other members of a list, and for bits that are set later. */
const SPARE_BYTES = 6144

/**
 * Whether a list has room for one more notice: one that verifiers would not read would leave
 * everything in it open.
 *
 * @throws {DeskError} NOTICES_FULL
 */
export function checkNoticeRoom(
  { state, deskFile, form }: Pick<Workbench, 'state' | 'deskFile' | 'form'>,
  { id, generation, index }: Pick<IssuedRecord, 'id' | 'generation' | 'index'>,
  purpose: StatusPurpose,
  notice: Noticed,
): void {
  const others = state.notices(generation)[purpose].filter((each) => each.index !== index)
  const notices = [...others, { ...notice, index }]
  const set = new Set([...state.setBits(generation)[purpose], index])
  const room =
    form === 'vc+jwt' ? (LIMITS.envelopedCredentialBytes / 4) * 3 : LIMITS.credentialBytes
  const bytes =
    JSON.stringify(notices.map(asNamed)).length + encodeBitstring(set, deskFile.entries).length
  if (notices.length <= MAXIMUM_NOTICES && bytes + SPARE_BYTES <= room) return
  throw new DeskError('NOTICES_FULL', {
    place: id,
    expected: `a list that names fewer than ${MAXIMUM_NOTICES} notices`,
    found: `${others.length} notices`,
    remedy:
      'Withdraw it without a notice: that is from the beginning, as a whole. What is issued from now on stands in another list.',
  })
}
