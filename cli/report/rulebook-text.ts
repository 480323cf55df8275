import type { Indicator, Rulebook } from '@battery-passport/rulebooks'
import { documentHead } from './document-head.ts'
import { percent } from './figures.ts'
import { fields, table, wrap } from './layout.ts'
import { plain } from './plain.ts'

/** A rulebook as a page to read. */
export function rulebookText(rulebook: Rulebook, digestMultibase: string): string {
  const { indicators } = rulebook
  return [
    ...documentHead(rulebook, digestMultibase, [
      ['Subjects', rulebook.subjectTypes.join(', ')],
      ['Shortest period', `${rulebook.minimumPeriodMonths} months`],
      ['Longest validity of a statement', `${rulebook.maximumValidityMonths} months`],
      [
        'Stages',
        Object.entries(rulebook.stageWeights)
          .map(([stage, weight]) => `${stage} ${percent(weight)}`)
          .join(', '),
      ],
    ]),
    '',
    table(
      [
        { head: 'Indicator' },
        { head: 'Pillar' },
        { head: 'Tier' },
        { head: 'Weight', align: 'right' },
        { head: 'Kind' },
        { head: 'Gate' },
      ],
      indicators.map(({ id, pillar, tier, weight, kind, gate }) => [
        id,
        pillar,
        tier,
        percent(weight),
        kind,
        gate === undefined ? '' : gate.level,
      ]),
    ),
    ...indicators.flatMap((indicator) => ['', indicatorText(indicator)]),
    '',
  ].join('\n')
}

function indicatorText(indicator: Indicator): string {
  const { id, text, stages, materials, level, gate, equivalences = [] } = indicator
  const places = materials === undefined ? '' : `, only for ${materials.join(', ')}`
  return [
    id,
    wrap(plain(text), '  '),
    fields([
      [
        'Asked of',
        level === 'product' ? 'the battery' : `facilities: ${stages.join(', ')}${places}`,
      ],
      ['Worth', plain(worth(indicator))],
      [
        'Counts with',
        `${indicator.minimumAssurance === 'none' ? 'or without' : `at least ${indicator.minimumAssurance}`} assurance, evidence ${indicator.evidenceRequired ? 'required' : 'not required'}`,
      ],
      ...(gate === undefined ? [] : [['Zero tolerance', gateText(gate)] as const]),
      ...(indicator.notApplicableWhen.length === 0
        ? []
        : [['Not applicable', indicator.notApplicableWhen.join(', ')] as const]),
      ...equivalences.map(
        ({ standard, editions, points, minimumLevel }) =>
          [
            'Stands in',
            plain(
              `${standard}, ${editions.join(' or ')}, at least ${minimumLevel}: worth ${points}`,
            ),
          ] as const,
      ),
      [
        'Rests on',
        plain(indicator.basis.map(({ norm, clause }) => `${norm}, ${clause}`).join('; ')),
      ],
    ]),
  ].join('\n')
}

function worth({ points, unit }: Indicator): string {
  if (!Array.isArray(points)) {
    return Object.entries(points)
      .map(([answer, value]) => `${answer} ${value}`)
      .join(', ')
  }
  const bands = points.map(({ below, points: value }) =>
    below === undefined ? `else ${value}` : `below ${below} ${value}`,
  )
  return `${bands.join(', ')}${unit === undefined ? '' : ` (${unit})`}`
}

function gateText({ when, cap, level }: NonNullable<Indicator['gate']>): string {
  const met = 'atLeast' in when ? `at least ${when.atLeast}` : when.join(' or ')
  const capped = level === 'facility' ? 'the facility' : 'the whole rulebook'
  return `while the answer is ${met}, ${capped} is worth at most ${cap}`
}
