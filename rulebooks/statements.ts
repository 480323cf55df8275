import type { AttestedAnswers } from './evaluation-input.ts'
import type { Fault } from './fault.ts'
import { siteKey } from './site-key.ts'

/** Finds what was attested about a subject, an activity and a rulebook: at most one statement. */
export interface StatementIndex {
  /** `facility` null is the battery; `place` is the activity's site key. */
  find(rulebook: string, facility: string | null, place: string): AttestedAnswers | null
}

/**
 * Indexes the statements, and names each that speaks of a (subject, activity, rulebook) of which an
 * earlier one already speaks: a choice between two would let a holder pick the better.
 */
export function indexStatements(statements: readonly AttestedAnswers[]): {
  readonly index: StatementIndex
  readonly conflicts: readonly Fault[]
} {
  const byKey = new Map<string, { readonly statement: AttestedAnswers; readonly at: number }>()
  const conflicts: Fault[] = []
  for (const [at, statement] of statements.entries()) {
    const { subject, rulebook, activities } = statement
    const facility = subject.type === 'Facility' ? subject.facility : null
    for (const [i, { stage, material }] of activities.entries()) {
      const place = siteKey(stage, material)
      const earlier = byKey.get(keyOf(rulebook, facility, place))
      if (earlier === undefined) {
        byKey.set(keyOf(rulebook, facility, place), { statement, at })
      } else if (earlier.statement !== statement) {
        conflicts.push({
          pointer: `/${at}/activities/${i}`,
          expected: 'one attestation for a subject, activity and rulebook',
          found: `${statement.credential} beside ${earlier.statement.credential}`,
          detail: `Statement ${earlier.at} already speaks of ${facility ?? 'the battery'} at ${place} under ${rulebook}.`,
          remedy: 'Reference only the one the passport shall rest on.',
        })
      }
    }
  }
  const index = {
    find: (rulebook: string, facility: string | null, place: string) =>
      byKey.get(keyOf(rulebook, facility, place))?.statement ?? null,
  }
  return { index, conflicts }
}

function keyOf(rulebook: string, facility: string | null, place: string): string {
  return `${rulebook} ${place} ${facility ?? ''}`
}
