import { parseInstant } from '@battery-passport/contexts'
import type { NoticeTerms } from '../withdrawal-notice.ts'
import { DeskError } from './desk-error.ts'
import { isReason } from './reason.ts'
import { signNotice } from './sign-notice.ts'
import type { IssuedRecord } from './state.ts'
import type { Workbench } from './workbench.ts'

/** A change of the status of one credential. */
export interface StatusChange {
  readonly to: 'revoked' | 'suspended' | 'active'
  /** When it was decided, RFC 3339. */
  readonly at: string
  /** For the log of the desk alone. */
  readonly reason?: string
  /** What everybody is told. */
  readonly notice?: NoticeTerms
}

/**
 * Checks, signs the notice, stores it, records the change: until it is recorded, nothing has
 * changed, and a notice that is not in the log counts nowhere.
 */
export async function changeStatus(
  bench: Workbench,
  record: IssuedRecord,
  change: StatusChange,
): Promise<void> {
  const { to, at, reason, notice } = change
  if (parseInstant(at) === null) throw new TypeError(`at: expected RFC 3339 with Z, found ${at}`)
  if (reason !== undefined && !isReason(reason)) {
    throw new TypeError('reason: expected one line of 1 to 500 characters')
  }
  const isPart = notice?.indicators !== undefined
  if (isPart && to !== 'revoked') throw new TypeError('notice: a suspension is of the whole')
  // Without a notice there is nothing new to say.
  if (to === 'active' && record.status === 'active' && record.notice !== undefined) {
    throw revokedForGood(record, 'one that is withdrawn in part')
  }
  if (record.status === to && notice === undefined) return
  if (record.status === 'revoked' && to !== 'revoked') throw revokedForGood(record, 'a revoked one')
  if (to === 'revoked' && notice !== undefined) checkGraver(record, notice, at)
  const about = { id: record.id, at, ...(reason === undefined ? {} : { reason }) }
  if (notice === undefined) {
    await bench.record([{ kind: KINDS[to], ...about }])
  } else {
    const signed = await signNotice(bench, record, { at, purpose: PURPOSES[to], notice })
    await signed.store()
    const { noticed } = signed
    await bench.record([
      isPart
        ? { kind: 'withdrawn-in-part', ...about, notice: noticed }
        : { kind: to === 'revoked' ? 'revoked' : 'suspended', ...about, notice: noticed },
    ])
  }
  await bench.done('status-recorded')
}

const KINDS = { revoked: 'revoked', suspended: 'suspended', active: 'reinstated' } as const
const PURPOSES = { revoked: 'revocation', suspended: 'suspension', active: 'suspension' } as const

/** What is withdrawn stays so: another notice may say more, from the same instant on, never less. */
function checkGraver(
  { id, status, notice }: IssuedRecord,
  { indicators, effectiveFrom, voidFrom }: NoticeTerms,
  at: string,
): void {
  if (notice === undefined) {
    if (status !== 'revoked') return
    throw tooMild(id, 'the whole from the beginning, as it is')
  }
  const since = parseInstant(effectiveFrom ?? voidFrom ?? at) ?? Number.POSITIVE_INFINITY
  const isSooner = since <= (parseInstant(notice.since) ?? 0)
  const isWider =
    indicators === undefined ||
    (notice.indicators?.every((each) => indicators.includes(each)) ?? false)
  if (isSooner && isWider) return
  const what = notice.indicators === undefined ? 'the whole' : notice.indicators.join(', ')
  throw tooMild(id, `at least ${what}, not later than from ${notice.since} on`)
}

function tooMild(id: string, expected: string): DeskError {
  return new DeskError('REVOKED_FOR_GOOD', {
    place: id,
    expected,
    found: 'a notice that withdraws less',
    remedy: 'What is withdrawn stays withdrawn; issue a new credential.',
  })
}

function revokedForGood({ id }: IssuedRecord, found: string): DeskError {
  return new DeskError('REVOKED_FOR_GOOD', {
    place: id,
    expected: 'a credential that is not revoked',
    found,
    remedy: 'A revocation is final; issue a new credential.',
  })
}
