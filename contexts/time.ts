/**
 * Instants are whole seconds since 1970-01-01T00:00:00Z, days are whole days since 1970-01-01:
 * integers, so that a comparison is exact and no locale or time zone can change it.
 */

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$/
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/
const SECONDS_PER_DAY = 86_400

/** Seconds since the epoch of an RFC 3339 text with `Z` and second precision, or null if there is no such instant. */
export function parseInstant(text: string): number | null {
  const match = INSTANT.exec(text)
  if (match === null) return null
  const ms = Date.UTC(
    Number(match[1]),
    Number(match[2]) - 1,
    Number(match[3]),
    Number(match[4]),
    Number(match[5]),
    Number(match[6]),
  )
  return formatInstant(ms / 1000) === text ? ms / 1000 : null
}

/** The RFC 3339 text of whole seconds since the epoch. */
export function formatInstant(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`
}

/** Days since the epoch of `YYYY-MM-DD`, or null if there is no such day. */
export function parseDay(text: string): number | null {
  const match = DAY.exec(text)
  if (match === null) return null
  const ms = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]))
  return formatDay(ms / (SECONDS_PER_DAY * 1000)) === text ? ms / (SECONDS_PER_DAY * 1000) : null
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
