import type { Score } from '@battery-passport/contexts'
import { type Finding, reasons } from './findings/findings.ts'

/** The version of the verdict's form. */
export const VERDICT_VERSION = '1.0.0'

declare const accepted: unique symbol

/** A score that was recomputed from a chain without errors or unknowns. Only the last step makes one. */
export type AcceptedScore = Score & { readonly [accepted]: true }

/** What one credential adds to the verdict, with its own result. */
export interface ChainLink {
  readonly credential: string
  readonly type: string
  readonly issuer: string
  /** RFC 6901 in the input; `/with/N` for credentials that were added. */
  readonly pointer: string
  readonly digestMultibase: string
  readonly result: 'passed' | 'failed' | 'unknown' | 'unused'
  /** The credentials it rests on, by id. */
  readonly restsOn: readonly string[]
  readonly validFrom?: string
  readonly validUntil?: string
  readonly signedAt?: string
}

/** Every credential that was looked at, the passport first. */
export type CredentialChain = readonly ChainLink[]

interface VerdictFrame {
  readonly version: typeof VERDICT_VERSION
  /** The instant asked for, RFC 3339. */
  readonly at: string
  /** Not withdrawn as of this instant: the oldest status list used. */
  readonly statusAsOf?: string
  readonly input: { readonly digestMultibase: string }
  readonly policy: { readonly digestMultibase: string }
  readonly chain: CredentialChain
}

/** The answer to "may this score be relied on": a union, never a boolean. */
export type PassportVerdict = VerdictFrame &
  (
    | {
        readonly outcome: 'accepted'
        readonly score: AcceptedScore
        readonly findings: readonly Finding[]
      }
    | {
        readonly outcome: 'rejected' | 'indeterminate'
        readonly score: null
        readonly findings: readonly [Finding, ...Finding[]]
      }
  )

/** The answer about one credential and what it rests on; it never carries a score. */
export type CredentialVerdict = VerdictFrame & {
  readonly outcome: 'accepted' | 'rejected' | 'indeterminate'
  readonly findings: readonly Finding[]
}

/**
 * What a verdict comes to that has no score: never accepted, and never without a reason.
 *
 * @throws {Error} if nothing of the findings stands against acceptance
 */
export function withoutScore(findings: readonly Finding[]) {
  const outcome = outcomeOf(findings)
  if (outcome === 'accepted') throw new Error('a verdict without a score, and without a reason')
  return { outcome, score: null, findings: reasons(findings) }
}

/** Any error rejects; no error but an unknown leaves open; else accepted. */
export function outcomeOf(findings: readonly Finding[]): PassportVerdict['outcome'] {
  if (findings.some(({ severity }) => severity === 'error')) return 'rejected'
  if (findings.some(({ severity }) => severity === 'unknown')) return 'indeterminate'
  return 'accepted'
}
