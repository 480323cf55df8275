import { type Finding, finding } from '../findings/findings.ts'
import type { EffectivePolicy } from './policy.ts'

const INPUT = { credential: '', pointer: '' }

/** A policy that asks for no coverage takes a score of one percent for a score. */
export function coverageFindings({ overall }: EffectivePolicy): readonly Finding[] {
  if (overall.coverage !== undefined) return []
  const detail = 'Your policy sets no minimums.overall.coverage.'
  const what = { expected: 'minimums.overall.coverage in your policy', found: 'nothing' }
  return [finding('POLICY_NO_COVERAGE_MINIMUM', { ...INPUT, ...what, detail })]
}

/** A policy that believes signers when they signed. */
export function timeFindings({ acceptSelfAssertedTime }: EffectivePolicy): readonly Finding[] {
  if (!acceptSelfAssertedTime) return []
  const detail = 'Signing times are taken on the word of the signers.'
  const what = { expected: 'no acceptSelfAssertedTime in your policy', found: 'true' }
  return [finding('TIME_SELF_ASSERTED', { ...INPUT, ...what, detail })]
}
