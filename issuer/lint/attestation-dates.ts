import { dayOf, formatDay, formatInstant, parseDay } from '@battery-passport/contexts'
import type { Method } from '@battery-passport/rulebooks'
import { type Attestation, addMonths, inForce } from '@battery-passport/verifier'
import type { LocalFault } from './local-fault.ts'

/** A passport is issued inside the validity of what it rests on. */
export function attestationTimeFaults(attestation: Attestation, signedAt: number): LocalFault[] {
  const { credential, validity } = attestation
  if (inForce(validity, signedAt)) return []
  const isEarly = signedAt < validity.from
  return [
    {
      code: isEarly ? 'NOT_YET_VALID' : 'EXPIRED',
      expected: `an attestation in force at ${formatInstant(signedAt)}`,
      found: `${credential.validFrom} to ${credential.validUntil}`,
      detail: `${attestation.id} is not in force when the passport is signed.`,
      remedy: isEarly ? 'Issue the passport later.' : 'Use a renewed attestation.',
    },
  ]
}

/** How long ago a period may have ended. */
export function ageFaults(
  attestation: Attestation,
  { maximumPeriodAgeMonths: most }: Method,
  signedAt: number,
): LocalFault[] {
  const until = endOf(attestation)
  if (dayOf(signedAt) <= addMonths(until, most)) return []
  return [
    {
      code: 'PERIOD',
      expected: `a period that ended at most ${most} months before ${formatInstant(signedAt)}`,
      found: formatDay(until),
      detail: `The period of ${attestation.id} was too long ago.`,
      remedy: 'Use a more recent attestation.',
    },
  ]
}

/** How far apart the periods may end, by attestation. */
export function spreadFaults(
  attestations: readonly Attestation[],
  { maximumPeriodSpreadMonths: most }: Method,
): ReadonlyMap<Attestation, readonly LocalFault[]> {
  const earliest = Math.min(...attestations.map(endOf))
  const late = attestations.filter((each) => endOf(each) > addMonths(earliest, most))
  return new Map(
    late.map((attestation) => [
      attestation,
      [
        {
          code: 'PERIOD' as const,
          expected: `a period that ends at most ${most} months after ${formatDay(earliest)}`,
          found: formatDay(endOf(attestation)),
          detail: `The period of ${attestation.id} is too far from that of another attestation.`,
          remedy: 'Use attestations about periods that are closer to each other.',
        },
      ],
    ]),
  )
}

/** The schema has shown that the day exists. */
function endOf({ credential }: Attestation): number {
  const day = parseDay(credential.credentialSubject.period.until)
  if (day === null) throw new TypeError('attestation: not a day in period.until')
  return day
}
