import { nearest } from '@battery-passport/contexts'
import { type Rulebook, SHIPPED_METHODS } from '@battery-passport/rulebooks'
import type { Complaint } from '../errors.ts'
import type { EngagementForm } from '../forms/engagement.ts'
import { placeIn } from '../input/read-document.ts'
import type { SourcedResult } from './sourced-result.ts'

/** Every stage that a shipped method knows. */
const METHOD_STAGES: ReadonlySet<string> = new Set(
  SHIPPED_METHODS.flatMap(({ chemistries }) =>
    Object.values(chemistries).flatMap(({ stages }) => stages.map(({ key }) => key)),
  ),
)

/**
 * One mistake that would make every answer wrong, named once where it was made: a stage or material
 * that the rulebook does not have, or results for another rulebook.
 */
export function mistakenPlace(
  rulebook: Rulebook,
  { subject }: EngagementForm,
  about: { readonly engagement: string; readonly sources: readonly SourcedResult[] },
): readonly Complaint[] {
  const { engagement, sources } = about
  const activities = subject.type === 'Facility' ? subject.activities : []
  const stages = [...new Set(rulebook.indicators.flatMap((each) => each.stages))]
  // A facility may do things of which this rulebook asks nothing, but not nothing else.
  const isAsked = activities.length === 0 || activities.some(({ stage }) => stages.includes(stage))
  const complaints = activities.flatMap(({ stage }, index) => {
    if (stages.includes(stage) || (isAsked && METHOD_STAGES.has(stage))) return []
    if (isAsked && nearest(stage, [...stages, ...METHOD_STAGES]) === undefined) return []
    return [unknownStage(stage, stages, placeIn(engagement, `/subject/activities/${index}/stage`))]
  })
  const [first] = sources
  const ids = rulebook.indicators.map(({ id }) => id)
  if (first === undefined || sources.some(({ input }) => ids.includes(input.indicator))) {
    return complaints
  }
  // A lone answer is likelier mistyped, which is said with its row.
  if (sources.length === 1) return complaints
  const name = `${rulebook.key} ${rulebook.version}`
  return [
    ...complaints,
    {
      what: `These are results for another rulebook than ${name}: it has none of the indicators.`,
      where: first.place('indicator'),
      expected: `indicators of ${name}, such as ${ids[0] ?? ''}`,
      found: `${first.input.indicator} and ${sources.length - 1} more`,
      remedy: 'Give the results of this engagement, or correct its rulebook.',
    },
  ]
}

function unknownStage(found: string, known: readonly string[], where: string): Complaint {
  const meant = nearest(found, known)
  return {
    what: `The rulebook asks nothing of a stage "${found}".`,
    where,
    expected: `one of ${known.join(', ')}`,
    found,
    remedy: meant === undefined ? 'Write one of these.' : `Write ${meant} if that is meant.`,
  }
}
