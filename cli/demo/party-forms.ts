import { dayOf, formatDay } from '@battery-passport/contexts'
import { addMonths } from '@battery-passport/verifier'
import type { AccreditationForm } from '../forms/accreditation.ts'
import type { IdentityForm } from '../forms/identity.ts'
import type { Pilot, PilotAccreditation, PilotParty, PilotRole } from './pilot.ts'

/** A form as it is written to a file; the command that reads it checks it. */
type Written<T> = { readonly [K in keyof T]: unknown }

/** What `identify` is given about a party. */
export function identityForm(
  { key, legalName, role, lei, ultimateParentLei }: PilotParty,
  did: string,
  { pilot, now }: { readonly pilot: Pilot; readonly now: number },
): Written<Pick<IdentityForm, 'name' | 'validUntil' | 'subject'>> {
  return {
    name: `Registered identity of ${legalName}`,
    validUntil: yearsFrom(now, 2),
    subject: {
      id: did,
      type: 'RegisteredOrganization',
      legalName,
      lei,
      ultimateParentLei,
      roles: REGISTERED_ROLES[role],
      facilities: pilot.facilities
        .filter(({ operator }) => operator === key)
        .map(({ id }) => ({ id })),
    },
  }
}

/** A manufacturer operates its own plant, too. */
const REGISTERED_ROLES: Readonly<Record<PilotRole, readonly string[]>> = {
  'scheme-owner': [],
  'accreditation-body': ['accreditation-body'],
  'assurance-body': ['assurance-body'],
  manufacturer: ['manufacturer', 'operator'],
  operator: ['operator'],
}

/**
 * What `accredit` is given about a body. It was accredited before the year it reports on: the
 * credential states that, although it is signed today.
 */
export function accreditationForm(
  { legalName, lei, ultimateParentLei, country }: PilotParty,
  { mayDelegate, standard, registrationNumber, scope }: PilotAccreditation,
  did: string,
  now: number,
): Written<Pick<AccreditationForm, 'name' | 'validFrom' | 'validUntil' | 'subject'>> {
  return {
    name: `Accreditation of ${legalName}`,
    validFrom: yearsFrom(now, -3),
    validUntil: yearsFrom(now, 2),
    subject: {
      id: did,
      type: 'AccreditedVerifier',
      legalName,
      lei,
      ultimateParentLei,
      country,
      mayDelegate,
      standard,
      registrationNumber,
      scope,
    },
  }
}

/** Midnight of the same day that many years from now. */
export function yearsFrom(now: number, years: number): string {
  return `${formatDay(addMonths(dayOf(now), 12 * years))}T00:00:00Z`
}
