import { dayOf, formatDay, formatInstant } from '@battery-passport/contexts'
import type { Method, Rulebook } from '@battery-passport/rulebooks'
import { type Finding, finding } from '../findings/findings.ts'
import { addMonths, day } from '../reading/calendar.ts'
import type { DatedCredential } from '../reading/dated-credential.ts'
import type {
  Attestation,
  SecuredCredential,
  StatementType,
} from '../reading/secured-credential.ts'
import { statedOn } from './stated-on.ts'

/**
 * The reporting period against the rulebook: long enough, and the statement not used longer than
 * it allows. Months count from the first day to the day after the last.
 */
export function periodFindings(
  attestation: DatedCredential<'RulebookAttestation'>,
  rulebook: Rulebook,
): Finding[] {
  const { period, engagement } = attestation.credential.credentialSubject
  const findings: Finding[] = []
  const from = day(period.from)
  const until = day(period.until)
  if (addMonths(from, rulebook.minimumPeriodMonths) > until + 1) {
    findings.push(
      at(attestation, '/credentialSubject/period', {
        detail: 'The reporting period is shorter than the rulebook asks.',
        expected: `at least ${rulebook.minimumPeriodMonths} months`,
        found: `${period.from} to ${period.until}`,
      }),
    )
  }
  const latest = addMonths(day(engagement.statementDate), rulebook.maximumValidityMonths)
  if (dayOf(attestation.validity.until) > latest) {
    findings.push(
      at(attestation, '/validUntil', {
        detail: 'The attestation is valid for longer after its statement than the rulebook allows.',
        expected: `not later than ${formatDay(latest)} (${rulebook.maximumValidityMonths} months)`,
        found: attestation.credential.validUntil,
      }),
    )
  }
  return findings
}

/** A period against the method: recent when the passport was signed. */
export function periodAgeFindings(
  attestation: SecuredCredential<StatementType>,
  { maximumPeriodAgeMonths: most }: Method,
  passportCreated: number,
): Finding[] {
  const until = periodEnd(attestation)
  if (dayOf(passportCreated) <= addMonths(until, most)) return []
  return [
    at(attestation, '/credentialSubject/period/until', {
      detail: 'The period was too long ago when the passport was signed.',
      expected: `within ${most} months before ${formatInstant(passportCreated)}`,
      found: formatDay(until),
    }),
  ]
}

/**
 * A period against the method: close to those of the other attestations of the passport.
 *
 * @param earliest the `earliestPeriodEnd` of all of them
 */
export function periodSpreadFindings(
  attestation: Attestation,
  { maximumPeriodSpreadMonths: most }: Method,
  earliest: number,
): Finding[] {
  const until = periodEnd(attestation)
  if (until <= addMonths(earliest, most)) return []
  return [
    at(attestation, '/credentialSubject/period/until', {
      detail: 'The period ends too long after that of another attestation.',
      expected: `within ${most} months of ${formatDay(earliest)}`,
      found: formatDay(until),
    }),
  ]
}

/** The day on which the first of the periods ends, in days since the epoch. */
export function earliestPeriodEnd(attestations: readonly Attestation[]): number {
  return Math.min(...attestations.map(periodEnd))
}

function periodEnd({ credential }: SecuredCredential<StatementType>): number {
  return day(credential.credentialSubject.period.until)
}

/** The statement is later than the period and the last visit, and not later than the signature. */
export function statementDateFindings(attestation: DatedCredential<StatementType>): Finding[] {
  const subject = attestation.credential.credentialSubject
  const { period } = subject
  const { statementDate, pointer } = statedOn(attestation)
  const stated = day(statementDate)
  const visits = 'engagement' in subject ? subject.engagement.siteVisits : []
  const lastVisit = Math.max(...visits.map(({ date }) => day(date)), -Infinity)
  const refuse = (detail: string, expected: string) =>
    finding('STATEMENT_DATE', {
      credential: attestation.id,
      pointer,
      detail,
      expected,
      found: statementDate,
    })
  const findings: Finding[] = []
  if (day(period.from) > day(period.until)) {
    findings.push(
      at(attestation, '/credentialSubject/period', {
        detail: 'The period ends before it begins.',
        expected: `until ${period.from} or later`,
        found: period.until,
      }),
    )
  }
  if (stated <= day(period.until)) {
    findings.push(
      refuse('The statement is not later than the period it covers.', `after ${period.until}`),
    )
  }
  if (stated < lastVisit) {
    const expected = `${formatDay(lastVisit)} or later`
    findings.push(refuse('The statement is earlier than the last site visit.', expected))
  }
  if (stated > dayOf(attestation.created)) {
    const expected = `${formatDay(dayOf(attestation.created))} or earlier`
    findings.push(refuse('The statement is later than its signature.', expected))
  }
  return findings
}

function at(
  attestation: { readonly id: string },
  pointer: string,
  what: { readonly detail: string; readonly expected: string; readonly found: string },
): Finding {
  return finding('PERIOD', { credential: attestation.id, pointer, ...what })
}
