import { SEVERITIES, type Severity } from '../findings/finding-kind.ts'
import type { FindingCode } from '../findings/finding-kinds.ts'
import type { Finding } from '../findings/findings.ts'
import type { PassportVerdict } from '../verdict.ts'
import type { DeliveryVerdict } from '../verifier.ts'
import { briefly, type VerdictInBrief } from './verdict-in-brief.ts'
import { verdictText } from './verdict-text.ts'

/** How a verdict is told: what it comes to, or all of it as JSON text. */
export type AnswerForm = 'brief' | 'text'

/** A code among the findings of a verdict, with the worst severity it has there. */
export interface FoundCode {
  readonly code: FindingCode
  readonly severity: Severity
}

/** A verdict on what was delivered, in a form that is quickly handed on or written. */
export interface DeliveryAnswer {
  readonly outcome: PassportVerdict['outcome']
  /** The codes of its findings, each once. */
  readonly codes: readonly FoundCode[]
  /** The id of the battery in the passport, whatever the verdict; null if no passport can be read. */
  readonly battery: string | null
  /** Null unless it was asked for. */
  readonly brief: VerdictInBrief | null
  /** The verdict as `JSON.stringify` writes it; null unless it was asked for. */
  readonly text: string | null
}

/** A verdict on what was delivered, in one of the forms. */
export function answerOf({ verdict, battery }: DeliveryVerdict, form: AnswerForm): DeliveryAnswer {
  return {
    outcome: verdict.outcome,
    codes: codesOf(verdict.findings),
    battery,
    brief: form === 'brief' ? briefly(verdict) : null,
    text: form === 'text' ? verdictText(verdict) : null,
  }
}

function codesOf(findings: readonly Finding[]): FoundCode[] {
  const worst = new Map<FindingCode, Severity>()
  for (const { code, severity } of findings) {
    const known = worst.get(code)
    if (known === undefined || SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(known)) {
      worst.set(code, severity)
    }
  }
  return [...worst].map(([code, severity]) => ({ code, severity }))
}
