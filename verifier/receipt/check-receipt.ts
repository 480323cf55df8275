import {
  formatInstant,
  parseInstant,
  preview,
  type VerificationReceipt,
} from '@battery-passport/contexts'
import { BoundedCache, didKeyResolver, type PublicKey, type Resolver } from '@battery-passport/keys'
import type { Finding } from '../findings/findings.ts'
import type { Clock } from '../inquiry.ts'
import { assertBytes, assertEffective, secondsOf } from '../policy/caller-faults.ts'
import { pinnedResolver } from '../policy/pinned-did-documents.ts'
import { authenticate } from '../proof/authenticity.ts'
import { NO_TIMES } from '../proof/trusted-time.ts'
import { instant } from '../reading/calendar.ts'
import { validityFindings } from '../time/validity.ts'
import { readReceipt } from './read-receipt.ts'
import {
  type ReceiptExpectations,
  type ReceiptFinding,
  receiptFindings,
} from './receipt-findings.ts'

/** What a receipt is asked for. */
export interface ReceiptQuestion extends ReceiptExpectations {
  readonly clock: Clock
  /** The instant to judge at, RFC 3339 with `Z`; default: the clock. */
  readonly at?: string
  /** Default: did:key only, and what the policy pins. */
  readonly resolver?: Resolver
  /** The DID documents that the policy names by a file, as parsed JSON. */
  readonly didDocuments?: readonly unknown[]
}

/** Whether a receipt can be relied on, by who trusts its issuer. Its score is what the signer accepted, never an `AcceptedScore`. */
export type ReceiptCheck =
  | {
      readonly holds: true
      readonly at: string
      readonly receipt: VerificationReceipt
      readonly findings: readonly []
    }
  | {
      readonly holds: false
      readonly at: string
      /** Null where it cannot be read. */
      readonly receipt: VerificationReceipt | null
      readonly findings: readonly [ReceiptFinding, ...ReceiptFinding[]]
    }

/** Signers, and clocks, differ by no more. */
const CLOCK_SKEW = 60

/**
 * Whether a receipt holds: signed by the verifier that is expected, with a sound key, in force, and
 * about what is asked. Never throws for a bad receipt.
 *
 * @throws {TypeError} for a programmer's mistake: no bytes, no instant, no policy that was checked,
 *   no verifier to expect
 */
export async function checkReceipt(
  bytes: Uint8Array,
  question: ReceiptQuestion,
): Promise<ReceiptCheck> {
  assertBytes(bytes, 'bytes')
  assertIssuer(question.expectIssuer)
  const now = secondsOf(question.clock)
  const asked = question.at === undefined ? now : parseInstant(question.at)
  if (question.policy !== undefined) assertEffective(question.policy)
  if (asked === null) throw new TypeError(`at: expected RFC 3339 with Z, found ${question.at}`)
  const at = formatInstant(asked)
  const reading = readReceipt(bytes)
  if (!reading.ok) return { holds: false, at, receipt: null, findings: reading.findings }
  const { receipt, signed } = reading
  const policy = question.policy ?? null
  const others = question.resolver ?? didKeyResolver()
  const resolver =
    policy === null
      ? others
      : pinnedResolver(policy.didDocuments, question.didDocuments ?? [], others)
  const inquiry = {
    // Whoever has a key that was revoked could date a receipt back: nothing in the past cures that.
    at: Math.max(asked, now),
    resolver,
    authentications: new Map(),
    times: NO_TIMES,
    memory: { proofs: new BoundedCache<PublicKey>(1) },
    policy: {
      proofForms: new Set(['eddsa-jcs-2022'] as const),
      clockSkew: policy?.clockSkew ?? CLOCK_SKEW,
      distrust: policy?.distrust ?? [],
      acceptSelfAssertedTime: false,
    },
  }
  const authentic = await authenticate(signed, inquiry, now)
  const { id, validFrom, validUntil } = receipt
  const validity = { from: instant(validFrom), until: instant(validUntil) }
  const [first, ...more] = [
    ...(authentic.ok ? authentic.doubts : authentic.findings),
    ...validityFindings(
      { id, credential: receipt, validity },
      asked,
      `at ${at}`,
      inquiry.policy.clockSkew,
    ).map(outOfTime),
    ...receiptFindings(receipt, question),
  ]
  return first === undefined
    ? { holds: true, at, receipt, findings: [] }
    : { holds: false, at, receipt, findings: [first, ...more] }
}

/** Anybody can sign a receipt: one that holds whoever signed it would be worth nothing. */
function assertIssuer(expected: string): void {
  if (typeof expected === 'string' && expected !== '') return
  const words = 'the DID of the verifier you trust, since anybody can sign a receipt'
  throw new TypeError(`expectIssuer: expected ${words}, found ${preview(expected)}`)
}

function outOfTime(found: Finding): Finding {
  const remedy = 'Verify the passport again: a receipt lasts no longer than what it rests on.'
  return found.code === 'SCHEMA' ? found : { ...found, remedy, whose: 'verifier' }
}
