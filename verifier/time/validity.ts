import { formatInstant } from '@battery-passport/contexts'
import { type Finding, finding } from '../findings/findings.ts'
import type { DatedCredential } from '../reading/dated-credential.ts'
import {
  type Accreditation,
  proofPointer,
  type SecuredCredential,
  type Validity,
} from '../reading/secured-credential.ts'
import type { Ending } from './ending.ts'

/** Whether an instant lies inside, bounds included. */
export function inForce({ from, until }: Validity, instant: number, skew = 0): boolean {
  return from <= instant + skew && instant - skew <= until
}

/**
 * Step 4: in force at the instant that counts. Skew stands between a signed instant and the clock,
 * never between two signed instants.
 *
 * @param what says which instant that is, for the reader
 */
export function validityFindings(
  credential: Pick<DatedCredential, 'id' | 'validity'> & {
    readonly credential: Readonly<Record<'validFrom' | 'validUntil', string>>
  },
  instant: number,
  what: string,
  skew = 0,
): Finding[] {
  const { from, until } = credential.validity
  const { id } = credential
  if (from > until) {
    return [
      finding('SCHEMA', {
        credential: id,
        pointer: '/validUntil',
        detail: 'It ends before it begins.',
        expected: `an instant not before ${credential.credential.validFrom}`,
        found: credential.credential.validUntil,
      }),
    ]
  }
  if (from > instant + skew) {
    return [
      finding('NOT_YET_VALID', {
        credential: id,
        pointer: '/validFrom',
        detail: `It was not yet valid ${what}.`,
        expected: `not later than ${formatInstant(instant)}`,
        found: credential.credential.validFrom,
      }),
    ]
  }
  if (until < instant - skew) {
    return [
      finding('EXPIRED', {
        credential: id,
        pointer: '/validUntil',
        detail: `It was no longer valid ${what}.`,
        expected: `not earlier than ${formatInstant(instant)}`,
        found: credential.credential.validUntil,
      }),
    ]
  }
  return []
}

/** The code for a signature or statement outside the accreditation it rests on. */
export function outsideAccreditation(
  credential: DatedCredential,
  accreditation: Accreditation,
  what: 'signed' | 'stated',
  instant: number,
  pointer: string,
): Finding {
  const { validFrom, validUntil } = accreditation.credential
  return finding('ACCREDITATION_TIME', {
    credential: credential.id,
    pointer: what === 'signed' ? proofPointer(credential, 'created') : pointer,
    detail: `It was ${what} outside the validity of the accreditation it rests on.`,
    expected: `from ${validFrom} to ${validUntil}`,
    found: formatInstant(instant),
  })
}

/** That something was in force when it counted and has ended by the instant asked for. */
export function endedSince(credential: SecuredCredential, at: number): Ending {
  return {
    last: credential.validity.until,
    note: finding('ENDED_SINCE', {
      credential: credential.id,
      pointer: '/validUntil',
      detail: 'It was in force when it counted and has ended since.',
      expected: `in force at ${formatInstant(at)}`,
      found: credential.credential.validUntil,
    }),
  }
}
