import type { Score } from '@battery-passport/contexts'

/** One thing in which two scores differ; `pointer` (RFC 6901) is from the score object. */
export interface ScoreDifference {
  readonly pointer: string
  readonly a: string
  readonly b: string
}

/** How two scores stand to each other, or why they must not be compared. */
export type Comparison =
  | {
      readonly outcome: 'compared'
      /** How `a` stands to `b`. Undecided: what is unknown could still turn it either way. */
      readonly relation: 'higher' | 'lower' | 'undecided'
      /** Differences that do not forbid the comparison, to be stated with it: the periods. */
      readonly notes: readonly ScoreDifference[]
    }
  | {
      readonly outcome: 'refused'
      readonly differences: readonly [ScoreDifference, ...ScoreDifference[]]
    }

/**
 * Compares two scores made by one method, from the same rulebooks, for the same kind of battery, and
 * refuses any other comparison, naming what differs.
 */
export function compare(a: Score, b: Score): Comparison {
  const [first, ...more] = [
    ...differences(a, b, (score) => [
      ['/method/key', score.method.key],
      ['/method/version', score.method.version],
      ['/method/digestMultibase', score.method.digestMultibase],
      ['/scope/granularity', score.scope.granularity],
      ['/scope/category', score.scope.category],
      ['/scope/chemistry', score.scope.chemistry],
      ['/scope/rulebookStatus', score.scope.rulebookStatus],
      ['/rulebooks', String(score.rulebooks.length)],
      ...score.rulebooks.flatMap(({ key, version, digestMultibase }, i): Field[] => [
        [`/rulebooks/${i}/key`, key],
        [`/rulebooks/${i}/version`, version],
        [`/rulebooks/${i}/digestMultibase`, digestMultibase],
      ]),
    ]),
  ]
  if (first !== undefined) return { outcome: 'refused', differences: [first, ...more] }
  const relation = a.value > b.upper ? 'higher' : a.upper < b.value ? 'lower' : 'undecided'
  const notes = differences(a, b, ({ scope }) => [
    ['/scope/periodFrom', scope.periodFrom],
    ['/scope/periodUntil', scope.periodUntil],
  ])
  return { outcome: 'compared', relation, notes }
}

type Field = readonly [pointer: string, value: string]

function differences(
  a: Score,
  b: Score,
  fields: (score: Score) => readonly Field[],
): ScoreDifference[] {
  const inA = new Map(fields(a))
  const inB = new Map(fields(b))
  return [...new Set([...inA.keys(), ...inB.keys()])].flatMap((pointer) => {
    const [left, right] = [inA.get(pointer), inB.get(pointer)]
    return left === right ? [] : [{ pointer, a: left ?? 'nothing', b: right ?? 'nothing' }]
  })
}
