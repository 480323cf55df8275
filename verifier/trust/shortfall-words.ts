import { listed } from '../findings/findings.ts'
import type { ScopeGap, Shortfall } from './accreditation-scope.ts'

/** A shortfall as a finding says it. */
export interface ShortfallWords {
  /** The dimensions, and the entry that grants most. */
  readonly detail: string
  /** What the accreditation covers in each of them. */
  readonly expected: string
  /** What is outside. */
  readonly found: string
}

/** Says in which dimensions a scope falls short of what is asked for. */
export function shortfallWords({ entry, gaps }: Shortfall): ShortfallWords {
  const dimensions = gaps.map(({ dimension }) => dimension).join(', ')
  return {
    detail:
      entry === null
        ? 'No entry of the scope is for the rulebook.'
        : `Entry ${entry} of the scope comes nearest, and is short of: ${dimensions}.`,
    expected: words(gaps, ({ granted }) => granted),
    found: words(gaps, ({ ungranted }) => ungranted),
  }
}

function words(gaps: readonly ScopeGap[], values: (gap: ScopeGap) => readonly string[]): string {
  return gaps.map((gap) => `${gap.dimension} ${listed(values(gap), '/') || 'none'}`).join('; ')
}
