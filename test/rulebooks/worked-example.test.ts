import assert from 'node:assert/strict'
import type { Gate } from '@battery-passport/rulebooks'
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

/** Bands in which 1 t is worth 8000, 2 t 5000. */
const BANDS = [
  { below: '1', points: 10000 },
  { below: '2', points: 8000 },
  { below: '3', points: 5000 },
  { points: 0 },
]

function example(gate: Gate | undefined, deMinimis: number) {
  const stages = ['mining', 'cell']
  const one = rulebook({
    stageWeights: { mining: 6000, cell: 4000 },
    indicators: [
      indicator({ id: 'ok', weight: 4000, stages, ...(gate === undefined ? {} : { gate }) }),
      indicator({
        id: 'amount',
        kind: 'quantity',
        pillar: 'environment',
        weight: 6000,
        stages,
        points: BANDS,
      }),
    ],
  })
  const loaded = load([one], {
    deMinimis,
    pillars: { environment: 6000, social: 4000, governance: 0 },
    chemistries: {
      NMC: {
        stages: [
          {
            key: 'mining',
            materials: [
              { key: 'lithium', weight: 5000 },
              { key: 'nickel', weight: 5000 },
            ],
          },
          { key: 'cell', materials: 'none' },
        ],
      },
    },
  })
  const amount = (value: string) => answer('amount', value, { unit: 't' })
  return evaluated(
    loaded,
    [
      row('a', { stage: 'mining', material: 'lithium' }),
      row('b', { stage: 'mining', material: 'nickel', share: 7000 }),
      row('c'),
    ],
    [
      attested('a', [answer('ok', 'true'), amount('1')], {
        activities: [{ stage: 'mining', material: 'lithium' }],
      }),
      attested('b', [answer('ok', 'true'), amount('2')], {
        activities: [{ stage: 'mining', material: 'nickel' }],
      }),
      attested('c', [answer('ok', 'true')]),
    ],
  ).score
}

describe('The worked example of the scoring rules', () => {
  it('is [5710, 9010] without a gate, where floating point gives 5709', () => {
    const score = example(undefined, 0)
    assert.deepEqual(interval(score), [5710, 9010])
    assert.deepEqual(score.pillars.environment, { value: 3450, upper: 8350 })
    assert.deepEqual(score.pillars.social, { value: 9100, upper: 10000 })
    assert.deepEqual(score.rulebooks.map(interval), [[5710, 9010]])
  })

  const gate: Gate = { when: ['false'], cap: 3000, level: 'product' }

  it('is capped at 3000 by a product gate that the uncovered 3000 of nickel may trigger', () => {
    const score = example(gate, 2999)
    assert.deepEqual(interval(score), [3000, 9010])
    assert.deepEqual(score.rulebooks[0]?.mayBeCapped, ['ok'])
    assert.deepEqual(score.rulebooks[0]?.capped, [])
    assert.deepEqual(score.pillars.environment, { value: 3000, upper: 8350 })
  })

  it('is not capped when the uncovered share is within deMinimis', () => {
    const score = example(gate, 3000)
    assert.deepEqual(interval(score), [5710, 9010])
    assert.deepEqual(score.rulebooks[0]?.mayBeCapped, [])
  })
})
