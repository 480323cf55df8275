import assert from 'node:assert/strict'
import { digestOfDocument } from '@battery-passport/contexts'
import { checkRulebook, type Indicator, type Rulebook } from '@battery-passport/rulebooks'
import { checkedDigest } from '../../rulebooks/checked-digest.ts'
import { indicator, rulebook } from './support/build.ts'

/** A rulebook without faults that has one of everything. */
const GOOD: Rulebook = rulebook({
  stageWeights: { mining: 3000, cell: 5000, product: 2000 },
  indicators: [
    indicator({
      id: 'no-children',
      weight: 4000,
      stages: ['mining', 'cell'],
      gate: { when: ['false'], cap: 2000, level: 'product' },
      equivalences: [
        { standard: 'S', editions: ['2020', '2024'], points: 8000, minimumLevel: 'limited' },
      ],
    }),
    indicator({
      id: 'emissions',
      weight: 3000,
      kind: 'quantity',
      pillar: 'environment',
      stages: ['mining', 'cell'],
      materials: ['nickel'],
      points: [{ below: '0.50', points: 10000 }, { below: '4', points: 3000 }, { points: 0 }],
      gate: { when: { atLeast: '4' }, cap: 5000, level: 'facility' },
    }),
    indicator({
      id: 'maturity',
      weight: 2000,
      kind: 'maturity',
      points: { none: 0, some: 4000, full: 10000 },
      notApplicableWhen: ['small-site'],
    }),
    indicator({ id: 'design', weight: 1000, level: 'product', stages: ['product'] }),
  ],
})

function change(index: number, overrides: Partial<Indicator>): Rulebook {
  return {
    ...GOOD,
    indicators: GOOD.indicators.map((each, i) => (i === index ? { ...each, ...overrides } : each)),
  }
}

const pointersOf = (document: unknown) => {
  const check = checkRulebook(document)
  return check.ok ? [] : check.faults.map(({ pointer }) => pointer)
}

const { gate: productGate } = GOOD.indicators[0] ?? {}
const { gate: thresholdGate } = GOOD.indicators[1] ?? {}
assert.ok(productGate !== undefined && thresholdGate !== undefined)

/** The second indicator is the only one about the environment, and about nickel. */
function withoutGate(each: Indicator, index: number): Indicator {
  const { gate: _, ...rest } = each
  return index === 1 ? { ...rest, notApplicableWhen: ['no-combustion'] } : each
}

/** What is changed, the document, and the place of every fault it must have. */
const FAULTS: readonly (readonly [string, unknown, readonly string[]])[] = [
  ['no object', null, ['']],
  ['a property nobody knows', { ...GOOD, weigth: 1 }, ['/weigth']],
  [
    'a misspelt property of an indicator',
    { ...GOOD, indicators: [{ ...GOOD.indicators[0], wieght: 1 }, ...GOOD.indicators.slice(1)] },
    ['/indicators/0/wieght'],
  ],
  ['a key with capital letters', { ...GOOD, key: 'One' }, ['/key']],
  ['a weight that is no integer', change(0, { weight: 4000.5 }), ['/indicators/0/weight']],
  [
    'an answer with more than 10000 points',
    change(2, { points: { none: 0, full: 10001 } }),
    ['/indicators/2/points/full'],
  ],
  [
    'an answer of a hostile name',
    change(2, { points: JSON.parse('{"none":0,"full":10000,"__proto__":5}') }),
    ['/indicators/2/points/__proto__'],
  ],
  ['a day that does not exist', { ...GOOD, validUntil: '2031-02-29' }, ['/validUntil']],
  ['a validity that ends before it begins', { ...GOOD, validUntil: '2024-12-31' }, ['/validUntil']],
  [
    'stage weights that do not sum to 10000',
    { ...GOOD, stageWeights: { mining: 3000, cell: 5000, product: 1999 } },
    ['/stageWeights'],
  ],
  ['indicator weights that do not sum to 10000', change(2, { weight: 2001 }), ['/indicators']],
  ['an id that stands twice', change(3, { id: 'emissions' }), ['/indicators/3/id']],
  [
    'a quantity without unit',
    {
      ...change(1, {}),
      indicators: GOOD.indicators.map((each, i) => {
        const { unit: _, ...rest } = each
        return i === 1 ? rest : each
      }),
    },
    ['/indicators/1/unit'],
  ],
  ['a unit of a boolean', change(0, { unit: 't' }), ['/indicators/0/unit']],
  [
    'bands for a boolean',
    change(3, { points: [{ below: '1', points: 0 }, { points: 10000 }] }),
    ['/indicators/3/points'],
  ],
  [
    'points by answer for a quantity',
    change(1, { points: { all: 10000, none: 0 } }),
    ['/indicators/1/points', '/indicators/1/gate/when'],
  ],
  [
    'a boolean with a third answer',
    change(3, { points: { true: 10000, false: 0, maybe: 1 } }),
    ['/indicators/3/points'],
  ],
  [
    'a boolean answered yes and no',
    change(3, { points: { yes: 10000, no: 0 } }),
    ['/indicators/3/points'],
  ],
  [
    'a worst answer worth something',
    change(2, { points: { none: 1, full: 10000 } }),
    ['/indicators/2/points'],
  ],
  [
    'a best answer worth less than all',
    change(2, { points: { none: 0, full: 9999 } }),
    ['/indicators/2/points'],
  ],
  [
    'a last band with a bound',
    change(1, {
      points: [
        { below: '0.5', points: 10000 },
        { below: '4', points: 0 },
      ],
    }),
    ['/indicators/1/points/1/below'],
  ],
  [
    'an open band before the last',
    change(1, { points: [{ points: 10000 }, { below: '4', points: 3000 }, { points: 0 }] }),
    ['/indicators/1/points/0/below', '/indicators/1/gate/when/atLeast'],
  ],
  [
    'bands out of order',
    change(1, {
      points: [{ below: '4', points: 10000 }, { below: '0.5', points: 3000 }, { points: 0 }],
    }),
    ['/indicators/1/points/1/below'],
  ],
  [
    'an empty band, written in another way',
    change(1, {
      points: [{ below: '0.5', points: 10000 }, { below: '0.50', points: 3000 }, { points: 0 }],
    }),
    ['/indicators/1/points/1/below'],
  ],
  [
    'a gate on an answer that does not exist',
    change(0, { gate: { ...productGate, when: ['no'] } }),
    ['/indicators/0/gate/when/0'],
  ],
  [
    'a gate on an answer worth something',
    change(2, { gate: { ...productGate, when: ['none', 'some'] }, notApplicableWhen: [] }),
    ['/indicators/2/gate/when/1'],
  ],
  [
    'a gate that may be not applicable',
    change(2, { gate: { ...productGate, when: ['none'] } }),
    ['/indicators/2/notApplicableWhen'],
  ],
  [
    'a list of answers on a quantity',
    change(1, { gate: { ...thresholdGate, when: ['4'] } }),
    ['/indicators/1/gate/when'],
  ],
  [
    'a threshold on a boolean',
    change(0, { gate: { ...productGate, when: { atLeast: '1' } } }),
    ['/indicators/0/gate/when'],
  ],
  [
    'a threshold below which a band that is worth something reaches over',
    change(1, { gate: { ...thresholdGate, when: { atLeast: '3.99' } } }),
    ['/indicators/1/gate/when/atLeast'],
  ],
  ['a cap below 0', change(0, { gate: { ...productGate, cap: -1 } }), ['/indicators/0/gate/cap']],
  [
    'a cap above 10000',
    change(0, { gate: { ...productGate, cap: 10001 } }),
    ['/indicators/0/gate/cap'],
  ],
  [
    'a facility gate on an indicator of the battery',
    change(3, { gate: { when: ['false'], cap: 1, level: 'facility' } }),
    ['/indicators/3/gate/level'],
  ],
  [
    'a certificate worth nothing on a gated indicator',
    change(0, {
      equivalences: [{ standard: 'S', editions: ['1'], points: 0, minimumLevel: 'limited' }],
    }),
    ['/indicators/0/equivalences/0/points'],
  ],
  [
    'a certificate that is listed twice',
    change(0, {
      equivalences: [
        { standard: 'S', editions: ['1', '2'], points: 1, minimumLevel: 'limited' },
        { standard: 'S', editions: ['2'], points: 2, minimumLevel: 'limited' },
      ],
    }),
    ['/indicators/0/equivalences/1/editions/0'],
  ],
  [
    'a product indicator at a facility stage',
    change(3, { stages: ['product', 'cell'] }),
    ['/indicators/3/stages/1'],
  ],
  [
    'a facility indicator at the stage product',
    change(2, { stages: ['cell', 'product'] }),
    ['/indicators/2/stages/1'],
  ],
  [
    'a product indicator with materials',
    change(3, { materials: ['nickel'] }),
    ['/indicators/3/materials'],
  ],
  [
    'a stage without weight',
    change(0, { stages: ['mining', 'cell', 'pack'] }),
    ['/indicators/0/stages/2'],
  ],
  [
    'a stage with the weight 0',
    { ...GOOD, stageWeights: { mining: 0, cell: 8000, product: 2000 } },
    ['/indicators/0/stages/0', '/indicators/1/stages/0'],
  ],
  [
    'a subject type that may not answer',
    { ...GOOD, subjectTypes: ['Facility'] },
    ['/indicators/3/level'],
  ],
  [
    'a stage and pillar all of whose indicators may be not applicable',
    change(2, { pillar: 'governance' }),
    ['/indicators/2/notApplicableWhen'],
  ],
  [
    'a material and pillar all of whose indicators may be not applicable',
    { ...GOOD, indicators: GOOD.indicators.map(withoutGate) },
    ['/indicators/1/notApplicableWhen'],
  ],
]

describe('checkRulebook', () => {
  it('accepts a rulebook with every kind, gate and level, as a frozen copy', () => {
    const check = checkRulebook(GOOD)
    assert.ok(check.ok, JSON.stringify(check))
    assert.deepEqual(check.rulebook, GOOD)
    assert.notEqual(check.rulebook, GOOD)
    assert.ok(Object.isFrozen(check.rulebook.indicators[0]?.points))
    assert.ok(!Object.isFrozen(GOOD))
    const again = checkRulebook(check.rulebook)
    assert.ok(again.ok && again.rulebook === check.rulebook)
  })

  it('knows each content by its own digest, though what was given is frozen on its outside', () => {
    const given = Object.freeze(structuredClone(GOOD))
    const digest = () => {
      const check = checkRulebook(given)
      assert.ok(check.ok)
      const known = checkedDigest(check.rulebook)
      assert.equal(known, digestOfDocument(check.rulebook))
      assert.equal(checkedDigest(check.rulebook), known)
      return known
    }
    const before = digest()
    Object.assign(given.indicators[0] ?? {}, { text: 'Another text.' })
    assert.notEqual(digest(), before)
  })

  for (const [what, document, pointers] of FAULTS) {
    it(`refuses ${what}, at ${pointers.map((each) => each || 'the root').join(' and ')}`, () => {
      assert.deepEqual(pointersOf(document), pointers)
    })
  }

  it('names every fault at once, each with what was expected and how to mend it', () => {
    const check = checkRulebook({
      ...change(0, { weight: 4001, unit: 't', stages: ['cell', 'pack'] }),
      stageWeights: { cell: 1 },
    })
    assert.ok(!check.ok)
    const pointers = check.faults.map(({ pointer }) => pointer)
    for (const pointer of [
      '/stageWeights',
      '/indicators',
      '/indicators/0/unit',
      '/indicators/0/stages/1',
      '/indicators/1/stages/0',
      '/indicators/3/stages/0',
    ]) {
      assert.ok(pointers.includes(pointer), pointer)
    }
    for (const fault of check.faults) {
      for (const text of Object.values(fault)) assert.ok(text.length > 0)
    }
  })

  it('never throws, whatever JSON it is given', () => {
    for (const value of [
      undefined,
      1,
      'x',
      [],
      {},
      [GOOD],
      { indicators: 5 },
      { indicators: [null] },
    ]) {
      assert.ok(!checkRulebook(value).ok)
    }
  })
})
