import assert from 'node:assert/strict'
import { evaluate } from '@battery-passport/rulebooks'
import { attestedAnswers } from '@battery-passport/verifier'
import fc from 'fast-check'
import { type Chain, chainOf, type Plan, present } from '../conformance/generator/chain.ts'
import type { AnyCredential, Consortium } from '../support/consortium.ts'
import { assembleWorld, type World } from './bases.ts'
import { Choices } from './choices.ts'
import { type Judge, newJudge } from './judge.ts'
import type { Step } from './mutant.ts'
import { MUTATIONS, type MutationName } from './mutations.ts'
import { verifierWithout } from './planted.ts'
import { textOf, treeOfValue } from './tree.ts'

/** What an issuer may get wrong, or lie about, before it signs. */
const WORDS: readonly MutationName[] = [
  'drop',
  'duplicate',
  'reorder',
  'swap',
  'copy',
  'retype',
  'add',
  'text',
  'number',
  'date',
  'share',
  'score',
  'reference',
  'status',
]

const lies = fc.record({
  what: fc.constantFrom(...WORDS),
  choices: fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
})

describe('a credential that its own issuer signed, whatever it says', function () {
  this.timeout(300_000)
  let world: World
  let house: Consortium
  let judge: Judge

  before(async () => {
    world = await assembleWorld()
    const [plain] = world.houses
    assert.ok(plain)
    house = plain
    judge = newJudge(world)
  })

  /** The credential after a lie, where it is still JSON. */
  function altered(credential: AnyCredential, { what, choices }: Step): AnyCredential {
    const root = { key: '', value: treeOfValue(credential) }
    MUTATIONS[what]({ roots: [root], donors: [], editions: [] }, new Choices(choices))
    try {
      const changed: AnyCredential = JSON.parse(textOf(root.value))
      return typeof changed.id === 'string' ? changed : credential
    } catch {
      return credential
    }
  }

  /** Accepted only with the score that follows from what was attested, and that it claims. */
  async function assertScored(chain: Chain, seen: Map<string, number>): Promise<void> {
    const { verdict } = await judge({ input: present(chain), added: [] })
    seen.set(verdict.outcome, (seen.get(verdict.outcome) ?? 0) + 1)
    if (verdict.outcome !== 'accepted') {
      assert.equal(verdict.score, null)
      return
    }
    const battery = chain.passport.secured.credential.credentialSubject
    const evaluation = evaluate({
      method: house.method,
      battery,
      supplyChain: battery.supplyChain,
      attestations: chain.attestations.map(({ secured }) => attestedAnswers(secured)),
      shareAssurance: 'none',
    })
    assert.ok(evaluation.outcome === 'evaluated')
    assert.deepEqual(verdict.score, evaluation.score)
    assert.deepEqual(battery.score, evaluation.score)
    const shares = new Map<string, number>()
    for (const { stage, material = '', share } of battery.supplyChain) {
      assert.ok(share > 0)
      shares.set(`${stage} ${material}`, (shares.get(`${stage} ${material}`) ?? 0) + share)
    }
    for (const [of, sum] of shares) assert.ok(sum <= 10_000, `${of}: ${sum}`)
    const { value, upper } = evaluation.score
    assert.ok(value >= 0 && value <= upper && upper <= 10_000)
  }

  /** The chain, or null where what is said cannot even be signed. */
  async function signed(plan: Plan): Promise<Chain | null> {
    try {
      return await chainOf(house, plan)
    } catch {
      return null
    }
  }

  it('as a passport, is accepted with the recomputed score alone', async () => {
    const seen = new Map<string, number>()
    const property = fc.asyncProperty(lies, async (lie) => {
      const passport = { alter: (credential: AnyCredential) => altered(credential, lie) }
      const chain = await signed({ passport })
      if (chain !== null) await assertScored(chain, seen)
    })
    await fc.assert(property, { numRuns: 300, seed: 20_261_123 })
    for (const outcome of ['accepted', 'rejected']) assert.ok((seen.get(outcome) ?? 0) > 5, outcome)
  })

  it('as an attestation, is accepted with the score that follows from its answers alone', async () => {
    const seen = new Map<string, number>()
    const property = fc.asyncProperty(lies, fc.boolean(), async (lie, scoredHonestly) => {
      const attestation = { alter: (credential: AnyCredential) => altered(credential, lie) }
      // A passport that cannot be scored by it claims the honest score.
      const chain =
        (await signed({ attestation, scoredHonestly })) ??
        (await signed({ attestation, scoredHonestly: true }))
      if (chain !== null) await assertScored(chain, seen)
    })
    await fc.assert(property, { numRuns: 300, seed: 20_261_124 })
    for (const outcome of ['accepted', 'rejected']) assert.ok((seen.get(outcome) ?? 0) > 5, outcome)
  })

  it('would be seen, if the claim were not compared with what was recomputed', async () => {
    const library = await verifierWithout({
      name: 'claim',
      file: 'verifier/score/score.ts',
      guard: 'if (!isSame(claim, issued.score)) {',
      without: 'if (claim === undefined) {',
    })
    const sound = judge
    judge = newJudge(world, library)
    const property = fc.asyncProperty(lies, async (lie) => {
      const passport = { alter: (credential: AnyCredential) => altered(credential, lie) }
      const chain = await signed({ passport })
      if (chain !== null) await assertScored(chain, new Map())
    })
    const run = await fc.check(property, { numRuns: 300, seed: 20_261_123, endOnFailure: true })
    judge = sound
    assert.ok(run.failed)
  })
})
