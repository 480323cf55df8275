import { checkTimestamp, readTimestamp, toBase64 } from '@battery-passport/keys'
import {
  type Finding,
  finding,
  isOfType,
  type PresentedTimestamp,
  type SecuredCredential,
} from '@battery-passport/verifier'
import type { Timestamp } from '../timestamps.ts'

/** The timestamps of a submission: those that may be kept, and why others are not. */
export interface JudgedTimestamps {
  readonly usable: readonly Timestamp[]
  readonly findings: readonly Finding[]
}

/**
 * Looks which timestamps may be kept with the credentials of a submission: each is of one of them,
 * and holds by the certificates it brings. Whose it is matters to those who rely on it: their
 * policies name the authorities, and the service hands on what may count for some of them.
 */
export async function judgeTimestamps(
  presented: readonly PresentedTimestamp[],
  kept: readonly SecuredCredential[],
): Promise<JudgedTimestamps> {
  const byDigest = new Map(kept.map((each) => [each.digestMultibase, each]))
  const usable: Timestamp[] = []
  const findings: Finding[] = []
  for (const each of presented) {
    const judged = await judge(each, byDigest)
    if ('expected' in judged) {
      const detail = 'The timestamp is not kept.'
      findings.push(
        finding('TIMESTAMP_UNUSED', { credential: '', pointer: each.pointer, detail, ...judged }),
      )
    } else usable.push(judged)
  }
  return { usable, findings }
}

async function judge(
  { bytes, digestMultibase }: PresentedTimestamp,
  kept: ReadonlyMap<string, SecuredCredential>,
): Promise<Timestamp | { readonly expected: string; readonly found: string }> {
  const reading = readTimestamp(bytes)
  const expected = 'an RFC 3161 timestamp that holds by its own certificates'
  if (!reading.ok) return { expected, found: reading.detail }
  const { token } = reading
  const own = { validFrom: null, validUntil: null }
  const authorities = token.certificates.map((certificate) => ({ certificate, ...own }))
  const check = await checkTimestamp(token, authorities)
  if (!check.ok) return { expected, found: check.detail }
  const stamped = kept.get(token.digestMultibase)
  if (
    stamped === undefined ||
    (digestMultibase ?? stamped.digestMultibase) !== token.digestMultibase
  ) {
    const found = `one of ${token.digestMultibase}`
    return { expected: 'the timestamp of a credential that is kept', found }
  }
  if (isOfType(stamped, 'BitstringStatusListCredential')) {
    return { expected: 'the timestamp of a credential that stays', found: 'one of a status list' }
  }
  return { digestMultibase: token.digestMultibase, rfc3161: toBase64(token.bytes) }
}
