import { MAXIMUM_NOTICES, type StatusPurpose } from '@battery-passport/contexts'
import { canName } from '../notice-room.ts'
import { DeskError } from './desk-error.ts'
import type { Noticed } from './entries.ts'
import type { IssuedRecord } from './state.ts'
import type { Workbench } from './workbench.ts'

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
  if (canName(notices, { set, entries: deskFile.entries, form })) return
  throw new DeskError('NOTICES_FULL', {
    place: id,
    expected: `a list that names fewer than ${MAXIMUM_NOTICES} notices`,
    found: `${others.length} notices`,
    remedy:
      'Withdraw it without a notice: that is from the beginning, as a whole. What is issued from now on stands in another list.',
  })
}
