import assert from 'node:assert/strict'
import type { Activity, Result, SupplyChainRow } from '@battery-passport/contexts'
import {
  type AttestedAnswers,
  appliesTo,
  type CheckedRulebook,
  checkMethod,
  checkRulebook,
  evaluate,
  type Indicator,
  loadMethod,
} from '@battery-passport/rulebooks'
import { SHIPPED_METHODS, SHIPPED_RULEBOOKS } from '../../rulebooks/generated/shipped.ts'

const rulebooks = SHIPPED_RULEBOOKS.map((document): CheckedRulebook => {
  const check = checkRulebook(document)
  assert.ok(check.ok, document.key)
  return check.rulebook
})
const esg = checkMethod(SHIPPED_METHODS[0], rulebooks)
assert.ok(esg.ok)
const method = loadMethod(esg.method, rulebooks)

/** Which of an indicator's different worths, in ascending order, is given. */
type Choose = (worths: readonly number[]) => number | undefined
const best: Choose = (worths) => worths.at(-1)
const secondBest: Choose = (worths) => worths.at(-2)
const middling: Choose = (worths) => worths[Math.floor((worths.length - 1) / 2)]
const worst: Choose = (worths) => worths[0]

const ascending = (worths: readonly number[]) => [...new Set(worths)].sort((a, b) => a - b)

function assessed(indicator: string, value: string): Extract<Result, { answer: 'assessed' }> {
  return {
    indicator,
    answer: 'assessed',
    value,
    assuranceLevel: 'reasonable',
    evidenceIds: ['urn:uuid:00000000-0000-4000-8000-000000000000'],
  }
}

/** An answer that is worth what is chosen. */
function answer(indicator: Indicator, choose: Choose): Result {
  const { id, points, unit } = indicator
  if (!Array.isArray(points)) {
    const worth = choose(ascending(Object.values(points)))
    const value = Object.entries(points).find(([, each]) => each === worth)?.[0]
    assert.ok(value !== undefined)
    return assessed(id, value)
  }
  assert.ok(unit !== undefined)
  const worth = choose(ascending(points.map((band) => band.points)))
  const index = points.findIndex((band) => band.points === worth)
  const value = points[index - 1]?.below ?? String(Number(points[0]?.below) - 1)
  return { ...assessed(id, value), unit }
}

/** One facility for each (stage, material), and the battery; `leading` answers what is no baseline. */
function score(chemistry: string, leading: Choose, isListed: (place: Activity) => boolean) {
  const places = (method.method.chemistries[chemistry]?.stages ?? [])
    .flatMap(({ key: stage, materials }): Activity[] =>
      materials === 'none'
        ? [{ stage }]
        : materials.map((material) => ({ stage, material: material.key })),
    )
    .filter(isListed)
  const supplyChain = places.map(
    (place, i): SupplyChainRow => ({
      ...place,
      facility: `urn:epc:id:sgln:9506000.${11100 + i}.0`,
      share: 10000,
      custodyModel: 'mass-balance',
    }),
  )
  const subjects = [...supplyChain, null]
  const attestations = rulebooks.flatMap((rulebook) =>
    subjects.flatMap((row): AttestedAnswers[] => {
      const activity: Activity =
        row === null
          ? { stage: 'product' }
          : {
              stage: row.stage,
              ...(row.material === undefined ? {} : { material: row.material }),
            }
      const asked = rulebook.indicators.filter((each) => appliesTo(each, activity))
      if (asked.length === 0) return []
      return [
        {
          credential: `urn:uuid:${rulebook.key}-${row?.facility ?? 'battery'}`,
          subject:
            row === null ? { type: 'Battery' } : { type: 'Facility', facility: row.facility },
          rulebook: rulebook.key,
          activities: [activity],
          boundary: { kind: 'whole' },
          period: { from: '2025-01-01', until: '2025-12-31' },
          results: asked.map((each) => answer(each, each.tier === 'baseline' ? best : leading)),
          qualifiedIndicators: [],
          withdrawnIndicators: [],
        },
      ]
    }),
  )
  const evaluation = evaluate({
    method,
    battery: { granularity: 'model', category: 'EV', chemistry },
    supplyChain,
    attestations,
    shareAssurance: 'none',
  })
  assert.ok(evaluation.outcome === 'evaluated')
  return evaluation.score
}

const everything = () => true

for (const chemistry of Object.keys(method.method.chemistries)) {
  describe(`A whole ${chemistry} chain that meets every baseline`, () => {
    for (const [rest, choose, grade] of [
      ['the worst answer', worst, 'D'],
      ['middling answers', middling, 'B'],
      ['the second-best answer', secondBest, 'A'],
    ] as const) {
      it(`is graded ${grade} with ${rest} to all the rest`, () => {
        const { grade: found, value, coverage, baseline } = score(chemistry, choose, everything)
        assert.equal(found, grade, String(value))
        assert.equal(coverage, 10000)
        assert.equal(baseline.notMet, 0)
      })
    }

    it('is worth 10000 with the best answer to all the rest', () => {
      const { value, upper } = score(chemistry, best, everything)
      assert.deepEqual([value, upper], [10000, 10000])
    })

    it('is held down, not up, by a material nobody is listed for', () => {
      const { value, upper, rulebooks } = score(
        chemistry,
        best,
        ({ stage, material }) => stage !== 'mining' || material !== 'lithium',
      )
      assert.equal(upper, 10000)
      assert.ok(value < 5500, String(value))
      const child = rulebooks.find(({ key }) => key === 'child-labour')
      assert.deepEqual(child?.mayBeCapped, ['cl.worst-forms'])
    })
  })
}
