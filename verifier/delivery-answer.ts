import type { FindingCode } from './finding-kinds.ts'
import type { PassportVerdict } from './verdict.ts'
import { briefly, type VerdictInBrief } from './verdict-in-brief.ts'
import { verdictText } from './verdict-text.ts'
import type { DeliveryVerdict } from './verifier.ts'

/** How a verdict is told: what it comes to, or all of it as JSON text. */
export type AnswerForm = 'brief' | 'text'

/** A verdict on what was delivered, in a form that is quickly handed on or written. */
export interface DeliveryAnswer {
  readonly outcome: PassportVerdict['outcome']
  /** The codes of its findings, each once. */
  readonly codes: readonly FindingCode[]
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
    codes: [...new Set(verdict.findings.map(({ code }) => code))],
    battery,
    brief: form === 'brief' ? briefly(verdict) : null,
    text: form === 'text' ? verdictText(verdict) : null,
  }
}
