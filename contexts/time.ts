/**
 * Instants are whole seconds since 1970-01-01T00:00:00Z, days are whole days since 1970-01-01:
 * integers, so that a comparison is exact and no locale or time zone can change it.
 */

const INSTANT =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/
const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/
const SECONDS_PER_DAY = 86_400

/** Seconds since the epoch of an RFC 3339 text with `Z` and second precision, or null if there is no such instant. */
export function parseInstant(text: string): number | null {
  const ms = INSTANT.test(text) ? milliseconds(text) : null
  return ms === null ? null : ms / 1000
}

/** Each part is within its bounds; still Date would take 31 April for 1 May. */
function milliseconds(text: string): number | null {
  const date = new Date(text)
  return date.getUTCDate() === Number(text.slice(8, 10)) ? date.getTime() : null
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
