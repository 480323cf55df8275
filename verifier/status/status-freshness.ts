import { formatInstant } from '@battery-passport/contexts'
import { type Finding, finding } from '../findings/findings.ts'
import type { Inquiry } from '../inquiry.ts'
import { proofPointer, type StatusList } from '../reading/secured-credential.ts'
import { inForce } from '../time/validity.ts'
import { newestSeen } from './seen-lists.ts'
import type { StatusSigner } from './status-signers.ts'

/**
 * Age and validity at the instant asked for, and whether a newer edition was seen before: who
 * withholds that could hide a withdrawal. Too old is unknown, never expired.
 */
export function freshness(
  list: StatusList,
  { policy, at, seen }: Pick<Inquiry, 'policy' | 'at' | 'seen'>,
  signers: readonly StatusSigner[],
): Finding[] {
  const credential = list.id
  const newest = seen === null ? null : newestSeen(list, seen, signers)
  if (newest !== null && list.created < newest) {
    return [
      finding('STATUS_STALE', {
        credential,
        pointer: proofPointer(list, 'created'),
        detail: 'An edition of this list that was signed later was seen before.',
        expected: `not signed before ${formatInstant(newest)}`,
        found: formatInstant(list.created),
      }),
    ]
  }
  if (list.created > at + policy.clockSkew) {
    return [
      finding('STATUS_LATER', {
        credential,
        pointer: proofPointer(list, 'created'),
        detail:
          'The list is later than the instant asked for; it is used for what it says of the past.',
        expected: `not later than ${formatInstant(at)}`,
        found: formatInstant(list.created),
      }),
    ]
  }
  const age = at - list.created
  if (age > policy.statusMaximumAge) {
    return [
      finding('STATUS_STALE', {
        credential,
        pointer: proofPointer(list, 'created'),
        detail: 'The list is older than your policy allows.',
        expected: `at most ${policy.statusMaximumAge} s old at ${formatInstant(at)}`,
        found: `${age} s`,
      }),
    ]
  }
  if (inForce(list.validity, at, policy.clockSkew)) return []
  return [
    finding('STATUS_STALE', {
      credential,
      pointer: '/validUntil',
      detail: 'The list is not in force at the instant asked for.',
      expected: `in force at ${formatInstant(at)}`,
      found: `${list.credential.validFrom} to ${list.credential.validUntil}`,
    }),
  ]
}
