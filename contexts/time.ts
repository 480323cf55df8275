/**
 * Instants are whole seconds since 1970-01-01T00:00:00Z, days are whole days since 1970-01-01:
 * integers, so that a comparison is exact and no locale or time zone can change it.
 */

const INSTANT = /^(?!00)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const DAY = /^(?!00)\d{4}-\d\d-\d\d$/
const SECONDS_PER_DAY = 86_400

/** Seconds since the epoch of an RFC 3339 text with `Z` and second precision, or null if there is no such instant. */
export function parseInstant(text: string): number | null {
  if (!INSTANT.test(text)) return null
  const seconds = Date.parse(text) / 1000
  return exists(text, seconds, formatInstant) ? seconds : null
}

/**
 * Date.parse knows the bounds of each part, but takes 31 April for 1 May and 24:00 for the next day:
 * only those are written out again to see.
 */
function exists(text: string, value: number, format: (value: number) => string): boolean {
  if (Number.isNaN(value)) return false
  const isPlain = text.slice(8, 10) < '29' && text.slice(11, 13) !== '24'
  return isPlain || format(value) === text
}

/** The RFC 3339 text of whole seconds since the epoch. */
export function formatInstant(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`
}

/** Days since the epoch of `YYYY-MM-DD`, or null if there is no such day. */
export function parseDay(text: string): number | null {
  if (!DAY.test(text)) return null
  const days = Date.parse(text) / (SECONDS_PER_DAY * 1000)
  return exists(text, days, formatDay) ? days : null
}

/** `YYYY-MM-DD` of days since the epoch. */
export function formatDay(days: number): string {
  return new Date(days * SECONDS_PER_DAY * 1000).toISOString().slice(0, 10)
}

/** The UTC day an instant lies in. */
export function dayOf(seconds: number): number {
  return Math.floor(seconds / SECONDS_PER_DAY)
}

/** First and last second of a UTC day. */
export function secondsOfDay(day: number): { readonly first: number; readonly last: number } {
  return { first: day * SECONDS_PER_DAY, last: day * SECONDS_PER_DAY + SECONDS_PER_DAY - 1 }
}
