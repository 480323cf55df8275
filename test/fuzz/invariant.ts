import { isDeepStrictEqual } from 'node:util'
import {
  type ExplainedVerdict,
  FINDING_KINDS,
  type Finding,
  SEVERITIES,
} from '@battery-passport/verifier'
import type { Sent } from './bases.ts'
import { type View, viewOf } from './view.ts'

/**
 * What is wrong with an answer, whatever was asked; null where nothing is.
 *
 * @param views what may be relied on: those of the presentations that were issued
 */
export function faultOf(
  sent: Sent,
  answer: ExplainedVerdict,
  views: readonly View[],
): string | null {
  const { verdict, explanation } = answer
  const { outcome, score, findings } = verdict
  for (const each of findings) {
    const missing = missingPart(each)
    if (missing !== null) return `a finding ${each.code} without its ${missing}`
  }
  const has = (severity: string) => findings.some((each) => each.severity === severity)
  const expected = has('error') ? 'rejected' : has('unknown') ? 'indeterminate' : 'accepted'
  if (outcome !== expected) return `${outcome}, where its findings say ${expected}`
  if (outcome !== 'accepted') {
    return score === null && explanation === null ? null : `${outcome} with a score`
  }
  if (score === null || explanation === null) return 'accepted without a score'
  const view = viewOf(sent, answer)
  return views.some((each) => isDeepStrictEqual(each, view))
    ? null
    : 'accepted with a view that nobody issued'
}

function missingPart(each: Finding): string | null {
  if (!Object.hasOwn(FINDING_KINDS, each.code)) return 'code in the table'
  if (!SEVERITIES.includes(each.severity)) return 'severity'
  if (!/^(\/|$)/.test(each.pointer)) return 'pointer'
  if (typeof each.credential !== 'string') return 'credential'
  for (const part of ['expected', 'found', 'detail', 'remedy', 'whose'] as const) {
    if (typeof each[part] !== 'string' || each[part] === '') return part
  }
  return null
}
