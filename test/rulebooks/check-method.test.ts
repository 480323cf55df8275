import assert from 'node:assert/strict'
import {
  type CheckedRulebook,
  checkMethod,
  checkRulebook,
  loadMethod,
  type Method,
} from '@battery-passport/rulebooks'
import { indicator, method, rulebook } from './support/build.ts'

const DOCUMENTS = [
  rulebook({}),
  rulebook({
    key: 'two',
    stageWeights: { cell: 5000, mining: 5000 },
    indicators: [indicator({ id: 'two', stages: ['mining', 'cell'] })],
  }),
]
const RULEBOOKS = DOCUMENTS.map((document): CheckedRulebook => {
  const check = checkRulebook(document)
  assert.ok(check.ok)
  return check.rulebook
})
const STAGES: Method['chemistries'][string]['stages'] = [
  {
    key: 'mining',
    materials: [
      { key: 'lithium', weight: 4000 },
      { key: 'nickel', weight: 6000 },
    ],
  },
  { key: 'cell', materials: 'none' },
]
const GOOD = method(DOCUMENTS, {
  chemistries: { NMC: { stages: STAGES } },
  gradeCapIfBaselineNotMet: 'B',
})
const [ENTRY_ONE, ENTRY_TWO] = GOOD.rulebooks
assert.ok(ENTRY_ONE !== undefined && ENTRY_TWO !== undefined)

const stages = (...changed: Method['chemistries'][string]['stages']) => ({
  ...GOOD,
  chemistries: { NMC: { stages: changed } },
})
const [MINING, CELL] = STAGES
assert.ok(MINING !== undefined && CELL !== undefined)
const OTHER_DIGEST = ENTRY_TWO.digestMultibase

const FAULTS: readonly (readonly [string, unknown, readonly string[]])[] = [
  ['no object', [], ['']],
  ['a property nobody knows', { ...GOOD, deminimis: 5 }, ['/deminimis']],
  [
    'a chemistry in small letters',
    { ...GOOD, chemistries: { nmc: { stages: STAGES } } },
    ['/chemistries/nmc'],
  ],
  [
    'materials that are neither a list nor none',
    stages({ ...MINING, materials: 'all' as 'none' }),
    ['/chemistries/NMC/stages/0/materials'],
  ],
  ['a day that does not exist', { ...GOOD, validFrom: '2025-13-01' }, ['/validFrom']],
  [
    'rulebook weights that do not sum to 10000',
    {
      ...GOOD,
      rulebooks: [ENTRY_ONE, { ...ENTRY_TWO, weight: 1 }],
    },
    ['/rulebooks'],
  ],
  [
    'pillar weights that do not sum to 10000',
    {
      ...GOOD,
      pillars: { environment: 1, social: 10000, governance: 0 },
    },
    ['/pillars'],
  ],
  [
    'pillar weights on what no rulebook asks about',
    {
      ...GOOD,
      pillars: { environment: 10000, social: 0, governance: 0 },
    },
    ['/pillars'],
  ],
  [
    'a rulebook that stands twice',
    { ...GOOD, rulebooks: [ENTRY_ONE, { ...ENTRY_ONE }] },
    ['/rulebooks/1/key'],
  ],
  [
    'a digest of nothing that is given',
    {
      ...GOOD,
      rulebooks: [
        { ...ENTRY_ONE, digestMultibase: 'zQmPK1s3pNYLi9ERiq3BDxKa4XosgWwFRQUydHUtz4YgpqB' },
        ENTRY_TWO,
      ],
    },
    ['/rulebooks/0/digestMultibase'],
  ],
  [
    'the digest of another rulebook',
    {
      ...GOOD,
      rulebooks: [{ ...ENTRY_ONE, digestMultibase: OTHER_DIGEST }, ENTRY_TWO],
    },
    ['/rulebooks/0/key'],
  ],
  [
    'another version than the pinned one',
    {
      ...GOOD,
      rulebooks: [{ ...ENTRY_ONE, version: '1.0.1' }, ENTRY_TWO],
    },
    ['/rulebooks/0/version'],
  ],
  ['a stage that stands twice', stages(MINING, CELL, CELL), ['/chemistries/NMC/stages/2/key']],
  [
    'the stage product',
    stages(MINING, CELL, { key: 'product', materials: 'none' }),
    ['/chemistries/NMC/stages/2/key'],
  ],
  [
    'material weights that do not sum to 10000',
    stages(
      {
        key: 'mining',
        materials: [{ key: 'lithium', weight: 4000 }],
      },
      CELL,
    ),
    ['/chemistries/NMC/stages/0/materials'],
  ],
  [
    'a material that stands twice',
    stages(
      {
        key: 'mining',
        materials: [
          { key: 'nickel', weight: 4000 },
          { key: 'nickel', weight: 6000 },
        ],
      },
      CELL,
    ),
    ['/chemistries/NMC/stages/0/materials/1/key'],
  ],
  ['a stage that a rulebook weighs and no chemistry has', stages(CELL), ['/chemistries']],
  [
    'a chemistry of which a rulebook asks nothing',
    {
      ...GOOD,
      chemistries: { NMC: { stages: STAGES }, LFP: { stages: [MINING] } },
    },
    ['/chemistries/LFP/stages'],
  ],
  [
    'grades that do not start at 0',
    { ...GOOD, gradeBands: [{ from: 1, grade: 'B' }] },
    ['/gradeBands/0/from'],
  ],
  [
    'grades that do not ascend',
    {
      ...GOOD,
      gradeBands: [
        { from: 0, grade: 'C' },
        { from: 5000, grade: 'B' },
        { from: 5000, grade: 'A' },
      ],
    },
    ['/gradeBands/2/from'],
  ],
  [
    'a grade that stands twice',
    {
      ...GOOD,
      gradeBands: [
        { from: 0, grade: 'B' },
        { from: 5000, grade: 'B' },
      ],
    },
    ['/gradeBands/1/grade'],
  ],
  [
    'a grade cap that is no grade',
    { ...GOOD, gradeCapIfBaselineNotMet: 'Z' },
    ['/gradeCapIfBaselineNotMet'],
  ],
]

describe('checkMethod', () => {
  it('accepts a method whose rulebooks are given, as a frozen copy', () => {
    const check = checkMethod(GOOD, RULEBOOKS)
    assert.ok(check.ok, JSON.stringify(check))
    assert.deepEqual(check.method, GOOD)
    assert.ok(Object.isFrozen(check.method.chemistries))
  })

  for (const [what, document, pointers] of FAULTS) {
    it(`refuses ${what}, at ${pointers.map((each) => each || 'the root').join(' and ')}`, () => {
      const check = checkMethod(document, RULEBOOKS)
      assert.deepEqual(check.ok ? [] : check.faults.map(({ pointer }) => pointer), pointers)
    })
  }

  it('tells the digest of a rulebook of the same version that is given instead', () => {
    const changed = checkRulebook({ ...DOCUMENTS[0], title: 'Changed' })
    assert.ok(changed.ok)
    const check = checkMethod(GOOD, [changed.rulebook, ...RULEBOOKS.slice(1)])
    assert.ok(!check.ok)
    assert.equal(check.faults[0].pointer, '/rulebooks/0/digestMultibase')
    assert.match(check.faults[0].expected, /^zQm.* the digest of the given one 1\.0\.0$/)
  })
})

describe('loadMethod', () => {
  it('puts the rulebooks in the order of the method, whatever else is given', () => {
    const check = checkMethod(GOOD, RULEBOOKS)
    assert.ok(check.ok)
    const loaded = loadMethod(check.method, RULEBOOKS.toReversed())
    assert.deepEqual(
      loaded.rulebooks.map(({ rulebook: { key }, weight }) => [key, weight]),
      [
        ['one', 5000],
        ['two', 5000],
      ],
    )
    assert.equal(loaded.rulebooks[0]?.digestMultibase, ENTRY_ONE.digestMultibase)
  })

  it('throws a TypeError where a rulebook is missing', () => {
    const check = checkMethod(GOOD, RULEBOOKS)
    assert.ok(check.ok)
    assert.throws(() => loadMethod(check.method, RULEBOOKS.slice(1)), TypeError)
  })
})
