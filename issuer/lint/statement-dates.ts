import {
  type BatterySubject,
  dayOf,
  type FacilitySubject,
  formatDay,
  parseDay,
  parseInstant,
} from '@battery-passport/contexts'
import type { Rulebook } from '@battery-passport/rulebooks'
import { addMonths } from '@battery-passport/verifier'
import type { IssuanceFault } from '../errors.ts'
import { orderFaults } from './shape.ts'

interface Dated {
  readonly validUntil: string
  readonly credentialSubject: FacilitySubject | BatterySubject
}

/**
 * The dates of a statement: after the period and the last visit and not after its signing; a
 * period as long, and a validity as short, as the rulebook asks.
 *
 * @param created when it will be signed, seconds since the epoch
 */
export function statementDateFaults(
  { validUntil, credentialSubject }: Dated,
  rulebook: Rulebook,
  created: number | null,
): IssuanceFault[] {
  const { engagement, period, productionWindow } = credentialSubject
  const { statementDate, siteVisits } = engagement
  const statement = parseDay(statementDate)
  const first = parseDay(period.from)
  const last = parseDay(period.until)
  const end = parseInstant(validUntil)
  if (statement === null || first === null || last === null || end === null || created === null) {
    throw new TypeError('statementDateFaults: the schema has shown that these dates exist')
  }
  const faults: IssuanceFault[] = []
  const stated = (expected: string, detail: string) =>
    faults.push({
      code: 'STATEMENT_DATE',
      pointer: '/credentialSubject/engagement/statementDate',
      expected,
      found: statementDate,
      detail,
      remedy: 'Date the statement on the day it was made, after the period and the last visit.',
    })
  if (statement <= last) {
    stated(`a day after ${period.until}`, 'The period had not ended when the statement was made.')
  }
  for (const { date } of siteVisits) {
    const visit = parseDay(date)
    if (visit !== null && statement < visit) {
      stated(`a day not before ${date}`, 'A site visit is later than the statement.')
    }
  }
  if (statement > dayOf(created)) {
    stated(`a day not after ${formatDay(dayOf(created))}`, 'It would be signed before it was made.')
  }
  const latest = addMonths(statement, rulebook.maximumValidityMonths)
  if (dayOf(end) > latest) {
    faults.push({
      code: 'PERIOD',
      pointer: '/validUntil',
      expected: `not after ${formatDay(latest)}: ${rulebook.maximumValidityMonths} months from the statement`,
      found: validUntil,
      detail: `${rulebook.key} ${rulebook.version} does not allow a longer validity.`,
      remedy: 'Let it end earlier, and assess again in time.',
    })
  }
  const order = { from: 'from', until: 'until' } as const
  const periodFaults = orderFaults(period, parseDay, {
    pointer: '/credentialSubject/period',
    ...order,
  })
  if (periodFaults.length === 0 && addMonths(first, rulebook.minimumPeriodMonths) > last + 1) {
    faults.push({
      code: 'PERIOD',
      pointer: '/credentialSubject/period',
      expected: `at least ${rulebook.minimumPeriodMonths} months`,
      found: `${period.from} to ${period.until}`,
      detail: `${rulebook.key} ${rulebook.version} asks for a longer reporting period.`,
      remedy: 'Report on a longer period.',
    })
  }
  return [
    ...faults,
    ...periodFaults,
    ...(productionWindow === undefined
      ? []
      : orderFaults(productionWindow, parseDay, {
          pointer: '/credentialSubject/productionWindow',
          ...order,
        })),
  ]
}
