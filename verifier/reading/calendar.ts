import { parseDay, parseInstant } from '@battery-passport/contexts'

/** Seconds since the epoch of an instant the schema has checked. */
export function instant(text: string): number {
  const seconds = parseInstant(text)
  if (seconds === null) throw new TypeError(`not an instant: ${text}`)
  return seconds
}

/** Days since the epoch of a day the schema has checked. */
export function day(text: string): number {
  const days = parseDay(text)
  if (days === null) throw new TypeError(`not a day: ${text}`)
  return days
}

const MILLISECONDS = 86_400_000

/** The day that many months later; the last of the month where the day does not exist. */
export function addMonths(days: number, months: number): number {
  const date = new Date(days * MILLISECONDS)
  const dayOfMonth = date.getUTCDate()
  date.setUTCMonth(date.getUTCMonth() + months, 1)
  const first = date.getTime() / MILLISECONDS
  date.setUTCMonth(date.getUTCMonth() + 1, 0)
  return first + Math.min(dayOfMonth, date.getUTCDate()) - 1
}
