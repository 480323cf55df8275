import { parseDay } from '@battery-passport/contexts'
import type { Fault } from './fault.ts'

/** Days that do not exist, or end before they begin. */
export function headerFaults(document: {
  readonly validFrom: string
  readonly validUntil: string
}): Fault[] {
  const faults: Fault[] = []
  for (const property of ['validFrom', 'validUntil'] as const) {
    const found = document[property]
    if (parseDay(found) !== null) continue
    faults.push({
      pointer: `/${property}`,
      expected: 'a day of the calendar',
      found,
      detail: 'There is no such day.',
      remedy: 'Write the day as YYYY-MM-DD.',
    })
  }
  if (document.validUntil < document.validFrom) {
    faults.push({
      pointer: '/validUntil',
      expected: `a day not before ${document.validFrom}`,
      found: document.validUntil,
      detail: 'The validity ends before it begins.',
      remedy: 'Set validUntil to the last day of validity.',
    })
  }
  return faults
}
