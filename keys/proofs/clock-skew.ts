import { preview } from '@battery-passport/contexts'

/**
 * The seconds between a signed instant and the clock that are forgiven; 60 where none are named.
 *
 * @throws {TypeError} for what is no number of seconds: compared with it, nothing would ever expire
 */
export function clockSkewOf(given: number | undefined): number {
  if (given === undefined) return 60
  if (Number.isFinite(given) && given >= 0) return given
  throw new TypeError(`clockSkew: expected seconds, 0 or more, found ${preview(given)}`)
}
