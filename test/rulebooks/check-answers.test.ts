import assert from 'node:assert/strict'
import type { Result } from '@battery-passport/contexts'
import { type AnsweringSubject, checkAnswers } from '@battery-passport/rulebooks'
import { answer, indicator, rulebook } from './support/build.ts'

const BOOK = rulebook({
  stageWeights: { mining: 4000, cell: 4000, product: 2000 },
  indicators: [
    indicator({ id: 'flag', weight: 2500, notApplicableWhen: ['closed'] }),
    indicator({
      id: 'level',
      weight: 2500,
      kind: 'choice',
      points: { none: 0, all: 10000 },
      stages: ['mining'],
      materials: ['nickel'],
      equivalences: [{ standard: 'S', editions: ['2024'], points: 5000, minimumLevel: 'limited' }],
    }),
    indicator({ id: 'amount', weight: 2500, kind: 'quantity' }),
    indicator({ id: 'design', weight: 2500, level: 'product', stages: ['product'] }),
  ],
})
const CELL: AnsweringSubject = { type: 'Facility', activities: [{ stage: 'cell' }] }
const NICKEL: AnsweringSubject = {
  type: 'Facility',
  activities: [{ stage: 'cell' }, { stage: 'mining', material: 'nickel' }],
}
const BATTERY: AnsweringSubject = { type: 'Battery', activities: [{ stage: 'product' }] }
const tonnes = (value: string, uncertainty?: string) =>
  answer('amount', value, { unit: 't', ...(uncertainty === undefined ? {} : { uncertainty }) })
const equivalent = (standard: string, edition: string): Result => ({
  indicator: 'level',
  answer: 'equivalent',
  standard,
  edition,
  assuranceLevel: 'limited',
  evidenceIds: ['urn:uuid:0'],
})
const notApplicable = (indicatorId: string, condition: string): Result => ({
  indicator: indicatorId,
  answer: 'not-applicable',
  condition,
  assuranceLevel: 'limited',
})

const RIGHT: readonly (readonly [string, AnsweringSubject, Result])[] = [
  ['an answer of the rulebook', CELL, answer('flag', 'true')],
  ['a listed condition', CELL, notApplicable('flag', 'closed')],
  ['a question left open', CELL, { indicator: 'flag', answer: 'not-assessed' }],
  ['a number in its unit', CELL, tonnes('-0.50')],
  ['a number with its uncertainty', CELL, tonnes('61.3', '2.1')],
  ['an indicator of one of several activities', NICKEL, answer('level', 'all')],
  ['a recognised certificate', NICKEL, equivalent('S', '2024')],
  ['an indicator of the battery', BATTERY, answer('design', 'false')],
]

const WRONG: readonly (readonly [string, AnsweringSubject, Result, readonly string[]])[] = [
  ['an indicator the rulebook does not have', CELL, answer('flags', 'true'), ['/0/indicator']],
  ['an indicator of another stage', CELL, answer('level', 'all'), ['/0/indicator']],
  [
    'an indicator of another material',
    { type: 'Facility', activities: [{ stage: 'mining', material: 'lithium' }] },
    answer('level', 'all'),
    ['/0/indicator'],
  ],
  ['an indicator of the battery at a facility', CELL, answer('design', 'true'), ['/0/indicator']],
  ['an indicator of a facility at the battery', BATTERY, answer('flag', 'true'), ['/0/indicator']],
  ['an answer the rulebook does not know', CELL, answer('flag', 'True'), ['/0/value']],
  ['the name of an inherited property', CELL, answer('flag', 'constructor'), ['/0/value']],
  ['a unit of a boolean', CELL, answer('flag', 'true', { unit: 't' }), ['/0/unit']],
  [
    'an uncertainty of a boolean',
    CELL,
    answer('flag', 'true', { uncertainty: '0' }),
    ['/0/uncertainty'],
  ],
  ['a number without its unit', CELL, answer('amount', '5'), ['/0/unit']],
  ['a number in another unit', CELL, answer('amount', '5', { unit: 'kg' }), ['/0/unit']],
  ['a number with a decimal comma', CELL, tonnes('5,0'), ['/0/value']],
  ['a number with an exponent', CELL, tonnes('5e3'), ['/0/value']],
  ['a number with a zero before it', CELL, tonnes('05'), ['/0/value']],
  ['a negative uncertainty', CELL, tonnes('5', '-0.1'), ['/0/uncertainty']],
  ['a condition the rulebook does not list', CELL, notApplicable('flag', 'busy'), ['/0/condition']],
  [
    'a condition of an indicator that always applies',
    CELL,
    notApplicable('amount', 'closed'),
    ['/0/condition'],
  ],
  ['another standard', NICKEL, equivalent('T', '2024'), ['/0/standard']],
  ['another edition', NICKEL, equivalent('S', '2025'), ['/0/edition']],
  [
    'several faults of one answer',
    CELL,
    answer('flag', '1', { unit: 't' }),
    ['/0/value', '/0/unit'],
  ],
]

describe('checkAnswers', () => {
  for (const [what, subject, result] of RIGHT) {
    it(`takes ${what}`, () => assert.deepEqual(checkAnswers(BOOK, subject, [result]), []))
  }

  for (const [what, subject, result, pointers] of WRONG) {
    it(`does not take ${what}`, () => {
      const faults = checkAnswers(BOOK, subject, [result])
      assert.deepEqual(
        faults.map(({ pointer }) => pointer),
        pointers,
      )
      for (const { index, detail, remedy } of faults) {
        assert.ok(index === 0 && detail !== '' && remedy !== '')
      }
    })
  }

  it('does not take an indicator that was answered before', () => {
    const faults = checkAnswers(BOOK, CELL, [answer('flag', 'true'), answer('flag', 'false')])
    assert.deepEqual(
      faults.map(({ index, pointer }) => [index, pointer]),
      [[1, '/1/indicator']],
    )
  })

  it('finds the faults of all answers, each with its place', () => {
    const faults = checkAnswers(BOOK, CELL, [
      answer('flag', 'maybe'),
      tonnes('5'),
      answer('nothing', 'true'),
    ])
    assert.deepEqual(
      faults.map(({ index, pointer }) => [index, pointer]),
      [
        [0, '/0/value'],
        [2, '/2/indicator'],
      ],
    )
  })
})
