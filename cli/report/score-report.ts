import type { Score } from '@battery-passport/contexts'
import { percent, points } from './figures.ts'
import { fields, table, wrap } from './layout.ts'
import { plain } from './plain.ts'

const SHARES: Readonly<Record<Score['shareAssurance'], string>> = {
  none: 'none: who supplies which share is the word of the manufacturer alone',
  limited: 'limited: the shares of the supply chain are attested, at limited assurance or better',
  reasonable: 'reasonable: the shares of the supply chain are attested at reasonable assurance',
}

/** A score with its context: it means nothing without the interval, the coverage and the method. */
export function scoreReport(score: Score): string {
  const { assuranceMix: mix, baseline, method, pillars, scope } = score
  const interval = ({ value, upper }: { value: number; upper: number }) =>
    value === upper ? points(value) : `${points(value)} to ${points(upper)}`
  return [
    fields([
      [
        'Score',
        score.value === score.upper
          ? `${points(score.value)} of 100; nothing asked is unknown`
          : `${points(score.value)} of 100; up to ${points(score.upper)} if everything unknown were at its best`,
      ],
      ['Grade', plain(score.grade)],
      [
        'Coverage',
        `${percent(score.coverage)} of what is asked is known; ${percent(score.notApplicable)} does not apply`,
      ],
      [
        'Assurance',
        `${percent(mix.reasonable)} at reasonable, ${percent(mix.limited)} at limited level, ${percent(mix.none)} without`,
      ],
      ['Shares', SHARES[score.shareAssurance]],
      [
        'Baseline',
        `${percent(baseline.met)} of what is asked and applies is a baseline expectation known to be met, ${percent(baseline.notMet)} one known not to be met`,
      ],
      [
        'Pillars',
        `environment ${interval(pillars.environment)}; social ${interval(pillars.social)}; governance ${interval(pillars.governance)}`,
      ],
      ['Method', plain(`${method.key} ${method.version}, ${scope.rulebookStatus} rulebooks`)],
      [
        'Battery',
        plain(
          `${scope.category}, ${scope.chemistry}, ${scope.granularity}; reporting periods ${scope.periodFrom} to ${scope.periodUntil}`,
        ),
      ],
    ]),
    '',
    rulebookTable(score),
    ...gateLines(score),
  ].join('\n')
}

function rulebookTable({ rulebooks }: Score): string {
  return table(
    [
      { head: 'Rulebook' },
      { head: 'Score', align: 'right' },
      { head: 'up to', align: 'right' },
      { head: 'Coverage', align: 'right' },
      { head: 'Reasonable', align: 'right' },
      { head: 'Limited', align: 'right' },
      { head: 'Capped' },
    ],
    rulebooks.map(({ key, version, value, upper, coverage, assuranceMix, capped, mayBeCapped }) => [
      plain(`${key} ${version}`),
      points(value),
      points(upper),
      percent(coverage),
      percent(assuranceMix.reasonable),
      percent(assuranceMix.limited),
      capped.length > 0 ? 'yes' : mayBeCapped.length > 0 ? 'perhaps' : 'no',
    ]),
  )
}

/** Which gates hold the score down, or would if what is unknown turned out badly. */
function gateLines({ rulebooks }: Score): string[] {
  return rulebooks.flatMap(({ key, capped, mayBeCapped }) => [
    ...(capped.length > 0
      ? [
          wrap(
            plain(`${key}: capped, because zero tolerance is not met by ${capped.join(', ')}.`),
            '  ',
            '    ',
          ),
        ]
      : []),
    ...(mayBeCapped.length > 0
      ? [
          wrap(
            plain(
              `${key}: perhaps capped: it is not known everywhere that zero tolerance is met by ${mayBeCapped.join(', ')}.`,
            ),
            '  ',
            '    ',
          ),
        ]
      : []),
  ])
}
