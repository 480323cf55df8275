import type { FindingKind, Severity, Whose } from './finding-kind.ts'
import { FINDING_KINDS, type FindingCode } from './finding-kinds.ts'

/** One thing the verifier noticed: what, where, what it expected and found, and who mends it. */
export interface Finding {
  readonly code: FindingCode
  readonly severity: Severity
  /** The id of the credential it belongs to; empty when it belongs to the input as a whole. */
  readonly credential: string
  /** RFC 6901, from the root of that credential (or of the input). */
  readonly pointer: string
  readonly expected: string
  readonly found: string
  readonly detail: string
  readonly remedy: string
  readonly whose: Whose
}

/** Where and what of a finding; the rest comes from the table. */
export interface FindingDetails {
  readonly credential: string
  readonly pointer: string
  readonly detail: string
  readonly expected: string
  readonly found: string
  readonly severity?: Severity
  readonly remedy?: string
  readonly whose?: Whose
}

/**
 * A finding of a code, with the severity, remedy and responsibility of the table unless told
 * otherwise. Frozen, since it stands in many verdicts.
 */
export function finding(code: FindingCode, details: FindingDetails): Finding {
  const kind: FindingKind = FINDING_KINDS[code]
  return Object.freeze({
    code,
    severity: details.severity ?? kind.severity,
    credential: details.credential,
    pointer: details.pointer,
    expected: cut(details.expected),
    found: cut(details.found),
    detail: details.detail,
    remedy: details.remedy ?? kind.remedy,
    whose: details.whose ?? kind.whose,
  })
}

/** What stands in a finding comes from outside: it may be as long as the document. */
const LONGEST_TEXT = 1000

function cut(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT - 1)}…`
}

/** Whether nothing of it stands against acceptance: notes and warnings alone. */
export function isClean(findings: readonly Finding[]): boolean {
  return findings.every(({ severity }) => severity === 'note' || severity === 'warning')
}

/**
 * The findings of a refusal: there is always one, or nobody could tell why.
 *
 * @throws {Error} if there is none
 */
export function reasons(findings: readonly Finding[]): readonly [Finding, ...Finding[]] {
  const [first, ...others] = findings
  if (first === undefined) throw new Error('a refusal without a reason')
  return [first, ...others]
}

/** Values from outside in a line: the first few, and how many more there are. */
export function listed(values: readonly string[], separator = ', '): string {
  return values.length <= 8
    ? values.join(separator)
    : `${values.slice(0, 8).join(separator)} and ${values.length - 8} more`
}
