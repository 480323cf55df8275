import { dayOf, formatDay, formatInstant } from '@battery-passport/contexts'
import type { Method, Rulebook } from '@battery-passport/rulebooks'
import { addMonths, day } from './calendar.ts'
import { type Finding, finding } from './findings.ts'
import type { Attestation } from './secured-credential.ts'

/**
 * The reporting period against the rulebook: long enough, and the statement not used longer than
 * it allows. Months count from the first day to the day after the last.
 */
export function periodFindings(attestation: Attestation, rulebook: Rulebook): Finding[] {
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

/** The periods against the method: recent when the passport was signed, and close to each other. */
export function methodPeriodFindings(
  attestations: readonly Attestation[],
  method: Method,
  passportCreated: number,
): Finding[] {
  const findings: Finding[] = []
  const ends = attestations.map((attestation) => ({
    attestation,
    until: day(attestation.credential.credentialSubject.period.until),
  }))
  for (const { attestation, until } of ends) {
    if (dayOf(passportCreated) <= addMonths(until, method.maximumPeriodAgeMonths)) continue
    findings.push(
      at(attestation, '/credentialSubject/period/until', {
        detail: 'The period was too long ago when the passport was signed.',
        expected: `within ${method.maximumPeriodAgeMonths} months before ${formatInstant(passportCreated)}`,
        found: formatDay(until),
      }),
    )
  }
  const earliest = Math.min(...ends.map(({ until }) => until))
  for (const { attestation, until } of ends) {
    if (until <= addMonths(earliest, method.maximumPeriodSpreadMonths)) continue
    findings.push(
      at(attestation, '/credentialSubject/period/until', {
        detail: 'The period ends too long after that of another attestation.',
        expected: `within ${method.maximumPeriodSpreadMonths} months of ${formatDay(earliest)}`,
        found: formatDay(until),
      }),
    )
  }
  return findings
}

/** The statement is later than the period and the last visit, and not later than the signature. */
export function statementDateFindings(attestation: Attestation): Finding[] {
  const { period, engagement } = attestation.credential.credentialSubject
  const stated = day(engagement.statementDate)
  const lastVisit = Math.max(...engagement.siteVisits.map(({ date }) => day(date)), -Infinity)
  const pointer = '/credentialSubject/engagement/statementDate'
  const refuse = (detail: string, expected: string) =>
    finding('STATEMENT_DATE', {
      credential: attestation.id,
      pointer,
      detail,
      expected,
      found: engagement.statementDate,
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
  attestation: Attestation,
  pointer: string,
  what: { readonly detail: string; readonly expected: string; readonly found: string },
): Finding {
  return finding('PERIOD', { credential: attestation.id, pointer, ...what })
}
