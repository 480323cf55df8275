import { formatInstant, parseInstant } from '@battery-passport/contexts'
import { usageError } from '../errors.ts'

/** What `--at` takes, for the help of a command. */
export const INSTANT_HELP = 'RFC 3339 in UTC with Z, as 2026-11-23T12:00:00Z'

/**
 * Looks at `--at` before any work is done.
 *
 * @throws {CommandError} usage: it is no instant
 */
export function assertInstant(at: string | undefined): void {
  if (at === undefined || parseInstant(at) !== null) return
  throw usageError({
    what: 'The instant of --at cannot be read.',
    where: '--at',
    expected: 'RFC 3339 in UTC with whole seconds, such as 2026-11-23T12:00:00Z',
    found: at,
    remedy: `${inUtc(at)}Write it in this form, or leave --at out to verify as of now.`,
  })
}

/** What an instant with an offset is in UTC; nothing for other texts. */
function inUtc(at: string): string {
  const seconds = Date.parse(at) / 1000
  const hasOffset = /T.*[+-]\d\d:\d\d$/.test(at) && Number.isInteger(seconds)
  return hasOffset ? `In UTC that is ${formatInstant(seconds)}. ` : ''
}
