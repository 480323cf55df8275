import assert from 'node:assert/strict'
import type { Result, Score, SupplyChainRow } from '@battery-passport/contexts'
import type {
  AttestedAnswers,
  Gate,
  Indicator,
  Method,
  Rulebook,
} from '@battery-passport/rulebooks'
import {
  answer,
  attested,
  evaluated,
  indicator,
  interval,
  load,
  row,
  rulebook,
} from './support/build.ts'

/**
 * Every rule of scoring worked by hand: the arithmetic stands in the comment, the code must agree.
 * Where nothing else is said there is one stage (cell) with one facility at share 10000, answering
 * booleans worth 10000 or 0.
 */
interface Golden {
  readonly rule: string
  readonly indicators: readonly Indicator[]
  readonly book?: Partial<Rulebook>
  readonly method?: Partial<Method>
  readonly rows?: readonly SupplyChainRow[]
  readonly statements: readonly AttestedAnswers[]
  readonly expect: (score: Score) => unknown
  readonly is: unknown
}

/** Three quarters and one quarter. */
const heavy = (overrides: Partial<Indicator> = {}) =>
  indicator({ id: 'heavy', weight: 7500, ...overrides })
const light = (overrides: Partial<Indicator> = {}) =>
  indicator({ id: 'light', weight: 2500, ...overrides })
const notApplicable = (id: string, condition = 'none'): Result => ({
  indicator: id,
  answer: 'not-applicable',
  condition,
  assuranceLevel: 'limited',
})
const BANDS = [{ below: '10', points: 10000 }, { below: '20', points: 6000 }, { points: 0 }]
const amount = (overrides: Partial<Indicator> = {}) =>
  indicator({ id: 'amount', kind: 'quantity', points: BANDS, ...overrides })
const tonnes = (value: string, uncertainty?: string) =>
  answer('amount', value, { unit: 't', ...(uncertainty === undefined ? {} : { uncertainty }) })
const facilityGate: Gate = { when: ['false'], cap: 2000, level: 'facility' }
const productGate: Gate = { when: ['false'], cap: 2000, level: 'product' }
const certified = {
  equivalences: [
    { standard: 'S', editions: ['2024'], points: 9000, minimumLevel: 'limited' as const },
  ],
}
const equivalent = (edition: string, assuranceLevel: 'none' | 'limited'): Result => ({
  indicator: 'one',
  answer: 'equivalent',
  standard: 'S',
  edition,
  assuranceLevel,
  evidenceIds: ['urn:uuid:00000000-0000-4000-8000-000000000000'],
})
const gates = ({ rulebooks: [first] }: Score) => [
  first?.value,
  first?.upper,
  first?.capped,
  first?.mayBeCapped,
]

const TABLE: readonly Golden[] = [
  {
    // 7500 × 1 + 2500 × 0
    rule: 'a facility is the weighted mean of its indicators',
    indicators: [heavy(), light()],
    statements: [attested('a', [answer('heavy', 'true'), answer('light', 'false')])],
    expect: interval,
    is: [7500, 7500],
  },
  {
    // 2500 unknown: 0 to 2500
    rule: 'an omitted indicator is unknown: nothing below, everything above',
    indicators: [heavy(), light()],
    statements: [attested('a', [answer('heavy', 'true')])],
    expect: interval,
    is: [7500, 10000],
  },
  {
    rule: 'an indicator that was not assessed is unknown',
    indicators: [heavy(), light()],
    statements: [
      attested('a', [answer('heavy', 'false'), { indicator: 'light', answer: 'not-assessed' }]),
    ],
    expect: interval,
    is: [0, 2500],
  },
  {
    rule: 'an answer below the required assurance is unknown, however good',
    indicators: [heavy(), light({ minimumAssurance: 'reasonable' })],
    statements: [attested('a', [answer('heavy', 'true'), answer('light', 'true')])],
    expect: (score) => [...interval(score), score.coverage],
    is: [7500, 10000, 7500],
  },
  {
    rule: 'an answer without its required evidence is unknown',
    indicators: [heavy(), light({ evidenceRequired: true })],
    statements: [attested('a', [answer('heavy', 'true'), answer('light', 'true')])],
    expect: interval,
    is: [7500, 10000],
  },
  {
    rule: 'an answer with its required evidence counts',
    indicators: [heavy(), light({ evidenceRequired: true })],
    statements: [
      attested('a', [
        answer('heavy', 'true'),
        answer('light', 'true', { evidenceIds: ['urn:uuid:0'] }),
      ]),
    ],
    expect: interval,
    is: [10000, 10000],
  },
  {
    rule: 'an answer named in a qualified conclusion is unknown',
    indicators: [heavy(), light()],
    statements: [
      attested('a', [answer('heavy', 'true'), answer('light', 'false')], {
        qualifiedIndicators: ['light'],
      }),
    ],
    expect: interval,
    is: [7500, 10000],
  },
  {
    rule: 'a withdrawn answer is unknown',
    indicators: [heavy(), light()],
    statements: [
      attested('a', [answer('heavy', 'true'), answer('light', 'true')], {
        withdrawnIndicators: ['heavy'],
      }),
    ],
    expect: interval,
    is: [2500, 10000],
  },
  {
    rule: 'of a withdrawn attestation everything is unknown',
    indicators: [heavy(), light()],
    statements: [
      attested('a', [answer('heavy', 'false'), answer('light', 'true')], {
        withdrawnIndicators: 'all',
      }),
    ],
    expect: (score) => [...interval(score), score.coverage],
    is: [0, 10000, 0],
  },
  {
    // The other three quarters are the whole: 10000. Aside: 2500 of 10000.
    rule: 'a not-applicable indicator leaves the denominator, and its weight is reported',
    indicators: [heavy(), light({ notApplicableWhen: ['none'] })],
    statements: [attested('a', [answer('heavy', 'true'), notApplicable('light')])],
    expect: (score) => [...interval(score), score.coverage, score.notApplicable],
    is: [10000, 10000, 10000, 2500],
  },
  {
    // heavy unknown is the whole denominator.
    rule: 'what is not applicable does not make the rest known',
    indicators: [heavy(), light({ notApplicableWhen: ['none'] })],
    statements: [attested('a', [notApplicable('light')])],
    expect: (score) => [...interval(score), score.coverage, score.notApplicable],
    is: [0, 10000, 0, 2500],
  },
  {
    rule: 'not applicable for a reason the rulebook does not list is unknown',
    indicators: [heavy(), light({ notApplicableWhen: ['none'] })],
    statements: [attested('a', [answer('heavy', 'true'), notApplicable('light', 'other')])],
    expect: (score) => [...interval(score), score.notApplicable],
    is: [7500, 10000, 0],
  },
  {
    rule: 'not applicable below the required assurance is unknown',
    indicators: [heavy(), light({ notApplicableWhen: ['none'], minimumAssurance: 'reasonable' })],
    statements: [attested('a', [answer('heavy', 'true'), notApplicable('light')])],
    expect: (score) => [...interval(score), score.notApplicable],
    is: [7500, 10000, 0],
  },
  {
    rule: 'a number below a bound lies in its band',
    indicators: [amount()],
    method: { pillars: { environment: 0, social: 10000, governance: 0 } },
    statements: [attested('a', [tonnes('9.999999999999999999')])],
    expect: interval,
    is: [10000, 10000],
  },
  {
    rule: 'a bound is exclusive: the number itself lies in the next band',
    indicators: [amount()],
    statements: [attested('a', [tonnes('10.000')])],
    expect: interval,
    is: [6000, 6000],
  },
  {
    // [8, 12] touches [.., 10) and [10, 20)
    rule: 'an uncertain number is worth every band it touches',
    indicators: [amount()],
    statements: [attested('a', [tonnes('10', '2')])],
    expect: (score) => [...interval(score), score.coverage],
    is: [6000, 10000, 10000],
  },
  {
    // [10, 20]: 20 belongs to the last band.
    rule: 'both ends of the uncertainty belong to it',
    indicators: [amount()],
    statements: [attested('a', [tonnes('15', '5')])],
    expect: interval,
    is: [0, 6000],
  },
  {
    rule: 'a recognised certificate stands in for the assessment',
    indicators: [indicator({ id: 'one', ...certified })],
    statements: [attested('a', [equivalent('2024', 'limited')])],
    expect: interval,
    is: [9000, 9000],
  },
  {
    rule: 'another edition of the standard does not',
    indicators: [indicator({ id: 'one', ...certified })],
    statements: [attested('a', [equivalent('2023', 'limited')])],
    expect: interval,
    is: [0, 10000],
  },
  {
    rule: 'nor does the certificate below its minimum level',
    indicators: [indicator({ id: 'one', ...certified })],
    statements: [attested('a', [equivalent('2024', 'none')])],
    expect: interval,
    is: [0, 10000],
  },
  {
    // 0.6 × 10000 below, + 0.4 × 10000 above
    rule: 'a partial boundary mixes the answers with the unknown',
    indicators: [indicator({ id: 'one' })],
    statements: [
      attested('a', [answer('one', 'true')], {
        boundary: { kind: 'partial', coveredShare: 6000, excluded: 'Line 2' },
      }),
    ],
    expect: (score) => [...interval(score), score.coverage],
    is: [6000, 10000, 6000],
  },
  {
    // 0.3 × 10000 + 0.5 × 0 + 0.2 unknown
    rule: 'facilities count by their share, and the rest is unknown',
    indicators: [indicator({ id: 'one' })],
    rows: [row('a', { share: 3000 }), row('b', { share: 5000 })],
    statements: [attested('a', [answer('one', 'true')]), attested('b', [answer('one', 'false')])],
    expect: (score) => [...interval(score), score.coverage],
    is: [3000, 5000, 8000],
  },
  {
    rule: 'a listed facility that nobody attested is unknown',
    indicators: [indicator({ id: 'one' })],
    rows: [row('a', { share: 3000 }), row('b', { share: 7000 })],
    statements: [attested('a', [answer('one', 'true')])],
    expect: interval,
    is: [3000, 10000],
  },
  {
    rule: 'an answer counts only in the activities that were attested',
    indicators: [indicator({ id: 'one' })],
    statements: [
      attested('a', [answer('one', 'true')], {
        activities: [{ stage: 'mining', material: 'tin' }],
      }),
    ],
    expect: interval,
    is: [0, 10000],
  },
  {
    // mining: nickel 10000 × 0.2 + lithium unknown × 0.8 = [2000, 10000]; cell: 0. Half each.
    rule: 'materials count by the method and stages by the rulebook; a material without rows is unknown',
    indicators: [indicator({ id: 'one', stages: ['mining', 'cell'] })],
    book: { stageWeights: { mining: 5000, cell: 5000 } },
    method: {
      chemistries: {
        NMC: {
          stages: [
            {
              key: 'mining',
              materials: [
                { key: 'nickel', weight: 2000 },
                { key: 'lithium', weight: 8000 },
              ],
            },
            { key: 'cell', materials: 'none' },
          ],
        },
      },
    },
    rows: [row('a', { stage: 'mining', material: 'nickel' }), row('b')],
    statements: [
      attested('a', [answer('one', 'true')], {
        activities: [{ stage: 'mining', material: 'nickel' }],
      }),
      attested('b', [answer('one', 'false')]),
    ],
    expect: interval,
    is: [1000, 5000],
  },
  {
    // The indicator asks of nickel alone: lithium is left out, the stage is nickel.
    rule: 'a material without indicators is left out and the others fill its place',
    indicators: [indicator({ id: 'one', stages: ['mining'], materials: ['nickel'] })],
    book: { stageWeights: { mining: 10000 } },
    method: {
      chemistries: {
        NMC: {
          stages: [
            {
              key: 'mining',
              materials: [
                { key: 'nickel', weight: 2000 },
                { key: 'lithium', weight: 8000 },
              ],
            },
          ],
        },
      },
    },
    rows: [row('a', { stage: 'mining', material: 'nickel' })],
    statements: [
      attested('a', [answer('one', 'true')], {
        activities: [{ stage: 'mining', material: 'nickel' }],
      }),
    ],
    expect: interval,
    is: [10000, 10000],
  },
  {
    // cell (3000) and product (1000) remain of 10000: 3/4 and 1/4.
    rule: 'a stage without indicators is left out and the others fill its place',
    indicators: [heavy(), light({ level: 'product', stages: ['product'] })],
    book: { stageWeights: { cell: 3000, product: 1000, mining: 6000 } },
    method: {
      chemistries: {
        NMC: {
          stages: [
            { key: 'cell', materials: 'none' },
            { key: 'mining', materials: 'none' },
          ],
        },
      },
    },
    statements: [
      attested('a', [answer('heavy', 'true')]),
      attested(null, [answer('light', 'false')]),
    ],
    expect: interval,
    is: [7500, 7500],
  },
  {
    rule: 'the battery that nobody attested is unknown in the stage product',
    indicators: [heavy(), light({ level: 'product', stages: ['product'] })],
    book: { stageWeights: { cell: 6000, product: 4000 } },
    statements: [attested('a', [answer('heavy', 'true')])],
    expect: interval,
    is: [6000, 10000],
  },
  {
    // environment 10000 × 0.3 + social 0 × 0.5 = 3000 of the weight 8000; governance is left out.
    rule: 'a pillar in which nothing is asked is left out, and its line is unknown',
    indicators: [heavy({ pillar: 'environment' }), light()],
    method: { pillars: { environment: 3000, social: 5000, governance: 2000 } },
    statements: [attested('a', [answer('heavy', 'true'), answer('light', 'false')])],
    expect: (score) => [interval(score), score.pillars],
    is: [
      [3750, 3750],
      {
        environment: { value: 10000, upper: 10000 },
        social: { value: 0, upper: 0 },
        governance: { value: 0, upper: 10000 },
      },
    ],
  },
  {
    // Share 5000 mean 7500 capped at 2000 → 1000; share 5000 at 10000 → 5000.
    rule: 'a facility gate caps the facility it holds for, and no other',
    indicators: [heavy(), light({ gate: facilityGate })],
    rows: [row('a', { share: 5000 }), row('b', { share: 5000 })],
    statements: [
      attested('a', [answer('heavy', 'true'), answer('light', 'false')]),
      attested('b', [answer('heavy', 'true'), answer('light', 'true')]),
    ],
    expect: gates,
    is: [6000, 6000, ['light'], []],
  },
  {
    // 7500 to 10000, the value capped at 2000.
    rule: 'a facility gate that may hold caps the value alone',
    indicators: [heavy(), light({ gate: facilityGate })],
    statements: [attested('a', [answer('heavy', 'true')])],
    expect: gates,
    is: [2000, 10000, [], ['light']],
  },
  {
    // environment is 10000 but for the gate, which stands in social.
    rule: 'a facility gate binds every pillar of the facility',
    indicators: [heavy({ pillar: 'environment' }), light({ gate: facilityGate })],
    method: { pillars: { environment: 5000, social: 5000, governance: 0 } },
    statements: [attested('a', [answer('heavy', 'true'), answer('light', 'false')])],
    expect: (score) => [score.value, score.pillars.environment, score.pillars.social],
    is: [1000, { value: 2000, upper: 2000 }, { value: 0, upper: 0 }],
  },
  {
    // Even at a share of 1 basis point.
    rule: 'a product gate holds if any listed facility meets it, whatever its share',
    indicators: [heavy(), light({ gate: productGate })],
    rows: [row('a', { share: 9999 }), row('b', { share: 1 })],
    statements: [
      attested('a', [answer('heavy', 'true'), answer('light', 'true')]),
      attested('b', [answer('heavy', 'true'), answer('light', 'false')]),
    ],
    expect: gates,
    is: [2000, 2000, ['light'], []],
  },
  {
    rule: 'a product gate may hold while it is unknown for a listed facility',
    indicators: [heavy(), light({ gate: productGate })],
    method: { deMinimis: 10000 },
    rows: [row('a', { share: 9999 }), row('b', { share: 1 })],
    statements: [attested('a', [answer('heavy', 'true'), answer('light', 'true')])],
    expect: gates,
    is: [2000, 10000, [], ['light']],
  },
  {
    // 9500 known good; 500 uncovered is not above deMinimis.
    rule: 'an uncovered share up to deMinimis leaves a product gate open',
    indicators: [heavy(), light({ gate: productGate })],
    method: { deMinimis: 500 },
    rows: [row('a', { share: 9500 })],
    statements: [attested('a', [answer('heavy', 'true'), answer('light', 'true')])],
    expect: gates,
    is: [9500, 10000, [], []],
  },
  {
    rule: 'an uncovered share above deMinimis does not',
    indicators: [heavy(), light({ gate: productGate })],
    method: { deMinimis: 499 },
    rows: [row('a', { share: 9500 })],
    statements: [attested('a', [answer('heavy', 'true'), answer('light', 'true')])],
    expect: gates,
    is: [2000, 10000, [], ['light']],
  },
  {
    // What nobody is listed for has no facility to cap.
    rule: 'a facility gate is not held by an uncovered share',
    indicators: [heavy(), light({ gate: facilityGate })],
    rows: [row('a', { share: 6000 })],
    statements: [attested('a', [answer('heavy', 'true'), answer('light', 'true')])],
    expect: gates,
    is: [6000, 10000, [], []],
  },
  {
    rule: 'a partial boundary leaves a gate that is not met unknown',
    indicators: [heavy(), light({ gate: productGate })],
    statements: [
      attested('a', [answer('heavy', 'true'), answer('light', 'true')], {
        boundary: { kind: 'partial', coveredShare: 9999, excluded: 'Annexe' },
      }),
    ],
    expect: gates,
    is: [2000, 10000, [], ['light']],
  },
  {
    rule: 'a partial boundary does not unmake a gate that is met',
    indicators: [heavy(), light({ gate: productGate })],
    statements: [
      attested('a', [answer('heavy', 'true'), answer('light', 'false')], {
        boundary: { kind: 'partial', coveredShare: 5000, excluded: 'Annexe' },
      }),
    ],
    expect: gates,
    is: [2000, 2000, ['light'], []],
  },
  {
    // [18, 22] touches the bands worth 6000 and 0; it straddles 20.
    rule: 'a threshold is unknown while the uncertainty straddles it',
    indicators: [amount({ gate: { when: { atLeast: '20' }, cap: 0, level: 'product' } })],
    statements: [attested('a', [tonnes('20', '2')])],
    expect: gates,
    is: [0, 6000, [], ['amount']],
  },
  {
    // [16, 20]: both ends belong to it, and 20 is the threshold.
    rule: 'a threshold at the very end of the uncertainty is straddled too',
    indicators: [amount({ gate: { when: { atLeast: '20' }, cap: 0, level: 'product' } })],
    statements: [attested('a', [tonnes('18', '2')])],
    expect: gates,
    is: [0, 6000, [], ['amount']],
  },
  {
    rule: 'a threshold that is reached triggers the gate',
    indicators: [
      heavy(),
      amount({ weight: 2500, gate: { when: { atLeast: '20' }, cap: 100, level: 'product' } }),
    ],
    statements: [attested('a', [answer('heavy', 'true'), tonnes('22', '2')])],
    expect: gates,
    is: [100, 100, ['amount'], []],
  },
  {
    rule: 'a threshold that is not reached does not',
    indicators: [
      heavy(),
      amount({ weight: 2500, gate: { when: { atLeast: '20' }, cap: 100, level: 'product' } }),
    ],
    statements: [attested('a', [answer('heavy', 'true'), tonnes('9', '0.9')])],
    expect: gates,
    is: [10000, 10000, [], []],
  },
  {
    rule: 'a recognised certificate leaves the gate open',
    indicators: [indicator({ id: 'one', ...certified, gate: productGate })],
    statements: [attested('a', [equivalent('2024', 'limited')])],
    expect: gates,
    is: [9000, 9000, [], []],
  },
  {
    // 7500 at reasonable of which 1/3 … : heavy reasonable 7500, light limited 2500; a at 3333.
    // r = 2499.75 → 2499; r + l = 3333 → 3333 − 2499 = 834; none = 3333 − 3333.
    rule: 'the assurance mix is rounded so that it sums to the coverage',
    indicators: [heavy(), light()],
    rows: [row('a', { share: 3333 })],
    statements: [
      attested('a', [
        answer('heavy', 'true', { assuranceLevel: 'reasonable' }),
        answer('light', 'true'),
      ]),
    ],
    expect: (score) => [score.coverage, score.assuranceMix],
    is: [3333, { reasonable: 2499, limited: 834, none: 0 }],
  },
  {
    rule: 'answers nobody assured count where the rulebook allows it, and are named',
    indicators: [indicator({ id: 'one' })],
    statements: [attested('a', [answer('one', 'true', { assuranceLevel: 'none' })])],
    expect: (score) => [score.value, score.assuranceMix],
    is: [10000, { reasonable: 0, limited: 0, none: 10000 }],
  },
  {
    // heavy is a baseline worth 10000; light one worth 0.
    rule: 'a baseline indicator is met at 10000 and not met below',
    indicators: [heavy({ tier: 'baseline' }), light({ tier: 'baseline' })],
    statements: [attested('a', [answer('heavy', 'true'), answer('light', 'false')])],
    expect: (score) => score.baseline,
    is: { met: 7500, notMet: 2500 },
  },
  {
    // [8, 12]: 6000 to 10000.
    rule: 'a baseline indicator that may still be met is neither',
    indicators: [heavy({ tier: 'baseline' }), amount({ tier: 'baseline', weight: 2500 })],
    statements: [attested('a', [answer('heavy', 'true'), tonnes('10', '2')])],
    expect: (score) => score.baseline,
    is: { met: 7500, notMet: 0 },
  },
  {
    rule: 'a leading indicator says nothing about the baseline',
    indicators: [heavy({ tier: 'baseline' }), light()],
    statements: [attested('a', [answer('heavy', 'true'), answer('light', 'false')])],
    expect: (score) => score.baseline,
    is: { met: 7500, notMet: 0 },
  },
  {
    rule: 'grades start at their bound, on the rounded value',
    indicators: [indicator({ id: 'one' })],
    rows: [row('a', { share: 8000 })],
    statements: [attested('a', [answer('one', 'true')])],
    expect: (score) => [score.value, score.grade],
    is: [8000, 'A'],
  },
  {
    rule: 'one basis point below the bound is the grade below',
    indicators: [indicator({ id: 'one' })],
    rows: [row('a', { share: 7999 })],
    statements: [attested('a', [answer('one', 'true')])],
    expect: (score) => [score.value, score.grade],
    is: [7999, 'B'],
  },
  {
    // not met: 1 of 10000 × 1 of 10000, which rounds to 0 and counts all the same.
    rule: 'the grade is capped if any baseline is known not to be met, however little',
    indicators: [
      indicator({ id: 'most', weight: 9999 }),
      indicator({ id: 'least', weight: 1, tier: 'baseline' }),
    ],
    method: { gradeCapIfBaselineNotMet: 'B' },
    rows: [row('a', { share: 9999 }), row('b', { share: 1 })],
    statements: [
      attested('a', [answer('most', 'true'), answer('least', 'true')]),
      attested('b', [answer('most', 'true'), answer('least', 'false')]),
    ],
    expect: (score) => [score.value, score.baseline.notMet, score.grade],
    is: [9999, 0, 'B'],
  },
  {
    rule: 'the cap never raises a grade',
    indicators: [indicator({ id: 'one', tier: 'baseline' })],
    method: { gradeCapIfBaselineNotMet: 'B' },
    statements: [attested('a', [answer('one', 'false')])],
    expect: (score) => score.grade,
    is: 'C',
  },
  {
    // 1/3 of 10000: 3333.33 down, 3333.33 up.
    rule: 'a lower bound is rounded down and an upper bound up',
    indicators: [
      indicator({ id: 'first', weight: 2500 }),
      indicator({ id: 'second', weight: 5000 }),
      indicator({ id: 'third', weight: 2500, notApplicableWhen: ['none'] }),
    ],
    statements: [
      attested('a', [answer('first', 'true'), answer('second', 'false'), notApplicable('third')]),
    ],
    expect: interval,
    is: [3333, 3334],
  },
  {
    rule: 'the period is the earliest and the latest day of all attestations',
    indicators: [indicator({ id: 'one' })],
    rows: [row('a', { share: 5000 }), row('b', { share: 5000 })],
    statements: [
      attested('a', [], { period: { from: '2025-02-01', until: '2025-12-31' } }),
      attested('b', [], { period: { from: '2024-03-01', until: '2025-02-28' } }),
    ],
    expect: ({ scope }) => [scope.periodFrom, scope.periodUntil],
    is: ['2024-03-01', '2025-12-31'],
  },
]

describe('A golden vector:', () => {
  for (const { rule, indicators, book, method, rows, statements, expect, is } of TABLE) {
    it(rule, () => {
      const stages = new Set(indicators.flatMap((each) => each.stages))
      const loaded = load(
        [
          rulebook({
            indicators: [...indicators],
            ...(stages.size === 1 ? { stageWeights: { [[...stages][0] ?? '']: 10000 } } : {}),
            ...book,
          }),
        ],
        method,
      )
      assert.deepEqual(expect(evaluated(loaded, rows ?? [row('a')], statements).score), is)
    })
  }
})

describe('Several rulebooks', () => {
  const social = rulebook({ key: 'one', indicators: [indicator({ id: 'one' })] })
  // Half of the second is social: its cell weighs half of its weight.
  const mixed = rulebook({
    key: 'two',
    status: 'preliminary',
    indicators: [
      indicator({ id: 'two.s', weight: 5000 }),
      indicator({ id: 'two.e', weight: 5000, pillar: 'environment' }),
    ],
  })

  it('meet in a pillar by rulebook weight × the pillar’s indicator weight in them', () => {
    const [one, two] = load([social, mixed]).method.rulebooks
    assert.ok(one !== undefined && two !== undefined)
    const loaded = load([social, mixed], {
      rulebooks: [
        { ...one, weight: 8000 },
        { ...two, weight: 2000 },
      ],
      pillars: { environment: 2000, social: 8000, governance: 0 },
    })
    const { score } = evaluated(
      loaded,
      [row('a')],
      [
        attested('a', [answer('one', 'true')]),
        attested('a', [answer('two.s', 'false'), answer('two.e', 'true')], { rulebook: 'two' }),
      ],
    )
    // social: (8000 × 10000 × 1 + 2000 × 5000 × 0) / (8000 × 10000 + 2000 × 5000) = 8/9;
    // whole: 0.8 × 8/9 + 0.2 × 1 = 0.9111…
    assert.deepEqual(score.pillars.social, { value: 8888, upper: 8889 })
    assert.deepEqual(interval(score), [9111, 9112])
    assert.deepEqual(
      score.rulebooks.map(({ key, value }) => [key, value]),
      [
        ['one', 10000],
        ['two', 5000],
      ],
    )
  })

  it('are all listed, an unattested one with everything unknown', () => {
    const loaded = load([social, mixed])
    const { score } = evaluated(loaded, [row('a')], [attested('a', [answer('one', 'true')])])
    assert.deepEqual(score.rulebooks.map(interval), [
      [10000, 10000],
      [0, 10000],
    ])
  })

  it('give the score the least settled status among them', () => {
    const statusOf = (books: Parameters<typeof load>[0]) =>
      evaluated(load(books), [row('a')], [attested('a', [])]).score.scope.rulebookStatus
    assert.equal(statusOf([social, mixed]), 'illustrative')
    assert.equal(statusOf([{ ...social, status: 'active' }, mixed]), 'preliminary')
    assert.equal(statusOf([{ ...social, status: 'active' }]), 'active')
    assert.equal(
      statusOf([
        { ...social, status: 'active' },
        { ...mixed, status: 'deprecated' },
      ]),
      'deprecated',
    )
  })
})

describe('The score object', () => {
  it('has its fields in the order of the format', () => {
    const loaded = load([rulebook({})])
    const { score } = evaluated(loaded, [row('a')], [attested('a', [answer('one', 'true')])])
    assert.deepEqual(Object.keys(score), [
      'method',
      'scope',
      'value',
      'upper',
      'grade',
      'coverage',
      'notApplicable',
      'shareAssurance',
      'assuranceMix',
      'baseline',
      'pillars',
      'rulebooks',
    ])
    assert.equal(score.method.digestMultibase, loaded.digestMultibase)
    assert.equal(score.rulebooks[0]?.digestMultibase, loaded.rulebooks[0]?.digestMultibase)
  })
})
