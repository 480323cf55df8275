import { digestMultibase, formatInstant, parseInstant } from '@battery-passport/contexts'
import { type Finding, finding } from './findings/findings.ts'
import type { Clock, Inquiry } from './inquiry.ts'
import type { PreparedCredentials } from './memory/prepared-credentials.ts'
import { assertBytes, secondsOf } from './policy/caller-faults.ts'
import { provenTimes } from './proof/trusted-time.ts'
import { type DecodedInput, decodeInput } from './reading/decode.ts'
import { joinDocuments } from './reading/documents.ts'
import type { Limits } from './reading/limits.ts'
import { Report } from './report.ts'
import { decodedLists } from './status/decoded-lists.ts'
import { type PassportVerdict, VERDICT_VERSION } from './verdict.ts'

/** A verification that was begun: what it is of, what it asks of, and what it has found so far. */
export interface Begun {
  readonly frame: Pick<PassportVerdict, 'version' | 'at' | 'input' | 'policy'>
  readonly input: DecodedInput
  readonly inquiry: Inquiry
  readonly report: Report
}

/**
 * Steps 1 and 2 of any verification: bytes to documents, and what timestamps prove of them. The clock
 * is asked before anything is waited for.
 *
 * @param asked the instant to judge at, RFC 3339; undefined: the clock
 */
export async function beginVerification(
  bytes: Uint8Array,
  asked: string | undefined,
  added: PreparedCredentials,
  rest: Pick<Inquiry, 'policy' | 'resolver' | 'memory' | 'seen' | 'supposed'> & {
    readonly clock: Clock
  },
): Promise<Begun> {
  assertBytes(bytes, 'bytes')
  const now = secondsOf(rest.clock)
  const at = asked === undefined ? now : parseInstant(asked)
  if (at === null) throw new TypeError(`at: expected RFC 3339 with Z, found ${asked}`)
  const { limits } = rest.policy
  const input = decodeInput(bytes, limits, '', rest.memory.documents)
  const report = new Report()
  for (const { findings } of [input, added]) report.add(findings)
  if (isTimestampAlone(input)) report.add([timestampAlone()])
  const documents = joinDocuments(input.documents, added.documents, limits)
  const asking = { policy: rest.policy, memory: rest.memory, now, documents }
  const proven = await provenTimes([...input.timestamps, ...added.timestamps], asking)
  report.add(proven.findings)
  const inquiry: Inquiry = {
    ...asking,
    at,
    resolver: rest.resolver,
    authentications: new Map(),
    lists: decodedLists(rest.memory.bitstrings),
    times: proven.times,
    seen: rest.seen,
    supposed: rest.supposed,
  }
  report.add(inquiry.documents.crowded.map((id) => crowdedFinding(id, limits)))
  const frame = {
    version: VERDICT_VERSION,
    at: formatInstant(at),
    input: { digestMultibase: digestMultibase(bytes) },
    policy: { digestMultibase: rest.policy.digestMultibase },
  } as const
  return { frame, input, inquiry, report }
}

function isTimestampAlone({ documents, findings, timestamps }: DecodedInput): boolean {
  return documents.length + findings.length === 0 && timestamps.length > 0
}

function timestampAlone(): Finding {
  return finding('SCHEMA', {
    credential: '',
    pointer: '',
    detail: 'The input is a timestamp, and no credential.',
    expected: 'what it stamps',
    found: 'a timestamp',
    whose: 'holder',
    remedy: 'Send the credential, and the timestamp beside it.',
  })
}

/** Each referring credential would ask every one of them: that must not grow with the product. */
function crowdedFinding(id: string, { documentsOfOneId }: Limits): Finding {
  return finding('LIMIT_EXCEEDED', {
    credential: id,
    pointer: '',
    detail: 'Too many different documents have this id.',
    expected: `at most ${documentsOfOneId}`,
    found: 'more',
    whose: 'holder',
    remedy: 'Send each credential once, and the newest status lists alone.',
  })
}

/** What was found in the end: with the instant, where it is another than now, and what was not used. */
export function conclude(
  report: Report,
  { at, now, policy, documents }: Inquiry,
): readonly Finding[] {
  if (Math.abs(at - now) > policy.clockSkew) {
    report.add([
      finding('HISTORICAL', {
        credential: '',
        pointer: '',
        detail: 'The verdict is for another instant than now.',
        expected: formatInstant(now),
        found: formatInstant(at),
      }),
    ])
  }
  report.addUnused(documents.all)
  return report.findings
}
