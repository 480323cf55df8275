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
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const lastOfMonth = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0))
  const last = lastOfMonth.getUTCDate()
  return first.getTime() / 86_400_000 + Math.min(dayOfMonth, last) - 1
}
