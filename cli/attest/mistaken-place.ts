import type { Rulebook } from '@battery-passport/rulebooks'
import type { Complaint } from '../errors.ts'
import type { EngagementForm } from '../forms/engagement.ts'
import { placeIn } from '../input/read-document.ts'
import type { StageVocabulary } from '../stages/stage-vocabulary.ts'
import { type MistakenActivities, mistakenActivities } from './mistaken-activities.ts'
import type { SourcedResult } from './sourced-result.ts'

/**
 * One mistake that would make every answer wrong, named once where it was made: a stage or material
 * that is mistyped, or results for another rulebook.
 */
export function mistakenPlace(
  rulebook: Rulebook,
  { subject }: EngagementForm,
  about: {
    readonly engagement: string
    readonly sources: readonly SourcedResult[]
    readonly vocabulary: StageVocabulary
  },
): MistakenActivities {
  const { engagement, sources, vocabulary } = about
  const activities = subject.type === 'Facility' ? subject.activities : []
  const mistaken = mistakenActivities(rulebook, activities, {
    vocabulary,
    place: (index, member) => placeIn(engagement, `/subject/activities/${index}/${member}`),
  })
  const { complaints, warnings } = mistaken
  const [first] = sources
  const ids = rulebook.indicators.map(({ id }) => id)
  if (first === undefined || sources.some(({ input }) => ids.includes(input.indicator))) {
    return mistaken
  }
  // A lone answer is likelier mistyped, which is said with its row.
  if (sources.length === 1) return mistaken
  const name = `${rulebook.key} ${rulebook.version}`
  const another: Complaint = {
    what: `These are results for another rulebook than ${name}: it has none of the indicators.`,
    where: first.place('indicator'),
    expected: `indicators of ${name}, such as ${ids[0] ?? ''}`,
    found: `${first.input.indicator} and ${sources.length - 1} more`,
    remedy: 'Give the results of this engagement, or correct its rulebook.',
  }
  return { complaints: [...complaints, another], warnings }
}
