import { type Activity, nearest } from '@battery-passport/contexts'
import type { Rulebook } from '@battery-passport/rulebooks'
import type { Complaint } from '../errors.ts'
import { type Misplaced, misplaced } from '../stages/misplaced.ts'
import type { StageVocabulary } from '../stages/stage-vocabulary.ts'

/** Activities that must be mistyped, and those that no method at hand would count. */
export interface MistakenActivities {
  readonly complaints: readonly Complaint[]
  readonly warnings: readonly Complaint[]
}

/**
 * Looks for what a facility is said to do in the rulebook and among what the methods at hand know.
 * A stage of which the rulebook asks nothing may stand beside others; what is nearly a known name is
 * refused, for the answers would be signed and never count; what is like none may be of a method that
 * is not at hand, and is warned of.
 *
 * @param place names a member of the activity with an index
 */
export function mistakenActivities(
  rulebook: Rulebook,
  activities: readonly Activity[],
  {
    vocabulary,
    place,
  }: {
    readonly vocabulary: StageVocabulary
    readonly place: (index: number, member: Misplaced['member']) => string
  },
): MistakenActivities {
  const stages = [...new Set(rulebook.indicators.flatMap((each) => each.stages))]
  const isAsked = activities.some(({ stage }) => stages.includes(stage))
  const complaints: Complaint[] = []
  const warnings: Complaint[] = []
  for (const [index, activity] of activities.entries()) {
    const { stage } = activity
    const isKnown = vocabulary.has(stage)
    if (!stages.includes(stage) && !(isAsked && isKnown)) {
      const meant = nearest(stage, [...stages, ...vocabulary.keys()])
      const unknown = unknownStage(stage, stages, meant, place(index, 'stage'))
      if (isAsked && meant === undefined) warnings.push(unknown)
      else complaints.push(unknown)
      continue
    }
    const fault = isKnown ? misplaced(vocabulary, activity) : null
    if (fault === null) continue
    const unknown = unknownMaterial(stage, fault, place(index, fault.member))
    if (fault.meant === undefined) warnings.push(unknown)
    else complaints.push(unknown)
  }
  return { complaints, warnings }
}

function unknownStage(
  found: string,
  known: readonly string[],
  meant: string | undefined,
  where: string,
): Complaint {
  return {
    what: `The rulebook asks nothing of a stage "${found}".`,
    where,
    expected: `one of ${known.join(', ')}`,
    found,
    remedy: meant === undefined ? 'Write one of these.' : `Write ${meant} if that is meant.`,
  }
}

function unknownMaterial(
  stage: string,
  { expected, found, meant }: Misplaced,
  where: string,
): Complaint {
  const own = 'a method of your own is read with --rulebooks DIR'
  return {
    what: `No method at hand counts ${stage} with this material.`,
    where,
    expected,
    found,
    remedy:
      meant === undefined
        ? `Correct it, or nothing that is answered of it will count; ${own}.`
        : `Write ${meant} if that is meant; ${own}.`,
  }
}
