import assert from 'node:assert/strict'
import {
  type AttestedAnswers,
  type Evaluation,
  type EvaluationInput,
  type ExplainedSubject,
  evaluate,
  explain,
  type Indicator,
} from '@battery-passport/rulebooks'
import { answer, attested, evaluated, indicator, load, row, rulebook } from './support/build.ts'
import { bestResult, randomCase } from './support/random-case.ts'

const BOOK = rulebook({
  stageWeights: { cell: 8000, product: 2000 },
  indicators: [
    indicator({
      id: 'flag',
      weight: 5000,
      gate: { when: ['false'], cap: 3000, level: 'facility' },
    }),
    indicator({ id: 'amount', weight: 3000, kind: 'quantity', pillar: 'environment' }),
    indicator({ id: 'extra', weight: 1000, notApplicableWhen: ['none'] }),
    indicator({ id: 'design', weight: 1000, level: 'product', stages: ['product'] }),
  ],
})
const METHOD = load([BOOK], { pillars: { environment: 4000, social: 6000, governance: 0 } })

const EVALUATION = evaluated(
  METHOD,
  [
    row('a', { share: 6000 }),
    row('b', { share: 3000 }),
    row('x', { stage: 'mining', material: 'tin' }),
  ],
  [
    attested('a', [
      {
        indicator: 'extra',
        answer: 'not-applicable',
        condition: 'none',
        assuranceLevel: 'limited',
      },
      answer('flag', 'true', { assuranceLevel: 'reasonable' }),
      answer('amount', '10', { unit: 't', uncertainty: '1' }),
    ]),
  ],
)

function subjectsOf(evaluation: Evaluation): ExplainedSubject[] {
  return explain(evaluation).rulebooks.flatMap(({ stages }) =>
    stages.flatMap(({ materials }) => materials.flatMap(({ facilities }) => facilities)),
  )
}

describe('explain', () => {
  it('derives the score from rulebook, stage, material and facility down to the points', () => {
    const { rulebooks, value, upper, grade, rowsOutsideMethod } = explain(EVALUATION)
    assert.deepEqual([value, upper, grade], [EVALUATION.score.value, EVALUATION.score.upper, 'C'])
    assert.deepEqual(rowsOutsideMethod, [2])
    const [one] = rulebooks
    assert.deepEqual(
      one?.stages.map(({ stage, weight, of }) => [stage, weight, of]),
      [
        ['cell', 8000, 10000],
        ['product', 2000, 10000],
      ],
    )
    const [cell] = one?.stages[0]?.materials ?? []
    assert.deepEqual([cell?.material, cell?.weight, cell?.of], [null, 1, 1])
    assert.deepEqual(
      cell?.facilities.map(({ facility, row, share, credential }) => [
        facility,
        row,
        share,
        credential,
      ]),
      [
        ['https://register.example/facilities/a', 0, 6000, 'urn:uuid:a'],
        ['https://register.example/facilities/b', 1, 3000, null],
      ],
    )
    assert.deepEqual(cell?.uncovered?.share, 1000)
  })

  it('tells of each answer what it is worth and where it stands', () => {
    const [a] = subjectsOf(EVALUATION)
    assert.deepEqual(a?.indicators[0], {
      indicator: 'flag',
      pillar: 'social',
      tier: 'leading',
      weight: 5000,
      source: {
        credential: 'urn:uuid:a',
        pointer: '/credentialSubject/results/1',
        answered: answer('flag', 'true', { assuranceLevel: 'reasonable' }),
      },
      status: 'known',
      points: { value: 10000, upper: 10000 },
      assuranceLevel: 'reasonable',
    })
    assert.equal(a?.indicators[2]?.status, 'not-applicable')
    assert.equal(a?.indicators[2]?.source?.pointer, '/credentialSubject/results/0')
  })

  it('tells of the battery and of unattested facilities that nothing covers them', () => {
    const [, b, battery] = subjectsOf(EVALUATION)
    assert.deepEqual([battery?.facility, battery?.row], [null, null])
    for (const subject of [b, battery]) {
      assert.ok(subject !== undefined && subject.indicators.length > 0)
      for (const each of subject.indicators) {
        assert.ok(each.status === 'unknown' && each.reason === 'not-covered')
        assert.equal(each.source, null)
      }
    }
    assert.deepEqual(b?.caps, [{ indicator: 'flag', cap: 3000, state: 'may-hold' }])
  })

  it('lets the pillars and their cells give the value', () => {
    const { pillars } = explain(EVALUATION)
    assert.deepEqual(
      pillars.map(({ pillar, weight, of, cells }) => [pillar, weight, of, cells.length]),
      [
        ['environment', 4000, 10000, 1],
        ['social', 6000, 10000, 1],
      ],
    )
  })

  it('tells an uncertainty that touches several bands, and what a sure figure could raise', () => {
    const amount = subjectsOf(EVALUATION)[0]?.indicators[1]
    assert.ok(amount?.status === 'known')
    assert.deepEqual(amount.points, { value: 0, upper: 10000 })
    // environment is the amount alone: 0.6 of it, of 4000.
    assert.deepEqual([amount.reason, amount.raises], ['uncertainty', 2400])
  })

  it('tells why an answer is unknown', () => {
    const reasons = (
      book: Partial<Indicator>,
      results: AttestedAnswers['results'],
      overrides: Partial<AttestedAnswers> = {},
    ) => {
      const loaded = load([rulebook({ indicators: [indicator({ id: 'one', ...book })] })])
      const [subject] = subjectsOf(
        evaluated(loaded, [row('a')], [attested('a', results, overrides)]),
      )
      const [leaf] = subject?.indicators ?? []
      return leaf?.status === 'unknown' ? leaf.reason : leaf?.status
    }
    const yes = [answer('one', 'true')]
    assert.equal(reasons({}, yes), 'known')
    assert.equal(reasons({}, []), 'not-assessed')
    assert.equal(reasons({}, [{ indicator: 'one', answer: 'not-assessed' }]), 'not-assessed')
    assert.equal(reasons({ minimumAssurance: 'reasonable' }, yes), 'below-required-assurance')
    assert.equal(reasons({ evidenceRequired: true }, yes), 'no-evidence')
    assert.equal(reasons({}, yes, { qualifiedIndicators: ['one'] }), 'qualified')
    assert.equal(reasons({}, yes, { withdrawnIndicators: ['one'] }), 'withdrawn')
    assert.equal(reasons({}, yes, { withdrawnIndicators: 'all' }), 'withdrawn')
    assert.equal(
      reasons({}, yes, {
        withdrawnIndicators: 'all',
        uncountedBecause: 'conclusion-not-accepted',
      }),
      'conclusion-not-accepted',
    )
    assert.equal(reasons({}, [answer('one', 'maybe')]), 'invalid-answer')
    assert.equal(reasons({}, [...yes, ...yes]), 'invalid-answer')
    assert.equal(reasons({}, yes, { activities: [{ stage: 'mining' }] }), 'not-covered')
  })

  it('says what the part outside a boundary could raise', () => {
    const loaded = load([rulebook({})])
    const [subject] = subjectsOf(
      evaluated(
        loaded,
        [row('a')],
        [
          attested('a', [answer('one', 'true')], {
            boundary: { kind: 'partial', coveredShare: 7000, excluded: 'Line 2' },
          }),
        ],
      ),
    )
    assert.deepEqual(subject?.excluded, { share: 3000, reason: 'outside-boundary', raises: 3000 })
  })

  it('is plain data: it survives JSON', () => {
    const explanation = explain(EVALUATION)
    assert.deepEqual(JSON.parse(JSON.stringify(explanation)), explanation)
  })
})

describe('What an unknown could raise', () => {
  const SEEDS = Array.from({ length: 60 }, (_, seed) => seed)

  function evaluationOf(input: EvaluationInput): Evaluation {
    const result = evaluate(input)
    assert.ok(result.outcome === 'evaluated')
    return result
  }

  /** The case with the best answer of one indicator in one statement. */
  function answered(input: EvaluationInput, credential: string, asked: Indicator): EvaluationInput {
    return {
      ...input,
      attestations: input.attestations.map((statement) =>
        statement.credential === credential
          ? {
              ...statement,
              results: [
                ...statement.results.filter((result) => result.indicator !== asked.id),
                bestResult(asked),
              ],
              qualifiedIndicators: statement.qualifiedIndicators.filter((id) => id !== asked.id),
            }
          : statement,
      ),
    }
  }

  it('is what the score gains when the question is answered at its best', () => {
    let compared = 0
    for (const seed of SEEDS) {
      const input = randomCase(seed)
      const evaluation = evaluationOf(input)
      const before = evaluation.score.value
      for (const [r, { stages }] of explain(evaluation).rulebooks.entries()) {
        const indicators = input.method.rulebooks[r]?.rulebook.indicators ?? []
        const subjects = stages.flatMap(({ materials }) => materials.flatMap((m) => m.facilities))
        for (const { credential, indicators: leaves } of subjects) {
          for (const leaf of leaves) {
            const asked = indicators.find(({ id }) => id === leaf.indicator)
            if (leaf.status !== 'unknown' || credential === null || asked === undefined) continue
            const after = evaluationOf(answered(input, credential, asked)).score.value
            assert.equal(leaf.raises, after - before, `seed ${seed}, ${leaf.indicator}`)
            compared += 1
          }
        }
      }
    }
    assert.ok(compared > 200, `only ${compared} unknowns`)
  })

  it('is for an uncovered share what a perfect supplier would bring', () => {
    let compared = 0
    for (const seed of SEEDS) {
      const input = randomCase(seed, 'small')
      const evaluation = evaluationOf(input)
      const before = evaluation.score.value
      const [book] = input.method.rulebooks
      assert.ok(book !== undefined)
      for (const { stage, materials } of explain(evaluation).rulebooks[0]?.stages ?? []) {
        for (const { material, uncovered } of materials) {
          if (uncovered === undefined) continue
          const activity = material === null ? { stage } : { stage, material }
          const facility = 'https://register.example/facilities/perfect'
          const [first] = input.attestations
          assert.ok(first !== undefined)
          const after: number = evaluationOf({
            ...input,
            supplyChain: [
              ...input.supplyChain,
              { facility, ...activity, share: uncovered.share, custodyModel: 'mass-balance' },
            ],
            attestations: [
              ...input.attestations,
              {
                ...first,
                subject: { type: 'Facility', facility },
                activities: [activity],
                boundary: { kind: 'whole' },
                results: book.rulebook.indicators.map(bestResult),
                qualifiedIndicators: [],
              },
            ],
          }).score.value
          assert.equal(uncovered.raises, after - before, `seed ${seed}, ${stage} ${material}`)
          compared += 1
        }
      }
    }
    assert.ok(compared > 50, `only ${compared} shares`)
  })

  it('is never negative', () => {
    for (const seed of SEEDS) {
      const text = JSON.stringify(explain(evaluationOf(randomCase(seed))))
      assert.ok(!text.includes('"raises":-'), `seed ${seed}`)
    }
  })
})
