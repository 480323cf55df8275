import { encodeSha256 } from '@battery-passport/contexts'
import { base58btc } from 'multiformats/bases/base58'
import type { Fetched } from '../fetcher.ts'
import { checkTimestamp, type TimestampAuthority } from './check-timestamp.ts'
import { timestampRequest } from './timestamp-request.ts'
import { readTimestamp, type TimestampToken } from './timestamp-token.ts'

/** Brings a request to a timestamp authority, and its answer back. */
export interface TimestampSender {
  /** Nothing is thrown for what the network does. */
  send(url: string, query: Uint8Array): Promise<Fetched>
}

/** Whom to ask for a timestamp, and what to hold the answer to. */
export interface TimestampSource {
  readonly url: string
  readonly sender: TimestampSender
  /**
   * Those of whom the answer must be; with none, it must hold by the certificates it brings, and
   * nobody says whose they are.
   */
  readonly authorities: readonly TimestampAuthority[]
  /** Seconds since the epoch. */
  readonly clock: { now(): number }
}

/** What asking for a timestamp answers: the token, checked, or why there is none. */
export type ObtainedTimestamp =
  | { readonly ok: true; readonly token: TimestampToken }
  | {
      readonly ok: false
      /** Whether there was no answer, or one that is not to be kept. */
      readonly fault: 'unreachable' | 'refused'
      readonly detail: string
    }

/** How far the clocks of authority and asker may be apart, in seconds. */
const MOST_APART = 300

/**
 * Asks an authority to stamp a digest, and holds what it answers to what was asked: the same digest
 * and nonce, a time that is now, a signature that holds. A token that a verifier would not count is
 * never handed out.
 *
 * @param digestMultibase of the secured credential
 * @throws {TypeError} when it is no SHA-256 digest
 */
export async function obtainTimestamp(
  digestMultibase: string,
  { url, sender, authorities, clock }: TimestampSource,
): Promise<ObtainedTimestamp> {
  const request = timestampRequest(digestBytes(digestMultibase))
  const fetched = await sender.send(url, request.bytes)
  if (!fetched.ok) return { ok: false, fault: 'unreachable', detail: fetched.detail }
  const reading = readTimestamp(fetched.bytes)
  if (!reading.ok) return refused(reading.detail)
  const { token } = reading
  if (token.digestMultibase !== digestMultibase) return refused('it stamps another digest')
  // An older answer, kept and sent again, would have another.
  if (token.nonce !== request.nonce) return refused('it does not repeat the nonce of the request')
  const apart = Math.abs(token.time - clock.now())
  if (apart > MOST_APART) {
    return refused(`its time is ${apart} seconds from the clock here, and one of them is wrong`)
  }
  const check = await checkTimestamp(token, trusted(token, authorities))
  return check.ok ? { ok: true, token } : refused(check.detail)
}

function trusted(
  { certificates }: TimestampToken,
  authorities: readonly TimestampAuthority[],
): readonly TimestampAuthority[] {
  if (authorities.length > 0) return authorities
  return certificates.map((certificate) => ({ certificate, validFrom: null, validUntil: null }))
}

function digestBytes(digestMultibase: string): Uint8Array {
  const digest = base58btc.decode(digestMultibase).subarray(2)
  if (digest.length === 32 && encodeSha256(digest) === digestMultibase) return digest
  throw new TypeError('obtainTimestamp: expected a SHA-256 digest in multibase')
}

function refused(detail: string): ObtainedTimestamp {
  return { ok: false, fault: 'refused', detail }
}
