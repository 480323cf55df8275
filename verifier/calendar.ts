import { formatDay, parseDay } from '@battery-passport/contexts'

/** Days since the epoch of a day the schema has checked. */
export function day(text: string): number {
  const days = parseDay(text)
  if (days === null) throw new TypeError(`not a day: ${text}`)
  return days
}

/** The day that many months later; the last of the month where the day does not exist. */
export function addMonths(days: number, months: number): number {
  const [year = 0, month = 1, dayOfMonth = 1] = formatDay(days).split('-').map(Number)
  const first = firstOfMonth(year, month - 1 + months)
  const next = firstOfMonth(year, month + months)
  return first + Math.min(dayOfMonth, next - first) - 1
}

/** Date.UTC would take the years 0 to 99 for 1900 to 1999. */
function firstOfMonth(year: number, month: number): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month, 1)
  return date.getTime() / 86_400_000
}
