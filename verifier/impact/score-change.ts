import type { Score } from '@battery-passport/contexts'

/** How the bounds of a score differ: after minus before, in basis points. */
export interface IntervalChange {
  readonly value: number
  readonly upper: number
}

/** How a score differs from what it was: after minus before, in basis points, without rounding. */
export interface ScoreChange extends IntervalChange {
  readonly coverage: number
  /** Null: it is the same. */
  readonly grade: { readonly before: string; readonly after: string } | null
  readonly pillars: Readonly<Record<keyof Score['pillars'], IntervalChange>>
  /** The rulebooks whose line is another; a line that one of the two lacks is counted as 0. */
  readonly rulebooks: readonly RulebookChange[]
}

/** How the line of a rulebook differs. */
export interface RulebookChange extends IntervalChange {
  readonly key: string
  readonly coverage: number
}

/** How one score differs from another; null: nothing of it does. */
export function scoreChange(before: Score, after: Score): ScoreChange | null {
  if (JSON.stringify(before) === JSON.stringify(after)) return null
  const { environment, social, governance } = before.pillars
  return {
    ...intervalChange(before, after),
    coverage: after.coverage - before.coverage,
    grade: before.grade === after.grade ? null : { before: before.grade, after: after.grade },
    pillars: {
      environment: intervalChange(environment, after.pillars.environment),
      social: intervalChange(social, after.pillars.social),
      governance: intervalChange(governance, after.pillars.governance),
    },
    rulebooks: rulebookChanges(before, after),
  }
}

type Interval = Score['pillars']['environment']
type Line = Score['rulebooks'][number]

function intervalChange(before: Interval, after: Interval): IntervalChange {
  return { value: after.value - before.value, upper: after.upper - before.upper }
}

function rulebookChanges(before: Score, after: Score): RulebookChange[] {
  const keys = new Set([...before.rulebooks, ...after.rulebooks].map(({ key }) => key))
  return [...keys].flatMap((key) => {
    const [then, now] = [lineOf(before, key), lineOf(after, key)]
    if (JSON.stringify(then) === JSON.stringify(now)) return []
    return [{ key, ...intervalChange(then, now), coverage: now.coverage - then.coverage }]
  })
}

function lineOf({ rulebooks }: Score, key: string): Pick<Line, 'value' | 'upper' | 'coverage'> {
  return rulebooks.find((line) => line.key === key) ?? { value: 0, upper: 0, coverage: 0 }
}
