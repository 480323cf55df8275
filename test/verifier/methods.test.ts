import assert from 'node:assert/strict'
import { digestOfDocument } from '@battery-passport/contexts'
import { MethodDocumentError, methodLibrary } from '@battery-passport/verifier'
import { createMemory } from '../../verifier/memory/memory.ts'
import { methodFor } from '../../verifier/policy/method-claim.ts'
import { evaluateBattery, explainBattery } from '../../verifier/score/evaluation.ts'
import { Consortium } from '../support/consortium.ts'

describe('a library of methods', () => {
  let consortium: Consortium

  before(async () => {
    consortium = await Consortium.assemble()
  })

  it('finds what it was given, by digest', () => {
    const { method, digestMultibase } = consortium.method
    const library = methodLibrary({ methods: [method], rulebooks: consortium.rulebooks })
    const lookup = library.find(digestMultibase)
    assert.ok(lookup.ok)
    assert.deepEqual(lookup.method.method, method)
    const [rulebook] = consortium.rulebooks
    assert.equal(library.findRulebook(digestOfDocument(rulebook))?.key, rulebook?.key)
  })

  it('says which rulebook of a method is not at hand', () => {
    const { method, digestMultibase } = consortium.method
    const [, ...others] = consortium.rulebooks
    const lookup = methodLibrary({ methods: [method], rulebooks: others }).find(digestMultibase)
    assert.ok(!lookup.ok)
    assert.equal(lookup.missing, method.rulebooks[0]?.digestMultibase)
  })

  it('takes no rulebook with faults, and names the first', () => {
    const [rulebook] = consortium.rulebooks
    for (const document of [42, null, {}, { ...rulebook, stageWeights: { mining: 1 } }]) {
      assert.throws(
        () => methodLibrary({ rulebooks: [document] }),
        (error) =>
          error instanceof MethodDocumentError &&
          error.faults.length > 0 &&
          /^rulebook: .*expected .*, found /s.test(error.message),
      )
    }
  })

  it('has no method out of a document that is none, whatever it pins', () => {
    const { method } = consortium.method
    for (const document of [
      42,
      null,
      'a method',
      {},
      { rulebooks: 'all' },
      { rulebooks: [null, 7, {}, { digestMultibase: 8 }] },
      { ...method, chemistries: {} },
    ]) {
      const library = methodLibrary({ methods: [document], rulebooks: consortium.rulebooks })
      assert.throws(() => library.find(digestOfDocument(document)), MethodDocumentError)
    }
  })
})

describe('the method of a claim', () => {
  it('is called illustrative only where it, or a rulebook of it, is', async () => {
    const consortium = await Consortium.assemble()
    const { secured } = await consortium.passport()
    const { method: loaded } = consortium
    const inForce = <T extends object>(document: T) => ({ ...document, status: 'adopted' }) as const
    const claimed = (method: typeof loaded) =>
      methodFor(secured, consortium.policy(), {
        find: () => ({ ok: true, method }),
        findRulebook: () => null,
      })
    const adopted = {
      ...loaded,
      method: inForce(loaded.method),
      rulebooks: loaded.rulebooks.map((each) => ({ ...each, rulebook: inForce(each.rulebook) })),
    }
    assert.deepEqual(claimed(adopted), { method: adopted, findings: [] })
    const [first, ...others] = loaded.rulebooks
    assert.ok(first !== undefined)
    const mixed = { ...adopted, rulebooks: [first, ...others] }
    assert.deepEqual(
      claimed(mixed).findings.map(({ code, severity }) => [code, severity]),
      [['ILLUSTRATIVE', 'note']],
    )
  })
})

describe('the derivation of a score', () => {
  it('is of none where there is no score', async () => {
    const consortium = await Consortium.assemble()
    const { secured } = await consortium.passport()
    const battery = secured.credential.credentialSubject
    const counted = consortium.attestations.map(({ secured }) => ({
      attestation: secured,
      facility: secured.credential.credentialSubject.id,
      uncounted: null,
      withdrawnIndicators: [],
    }))
    const explained = explainBattery(battery, consortium.method, counted, 'none')
    assert.ok(explained !== null)
    // Two that answer the same: nobody could say which of them counts.
    const twice = [...counted, ...counted]
    const { evaluations } = createMemory()
    const refused = evaluateBattery(battery, consortium.method, twice, 'none', evaluations)
    assert.equal(refused.outcome, 'refused')
    assert.throws(() => explainBattery(battery, consortium.method, twice, 'none'), /no score/)
  })
})
