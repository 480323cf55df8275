import assert from 'node:assert/strict'
import { type EvaluationInput, evaluate } from '@battery-passport/rulebooks'
import { Fraction } from './support/fraction.ts'
import { randomCase } from './support/random-case.ts'
import { countWorlds, worldsOf, worthOfWorld } from './support/worlds.ts'

const SEEDS = 500
const MOST_WORLDS = 700

/** The least and the most of a list of exact figures, rounded as bounds are. */
function boundsOf(worths: readonly Fraction[]): [number, number] {
  let [least, most] = [new Fraction(10000), new Fraction(0)]
  for (const worth of worths) {
    if (worth.isBelow(least)) least = worth
    if (most.isBelow(worth)) most = worth
  }
  return [least.floor(), most.ceiling()]
}

function assertBoundsAreReached(seed: number, input: EvaluationInput) {
  const result = evaluate(input)
  assert.equal(result.outcome, 'evaluated')
  const { score } = result
  const worlds = [...worldsOf(input)].map((world) => worthOfWorld(input, world))
  const whole = boundsOf(worlds.map(({ esg }) => esg))
  assert.deepEqual([score.value, score.upper], whole, `seed ${seed}: the whole`)
  const [rulebook] = score.rulebooks
  assert.deepEqual(
    [rulebook?.value, rulebook?.upper],
    boundsOf(worlds.flatMap((world) => world.rulebook ?? [])),
    `seed ${seed}: the rulebook`,
  )
  for (const pillar of ['environment', 'social', 'governance'] as const) {
    const worths = worlds.flatMap(
      ({ cells }) => cells.find((cell) => cell.pillar === pillar)?.worth ?? [],
    )
    if (worths.length === 0) continue
    const { value, upper } = score.pillars[pillar]
    assert.deepEqual([value, upper], boundsOf(worths), `seed ${seed}: ${pillar}`)
  }
}

describe('The interval of a score', () => {
  const cases = Array.from({ length: SEEDS }, (_, seed) => ({
    seed,
    input: randomCase(seed, 'small'),
  })).map((each) => ({ ...each, worlds: countWorlds(each.input) }))
  const small = cases.filter(({ worlds }) => worlds > 1 && worlds <= MOST_WORLDS)

  it('has enough small cases to be tried on, with gates, boundaries, uncertainty and gaps', () => {
    assert.ok(small.length > 100, `only ${small.length} cases`)
    const all = small.flatMap(({ input }) => input.attestations)
    const indicators = small.flatMap(({ input }) =>
      input.method.rulebooks.flatMap(({ rulebook }) => rulebook.indicators),
    )
    assert.ok(all.some(({ boundary }) => boundary.kind === 'partial'))
    assert.ok(all.some(({ results }) => results.some((r) => 'uncertainty' in r)))
    for (const level of ['facility', 'product']) {
      assert.ok(indicators.some(({ gate }) => gate?.level === level))
    }
  })

  it('is the least and the most over every completion of what is unknown', () => {
    for (const { seed, input } of small) assertBoundsAreReached(seed, input)
  })
})
