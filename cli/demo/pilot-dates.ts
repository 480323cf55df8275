import { type DayRange, formatDay, parseDay } from '@battery-passport/contexts'
import { addMonths } from '@battery-passport/verifier'

/** How the pilot names a reporting period, so that its files do not grow old. */
export const PERIOD_NAMES = ['calendar-year', 'business-year-to-june'] as const
export type PeriodName = (typeof PERIOD_NAMES)[number]

/** The month in which the twelve months of a period end. */
const LAST_MONTH: Readonly<Record<PeriodName, number>> = {
  'calendar-year': 12,
  'business-year-to-june': 6,
}

/** An assessment takes time: a period that ended more recently has no statement yet. */
const SETTLED_DAYS = 90
/** The day of the statement, counted from the end of the period. */
const STATEMENT_DAY = 75
/** The shortest of the longest validities the shipped rulebooks allow. */
const VALID_MONTHS = 18

/**
 * The last period of this name that ended at least ninety days ago.
 *
 * @param today days since 1970-01-01
 */
export function periodOf(name: PeriodName, today: number): DayRange {
  const month = LAST_MONTH[name]
  for (let year = yearOf(today); ; year--) {
    const until = lastDayOf(year, month)
    if (until + SETTLED_DAYS <= today) {
      return { from: formatDay(lastDayOf(year - 1, month) + 1), until: formatDay(until) }
    }
  }
}

/** The day that many days after the end of a period. */
export function dayAfter(period: DayRange, days: number): string {
  return formatDay(dayNumber(period.until) + days)
}

/** When the statement about a period was made, and for how long it may be used. */
export function statementOf(period: DayRange): {
  readonly statementDate: string
  readonly validFrom: string
  readonly validUntil: string
} {
  const stated = dayNumber(period.until) + STATEMENT_DAY
  return {
    statementDate: formatDay(stated),
    validFrom: `${formatDay(stated)}T00:00:00Z`,
    validUntil: `${formatDay(addMonths(stated, VALID_MONTHS) - 1)}T23:59:59Z`,
  }
}

/** The years of production an attestation about the model is for: that of its statement, and the next. */
export function productionWindowOf(period: DayRange): DayRange {
  const year = yearOf(dayNumber(statementOf(period).statementDate))
  return { from: `${year}-01-01`, until: `${year + 1}-12-31` }
}

function lastDayOf(year: number, month: number): number {
  return Date.UTC(year, month, 0) / 86_400_000
}

function yearOf(day: number): number {
  return Number(formatDay(day).slice(0, 4))
}

function dayNumber(text: string): number {
  const day = parseDay(text)
  if (day === null) throw new TypeError(`not a day: ${text}`)
  return day
}
