/**
 * Instants are whole seconds since 1970-01-01T00:00:00Z, days are whole days since 1970-01-01:
 * integers, so that a comparison is exact and no locale or time zone can change it.
 */

const INSTANT =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/
const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/
const SECONDS_PER_DAY = 86_400
/** The calendar repeats itself after so many years, which are 146,097 days. */
const YEARS_PER_CYCLE = 400
const MS_PER_CYCLE = 146_097 * SECONDS_PER_DAY * 1000
const SHORTEST_MONTH = 28
const ZERO = '0'.charCodeAt(0)

/** Seconds since the epoch of an RFC 3339 text with `Z` and second precision, or null if there is no such instant. */
export function parseInstant(text: string): number | null {
  const ms = INSTANT.test(text) ? milliseconds(text) : null
  return ms === null ? null : ms / 1000
}

/** Each part is within its bounds and in its place; still Date would take 31 April for 1 May. */
function milliseconds(text: string): number | null {
  const date = pair(text, 8)
  // A whole cycle later, since Date takes the years before 100 for those of the last century.
  const year = pair(text, 0) * 100 + pair(text, 2) + YEARS_PER_CYCLE
  const day = Date.UTC(year, pair(text, 5) - 1, date) - MS_PER_CYCLE
  if (date > SHORTEST_MONTH && new Date(day).getUTCDate() !== date) return null
  if (text.length === 'YYYY-MM-DD'.length) return day
  return day + ((pair(text, 11) * 60 + pair(text, 14)) * 60 + pair(text, 17)) * 1000
}

/** The number that two digits stand for. */
function pair(text: string, at: number): number {
  return text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 11 * ZERO
}

/** The RFC 3339 text of whole seconds since the epoch. */
export function formatInstant(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`
}

/** Days since the epoch of `YYYY-MM-DD`, or null if there is no such day. */
export function parseDay(text: string): number | null {
  const ms = DAY.test(text) ? milliseconds(text) : null
  return ms === null ? null : ms / (SECONDS_PER_DAY * 1000)
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
