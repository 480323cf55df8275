import { digestMultibase, formatInstant } from '@battery-passport/contexts'
import { checkTimestamp, readTimestamp } from '@battery-passport/keys'
import { type Finding, finding } from '../findings/findings.ts'
import type { Inquiry } from '../inquiry.ts'
import type { EffectivePolicy } from '../policy/policy.ts'
import { followedReferences } from '../reading/chain.ts'
import type { DecodedDocument } from '../reading/decoded-document.ts'
import type { PresentedTimestamp } from '../reading/presented-timestamp.ts'
import type { SecuredCredential } from '../reading/secured-credential.ts'

/** What timestamps prove of the credentials of one verification. */
export interface ProvenTimes {
  /**
   * Whether it is proven that a credential existed, as it was signed, by an instant (seconds since
   * the epoch).
   */
  proveBy(digestMultibase: string, instant: number): boolean
}

/** Nothing is proven. */
export const NO_TIMES: ProvenTimes = { proveBy: () => false }

/** What a timestamp proves by itself: whose it is, and when; or why it proves nothing. */
export type JudgedTimestamp =
  | { readonly ok: true; readonly digestMultibase: string; readonly time: number }
  | ({ readonly ok: false } & Reason)

/** Why a timestamp proves nothing. */
interface Reason {
  readonly detail: string
  readonly expected: string
  readonly found: string
}

/** The most timestamps of one credential that are looked at. */
const MOST_OF_ONE = 4

/**
 * Judges the timestamps of an input. One that proves nothing is a note and no more: it makes an
 * honest credential no worse, and a dishonest one no better.
 */
export async function provenTimes(
  presented: readonly PresentedTimestamp[],
  inquiry: Pick<Inquiry, 'policy' | 'memory' | 'now' | 'documents'>,
): Promise<{ readonly times: ProvenTimes; readonly findings: readonly Finding[] }> {
  const { policy, documents, now } = inquiry
  const [any] = presented
  if (any === undefined) return { times: NO_TIMES, findings: [] }
  if (policy.timestampAuthorities.length === 0) {
    const reason = {
      detail: 'Your policy names no timestamp authority, so no timestamp proves anything.',
      expected: 'timestampAuthorities in the policy',
      found: 'none',
    }
    return { times: NO_TIMES, findings: [unused(any, reason)] }
  }
  const atHand = new Map(documents.all.flatMap(byDigest))
  const findings: Finding[] = []
  const stamped = new Map<string, number>()
  const looked = new Map<string, number>()
  for (const timestamp of presented) {
    const named = timestamp.digestMultibase
    const count = (looked.get(named ?? '') ?? 0) + 1
    looked.set(named ?? '', count)
    if (named !== null && count > MOST_OF_ONE) {
      const detail = 'It is one of too many of its credential, and was not read.'
      const expected = `at most ${MOST_OF_ONE}`
      findings.push(unused(timestamp, { detail, expected, found: `${count}` }))
      continue
    }
    if (named !== null && !atHand.has(named)) {
      findings.push(unused(timestamp, notAtHand(named)))
      continue
    }
    const judged = await judge(timestamp, inquiry)
    const reason = judged.ok ? reasonAgainst(judged, named, atHand, now + policy.clockSkew) : judged
    if (reason !== null) findings.push(unused(timestamp, reason))
    if (reason !== null || !judged.ok) continue
    const before = stamped.get(judged.digestMultibase) ?? Number.POSITIVE_INFINITY
    stamped.set(judged.digestMultibase, Math.min(before, judged.time))
  }
  const existed = existedBy(stamped, atHand)
  return {
    times: { proveBy: (digest, instant) => (existed.get(digest) ?? Infinity) <= instant },
    findings,
  }
}

type AtHand = ReadonlyMap<string, SecuredCredential>

function byDigest(document: DecodedDocument): [string, SecuredCredential][] {
  return document.ok ? [[document.secured.digestMultibase, document.secured]] : []
}

/** The same bytes prove the same under the same policy, whenever they are looked at. */
async function judge(
  { bytes }: PresentedTimestamp,
  { policy, memory }: Pick<Inquiry, 'policy' | 'memory'>,
): Promise<JudgedTimestamp> {
  const key = digestMultibase(bytes)
  const known = memory.timestamps.get(key)
  if (known !== undefined) return known
  const judged = await judgeBytes(bytes, policy)
  memory.timestamps.set(key, judged)
  return judged
}

async function judgeBytes(
  bytes: Uint8Array,
  { timestampAuthorities }: Pick<EffectivePolicy, 'timestampAuthorities'>,
): Promise<JudgedTimestamp> {
  const expected = 'an RFC 3161 timestamp of an authority in the policy'
  const nothing = (found: string) =>
    ({ ok: false, detail: 'It proves nothing.', expected, found }) as const
  const reading = readTimestamp(bytes)
  if (!reading.ok) return nothing(reading.detail)
  const { digestMultibase, time } = reading.token
  const check = await checkTimestamp(reading.token, timestampAuthorities)
  return check.ok ? { ok: true, digestMultibase, time } : nothing(check.detail)
}

/** Why a timestamp that holds is no use here, or null. */
function reasonAgainst(
  { digestMultibase: digest, time }: Extract<JudgedTimestamp, { readonly ok: true }>,
  named: string | null,
  atHand: AtHand,
  latest: number,
): Reason | null {
  if (named !== null && named !== digest) {
    return {
      detail: 'It stamps something else than it stands for.',
      expected: named,
      found: digest,
    }
  }
  if (!atHand.has(digest)) return notAtHand(digest)
  return time <= latest
    ? null
    : {
        detail: 'It is of a time that has not come yet.',
        expected: `not later than ${formatInstant(latest)}`,
        found: formatInstant(time),
      }
}

function notAtHand(digest: string): Reason {
  const expected = 'the credential with this digest, with its signature'
  return { detail: 'What it stamps is not at hand.', expected, found: digest }
}

/**
 * When each credential existed at the latest: by its own timestamp, or that of a credential which
 * names it by the digest of its bytes, for who signs a digest has the bytes.
 */
function existedBy(stamped: ReadonlyMap<string, number>, atHand: AtHand): Map<string, number> {
  const existed = new Map<string, number>()
  // The earliest first, so that each is reached at its earliest.
  for (const [digest, time] of [...stamped].sort(([, a], [, b]) => a - b)) {
    const waiting = [digest]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const secured = existed.has(next) ? undefined : atHand.get(next)
      if (secured === undefined) continue
      existed.set(next, time)
      waiting.push(...followedReferences(secured).map(({ reference }) => reference.digestMultibase))
    }
  }
  return existed
}

function unused({ pointer }: PresentedTimestamp, { detail, expected, found }: Reason): Finding {
  return finding('TIMESTAMP_UNUSED', { credential: '', pointer, detail, expected, found })
}
