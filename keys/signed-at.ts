import { parseInstant } from '@battery-passport/contexts'
import { SecuringError } from './securing-error.ts'

/**
 * The instant of a signature in whole seconds since the epoch.
 *
 * @throws {SecuringError} CREATED_INVALID
 */
export function signedAt(created: string): number {
  const seconds = parseInstant(created)
  if (seconds === null) {
    throw new SecuringError(
      'CREATED_INVALID',
      `created: expected an RFC 3339 instant such as 2026-11-23T12:00:00Z, found ${JSON.stringify(created)}.`,
    )
  }
  return seconds
}
