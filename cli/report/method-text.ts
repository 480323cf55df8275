import type { Method } from '@battery-passport/rulebooks'
import { documentHead } from './document-head.ts'
import { percent } from './figures.ts'
import { fields, table } from './layout.ts'
import { plain } from './plain.ts'

/** A method as a page to read. */
export function methodText(method: Method, digestMultibase: string): string {
  const { pillars, gradeBands } = method
  return [
    ...documentHead(method, digestMultibase, [
      [
        'Pillars',
        Object.entries(pillars)
          .map(([pillar, weight]) => `${pillar} ${percent(weight)}`)
          .join(', '),
      ],
      ['Grades', plain(gradeBands.map(({ grade, from }) => `${grade} from ${from}`).join(', '))],
      ...(method.gradeCapIfBaselineNotMet === undefined
        ? []
        : [
            [
              'If a baseline is not met',
              plain(`at most ${method.gradeCapIfBaselineNotMet}`),
            ] as const,
          ]),
      ['Unlisted share forgiven by gates', percent(method.deMinimis)],
      ['Custody models', method.custodyModels.join(', ')],
      ['Periods end at most apart', `${method.maximumPeriodSpreadMonths} months`],
      ['Periods end at most before issue', `${method.maximumPeriodAgeMonths} months`],
      ['Facility ids', method.facilityIdScheme],
    ]),
    '',
    table(
      [
        { head: 'Rulebook' },
        { head: 'Version' },
        { head: 'Weight', align: 'right' },
        { head: 'Digest' },
      ],
      method.rulebooks.map((pin) => [
        pin.key,
        pin.version,
        percent(pin.weight),
        pin.digestMultibase,
      ]),
    ),
    ...Object.entries(method.chemistries).flatMap(([chemistry, { stages }]) => [
      '',
      chemistry,
      fields(
        stages.map(({ key: stage, materials }) => [
          stage,
          materials === 'none'
            ? 'not divided into materials'
            : materials.map((each) => `${each.key} ${percent(each.weight)}`).join(', '),
        ]),
      ),
    ]),
    '',
  ].join('\n')
}
