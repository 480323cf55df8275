import assert from 'node:assert/strict'
import type { Score } from '@battery-passport/contexts'
import {
  type AttestedAnswers,
  type Evaluation,
  type EvaluationInput,
  evaluate,
} from '@battery-passport/rulebooks'
import fc from 'fast-check'
import { load } from './support/build.ts'
import { type Choices, choices } from './support/random.ts'
import { bestResult, randomCase } from './support/random-case.ts'

const RUNS = 200

/** A property of every case; a failure names the seed that makes it. */
function always(check: (input: EvaluationInput, pick: Choices) => void) {
  fc.assert(
    fc.property(fc.nat(), (seed) => check(randomCase(seed), choices(seed + 1))),
    { numRuns: RUNS, seed: 20261123 },
  )
}

function evaluated(input: EvaluationInput): Evaluation {
  const result = evaluate(input)
  if (result.outcome === 'refused') throw new Error(JSON.stringify(result.faults))
  return result
}

const scoreOf = (input: EvaluationInput): Score => evaluated(input).score

/** Every interval of a score by its place. */
function intervals(score: Score): [string, { value: number; upper: number }][] {
  return [
    ['whole', score],
    ...Object.entries(score.pillars),
    ...score.rulebooks.map((each): [string, Score['rulebooks'][number]] => [each.key, each]),
  ]
}

function assertKnowsNoMore(less: Score, more: Score) {
  const before = new Map(intervals(more))
  for (const [place, { value, upper }] of intervals(less)) {
    const known = before.get(place)
    assert.ok(known !== undefined && value <= known.value, `value of ${place} rose`)
    assert.ok(upper >= known.upper, `upper of ${place} fell`)
  }
}

type Change = (statement: AttestedAnswers, pick: Choices) => AttestedAnswers | null

/** Changes one statement (null removes it); nothing where it is the only one. */
function changeOne(input: EvaluationInput, pick: Choices, change: Change): EvaluationInput {
  const at = pick.integer(0, input.attestations.length - 1)
  const attestations = input.attestations.flatMap((statement, i) => {
    const changed = i === at ? change(statement, pick) : statement
    return changed === null ? [] : [changed]
  })
  return attestations.length === 0 ? input : { ...input, attestations }
}

const HIDING: Readonly<Record<string, Change>> = {
  'removing an attestation': () => null,
  'removing an answer': (statement, pick) => {
    const at = pick.integer(0, Math.max(0, statement.results.length - 1))
    return { ...statement, results: statement.results.filter((_, i) => i !== at) }
  },
  'declaring an answer not assessed': (statement, pick) => {
    const at = pick.integer(0, Math.max(0, statement.results.length - 1))
    return {
      ...statement,
      results: statement.results.map((result, i) =>
        i === at ? { indicator: result.indicator, answer: 'not-assessed' } : result,
      ),
    }
  },
  'lowering an assurance level': (statement, pick) => {
    const at = pick.integer(0, Math.max(0, statement.results.length - 1))
    return {
      ...statement,
      results: statement.results.map((result, i) => {
        if (i !== at || result.answer === 'not-assessed') return result
        const assuranceLevel = result.assuranceLevel === 'reasonable' ? 'limited' : 'none'
        return { ...result, assuranceLevel }
      }),
    }
  },
  'leaving out the evidence': (statement) => ({
    ...statement,
    results: statement.results.map((result) => {
      if (result.answer === 'equivalent' || result.answer === 'not-assessed') return result
      const { evidenceIds: _, ...rest } = result
      return rest
    }),
  }),
  'widening an uncertainty': (statement) => ({
    ...statement,
    results: statement.results.map((result) =>
      result.answer === 'assessed' && result.unit !== undefined
        ? { ...result, uncertainty: `1${result.uncertainty ?? '0'}` }
        : result,
    ),
  }),
  'narrowing the boundary': (statement) => {
    if (statement.subject.type === 'Battery') return statement
    const { boundary } = statement
    const covered = boundary.kind === 'partial' ? boundary.coveredShare : 10000
    const coveredShare = Math.max(1, Math.floor(covered / 2))
    return { ...statement, boundary: { kind: 'partial', coveredShare, excluded: 'More.' } }
  },
  'narrowing the activities': (statement) => ({
    ...statement,
    activities: statement.activities.slice(0, 1),
  }),
  'qualifying the conclusion': (statement, pick) => ({
    ...statement,
    qualifiedIndicators: pick.some(
      statement.results.map(({ indicator }) => indicator),
      50,
    ),
  }),
  'withdrawing the attestation': (statement) => ({ ...statement, withdrawnIndicators: 'all' }),
  'withdrawing some of it': (statement, pick) => ({
    ...statement,
    withdrawnIndicators: pick.some(
      statement.results.map(({ indicator }) => indicator),
      50,
    ),
  }),
}

describe('Hiding never helps:', () => {
  for (const [name, change] of Object.entries(HIDING)) {
    it(`${name} never raises a value nor lowers an upper bound`, () => {
      always((input, pick) => {
        // Qualified answers are already hidden: qualifying others instead would reveal them.
        const attestations = input.attestations.map((statement) => ({
          ...statement,
          qualifiedIndicators: [],
        }))
        const open = { ...input, attestations }
        assertKnowsNoMore(scoreOf(changeOne(open, pick, change)), scoreOf(open))
      })
    })
  }
})

describe('Answering better', () => {
  it('never lowers a value nor an upper bound', () => {
    always((input, pick) => {
      const better = changeOne(input, pick, (statement) => ({
        ...statement,
        results: statement.results.map((result) => {
          const { rulebook } =
            input.method.rulebooks.find((each) => each.rulebook.key === statement.rulebook) ?? {}
          const indicator = rulebook?.indicators.find(({ id }) => id === result.indicator)
          if (indicator === undefined || result.answer !== 'assessed') return result
          return pick.chance(50) ? { ...bestResult(indicator), ...assuranceOf(result) } : result
        }),
      }))
      const before = new Map(intervals(scoreOf(input)))
      for (const [place, { value, upper }] of intervals(scoreOf(better))) {
        const earlier = before.get(place)
        assert.ok(earlier !== undefined && value >= earlier.value, `value of ${place} fell`)
        assert.ok(upper >= earlier.upper, `upper of ${place} fell`)
      }
    })

    function assuranceOf<T extends { assuranceLevel: 'none' | 'limited' | 'reasonable' }>({
      assuranceLevel,
      ...rest
    }: T & { evidenceIds?: string[] }) {
      return {
        assuranceLevel,
        ...(rest.evidenceIds === undefined ? {} : { evidenceIds: rest.evidenceIds }),
      }
    }
  })

  it('is worth no less when the rulebook gives an answer more points', () => {
    always((input) => {
      const { method, rulebooks } = input.method
      const generous = rulebooks.map(({ rulebook }) => ({
        ...rulebook,
        indicators: rulebook.indicators.map((indicator) => {
          const { points, gate } = indicator
          if (Array.isArray(points) || points.some === undefined) return indicator
          const isGate =
            gate !== undefined && !('atLeast' in gate.when) && gate.when.includes('some')
          const some = isGate ? 0 : Math.min(10000, points.some + 2000)
          return { ...indicator, points: { ...points, some } }
        }),
      }))
      const { rulebooks: _, ...rest } = method
      const weights = rulebooks.map(({ weight }) => weight)
      const loaded = load(generous, rest)
      const reweighted = {
        ...loaded,
        rulebooks: loaded.rulebooks.map((each, i) => ({ ...each, weight: weights[i] ?? 0 })),
      }
      const before = new Map(intervals(scoreOf(input)))
      for (const [place, { value }] of intervals(scoreOf({ ...input, method: reweighted }))) {
        assert.ok(value >= (before.get(place)?.value ?? 0), `value of ${place} fell`)
      }
    })
  })
})

describe('A score', () => {
  it('does not depend on the order of rows, attestations, activities and answers', () => {
    always((input, pick) => {
      const permuted = {
        ...input,
        supplyChain: pick.shuffled(input.supplyChain),
        attestations: pick.shuffled(input.attestations).map((statement) => ({
          ...statement,
          activities: pick.shuffled(statement.activities),
          results: pick.shuffled(statement.results),
        })),
      }
      assert.equal(JSON.stringify(scoreOf(permuted)), JSON.stringify(scoreOf(input)))
    })
  })

  it('has no value above its upper bound, and shares that fit into each other', () => {
    always((input) => {
      const score = scoreOf(input)
      for (const [place, { value, upper }] of intervals(score)) {
        assert.ok(value >= 0 && value <= upper && upper <= 10000, place)
      }
      for (const { coverage, assuranceMix: mix, notApplicable } of [score, ...score.rulebooks]) {
        assert.equal(mix.reasonable + mix.limited + mix.none, coverage)
        assert.ok(Math.min(mix.reasonable, mix.limited, mix.none, notApplicable) >= 0)
        assert.ok(coverage <= 10000 && notApplicable <= 10000)
      }
      assert.ok(score.baseline.met + score.baseline.notMet <= score.coverage)
    })
  })

  it('is one number, up to rounding, where everything is known', () => {
    always((input, pick) => {
      const { score: whole, plan } = evaluated(knowingEverything(input, pick))
      const asked = new Set<string>(
        plan.rulebooks.flatMap(({ cells }) => cells.map((c) => c.pillar)),
      )
      for (const [place, { value, upper }] of intervals(whole)) {
        if (place in whole.pillars && !asked.has(place)) continue
        assert.ok(upper - value <= 1, `${place}: [${value}, ${upper}]`)
      }
      assert.ok(whole.coverage === 10000)
    })
  })

  it('does not change when a facility is split into two that are alike', () => {
    always((input, pick) => {
      const rows = [...input.supplyChain.entries()].filter(([, { share }]) => share > 1)
      if (rows.length === 0) return
      const [at, row] = pick.one(rows)
      const twin = `${row.facility}-twin`
      const share = pick.integer(1, row.share - 1)
      const split = {
        ...input,
        supplyChain: [
          ...input.supplyChain.map((each, i) =>
            i === at ? { ...row, share: row.share - share } : each,
          ),
          { ...row, facility: twin, share },
        ],
        attestations: [
          ...input.attestations,
          ...input.attestations.flatMap((statement): AttestedAnswers[] => {
            const { subject } = statement
            return subject.type === 'Facility' && subject.facility === row.facility
              ? [{ ...statement, subject: { type: 'Facility', facility: twin } }]
              : []
          }),
        ],
      }
      assert.deepEqual(scoreOf(split), scoreOf(input))
    })
  })

  it('does not change by rows of materials the method does not have, and reports them', () => {
    always((input, pick) => {
      const padding = {
        facility: 'https://register.example/facilities/padding',
        stage: pick.one(['mining', 'refining', 'cell', 'product', 'distribution']),
        material: 'unobtainium',
        share: 10000,
        custodyModel: 'book-and-claim' as const,
      }
      const before = evaluated(input)
      const after = evaluated({ ...input, supplyChain: [...input.supplyChain, padding] })
      assert.deepEqual(after.score, before.score)
      assert.deepEqual(after.rowsOutsideMethod, [
        ...before.rowsOutsideMethod,
        input.supplyChain.length,
      ])
    })
  })

  it('is the same twice, and leaves its input as it was', () => {
    always((input) => {
      const copy = structuredClone(input.attestations)
      assert.deepEqual(scoreOf(input), scoreOf(input))
      assert.deepEqual(input.attestations, copy)
    })
  })
})

/** Every share supplied, every question answered at some worth, by every subject. */
function knowingEverything(input: EvaluationInput, pick: Choices): EvaluationInput {
  const stages = input.method.method.chemistries.NMC?.stages ?? []
  const activities = stages.flatMap(({ key: stage, materials }) =>
    materials === 'none'
      ? [{ stage }]
      : materials.map(({ key: material }) => ({ stage, material })),
  )
  const facility = 'https://register.example/facilities/all'
  const supplyChain = activities.map((activity) => ({
    facility,
    ...activity,
    share: 10000,
    custodyModel: 'mass-balance' as const,
  }))
  const answers = (rulebook: string): AttestedAnswers['results'] =>
    (
      input.method.rulebooks.find((each) => each.rulebook.key === rulebook)?.rulebook.indicators ??
      []
    ).map((indicator) => {
      const best = bestResult(indicator)
      if (Array.isArray(indicator.points) || best.answer !== 'assessed') return best
      return { ...best, value: pick.one(Object.keys(indicator.points)) }
    })
  const [first] = input.attestations
  if (first === undefined) throw new Error('a case without attestations')
  return {
    ...input,
    supplyChain,
    attestations: input.method.rulebooks.flatMap(({ rulebook: { key } }): AttestedAnswers[] => {
      const common = {
        ...first,
        rulebook: key,
        boundary: { kind: 'whole' } as const,
        results: answers(key),
        qualifiedIndicators: [],
      }
      return [
        { ...common, subject: { type: 'Facility', facility }, activities },
        { ...common, subject: { type: 'Battery' }, activities: [{ stage: 'product' }] },
      ]
    }),
  }
}
