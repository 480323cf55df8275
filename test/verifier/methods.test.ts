import assert from 'node:assert/strict'
import { digestOfDocument } from '@battery-passport/contexts'
import { SHIPPED_METHODS } from '@battery-passport/rulebooks'
import { MethodDocumentError, methodLibrary } from '@battery-passport/verifier'
import { createMemory } from '../../verifier/memory/memory.ts'
import { methodFor } from '../../verifier/policy/method-claim.ts'
import type { Passport } from '../../verifier/reading/secured-credential.ts'
import { evaluateBattery, explainBattery } from '../../verifier/score/evaluation.ts'
import { Consortium, DATES } from '../support/consortium.ts'

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
    assert.equal(library.findRulebook(digestOfDocument({})), null)
  })

  it('holds what had the digest, whatever becomes of the document that was given', () => {
    const { digestMultibase } = consortium.method
    const method: { rulebooks: unknown[] } = structuredClone({
      ...consortium.method.method,
      rulebooks: [...consortium.method.method.rulebooks],
    })
    const library = methodLibrary({ methods: [method], rulebooks: consortium.rulebooks })
    method.rulebooks.pop()
    const lookup = library.find(digestMultibase)
    assert.ok(lookup.ok)
    assert.equal(digestOfDocument(lookup.method.method), digestMultibase)
  })

  it('loads a method once, whether it was given or shipped, the shipped for every library', () => {
    const { method, digestMultibase } = consortium.method
    const given = { methods: [method], rulebooks: consortium.rulebooks }
    const library = methodLibrary(given)
    assert.equal(library.find(digestMultibase), library.find(digestMultibase))
    assert.notEqual(methodLibrary(given).find(digestMultibase), library.find(digestMultibase))
    const [shipped] = SHIPPED_METHODS
    assert.ok(shipped !== undefined)
    const digest = digestOfDocument(shipped)
    const lookup = methodLibrary({}).find(digest)
    assert.ok(lookup.ok)
    assert.equal(methodLibrary(given).find(digest), lookup)
  })

  it('has no method that nobody gave, and says which', () => {
    const digest = digestOfDocument({})
    const library = methodLibrary({})
    const lookup = library.find(digest)
    assert.ok(!lookup.ok)
    assert.equal(lookup.missing, digest)
    // What is not at hand here may be at hand in another library.
    assert.notEqual(methodLibrary({}).find(digest), lookup)
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
          error.name === 'MethodDocumentError' &&
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
      assert.throws(
        () => library.find(digestOfDocument(document)),
        (error) => error instanceof MethodDocumentError && /^method: /.test(error.message),
      )
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

describe('the method of a claim, in the policy', () => {
  let consortium: Consortium
  let secured: Passport
  const library = () =>
    methodLibrary({
      methods: [consortium.method.method],
      rulebooks: consortium.rulebooks,
    })
  const claimed = (overrides: Readonly<Record<string, unknown>> = {}) =>
    methodFor(secured, consortium.policy(overrides), library())
  const accepted = () => {
    const { method, digestMultibase } = consortium.method
    return { key: method.key, version: method.version, digestMultibase }
  }

  before(async () => {
    consortium = await Consortium.assemble()
    secured = (await consortium.passport()).secured
  })

  it('is the one with its key, its version and its digest, and none that shares two of them', () => {
    assert.notEqual(claimed().method, null)
    const other = {
      key: 'other',
      version: '9.9.9',
      digestMultibase: digestOfDocument({}),
    }
    for (const member of ['key', 'version', 'digestMultibase'] as const) {
      const similar = { ...accepted(), [member]: other[member] }
      const { method, findings } = claimed({ methods: [similar] })
      assert.equal(method, null)
      const { key, version, digestMultibase } = similar
      assert.deepEqual(
        findings.map(({ code, expected }) => [code, expected]),
        [['RULEBOOK_NOT_ACCEPTED', `${key} ${version} (${digestMultibase})`]],
      )
      if (member !== 'digestMultibase') continue
      assert.notEqual(claimed({ methods: [similar, accepted()] }).method, null)
    }
  })

  it('counts to the very second until which the policy has it', () => {
    const { created } = DATES.passport
    const until = (instant: string) => claimed({ methods: [{ ...accepted(), until: instant }] })
    assert.notEqual(until(created).method, null)
    const { method, findings } = until('2026-09-20T11:59:59Z')
    assert.equal(method, null)
    assert.deepEqual(
      findings.map(({ code, found }) => [code, found]),
      [['RULEBOOK_NOT_ACCEPTED', created]],
    )
  })

  it('is a note where it is illustrative and the policy allows that, and an error where not', () => {
    for (const [allowIllustrative, severity, detail, expected] of [
      [true, 'note', /shows the mechanism/, 'a method and rulebooks of a scheme'],
      [false, 'error', /does not allow/, 'allowIllustrative: true in your policy'],
    ] as const) {
      const { findings } = claimed({ allowIllustrative })
      const [illustrative] = findings
      assert.equal(findings.length, 1)
      assert.equal(illustrative?.severity, severity)
      assert.match(illustrative.detail, detail)
      assert.equal(illustrative.expected, expected)
      const { key, version } = accepted()
      assert.ok(illustrative.found.includes(`${key} ${version}`), illustrative.found)
    }
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
