import fc from 'fast-check'
import type { Recipe } from './mutant.ts'
import { MUTATIONS, type MutationName } from './mutations.ts'

const NAMES = Object.keys(MUTATIONS).filter((name): name is MutationName => name in MUTATIONS)

const choices = fc.array(fc.nat(), { minLength: 6, maxLength: 6 })
const step = fc.record({ what: fc.constantFrom(...NAMES), choices })

/**
 * One to four changes of the document, of its bytes, or of both. Mostly one: two are refused for
 * the first of them. A smaller list of smaller numbers is the simpler mutant.
 */
export const recipes: fc.Arbitrary<Recipe> = fc.oneof(
  { weight: 10, arbitrary: recipe(1, 1, 0, 0) },
  { weight: 5, arbitrary: recipe(2, 4, 0, 0) },
  { weight: 3, arbitrary: recipe(0, 0, 1, 2) },
  { weight: 1, arbitrary: recipe(1, 2, 1, 1) },
)

function recipe(
  fewestSteps: number,
  mostSteps: number,
  leastDamage: number,
  mostDamage: number,
): fc.Arbitrary<Recipe> {
  return fc.record({
    base: fc.nat(999),
    steps: fc.array(step, { minLength: fewestSteps, maxLength: mostSteps }),
    damage: fc.array(choices, { minLength: leastDamage, maxLength: mostDamage }),
  })
}
