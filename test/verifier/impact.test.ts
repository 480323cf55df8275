import assert from 'node:assert/strict'
import { didKeyResolver } from '@battery-passport/keys'
import {
  createVerifier,
  impact,
  type PassportImpact,
  type PassportVerdict,
  UnknownKeyError,
  type VerifierDeps,
  type Withdrawable,
} from '@battery-passport/verifier'
import {
  type Change,
  Consortium,
  clockAt,
  DATES,
  NOW,
  type Party,
  presentationOf,
  type Signed,
} from '../support/consortium.ts'
import { heapHeld } from '../support/heap.ts'
import { itemPassport, mixedDelivery } from '../support/mixed-delivery.ts'

/** A second before and after the passport was signed. */
const BEFORE = '2026-09-20T11:59:59Z'
const AFTER = '2026-09-20T12:00:01Z'
/** After everything was signed. */
const LATER = '2026-09-30T23:00:00Z'

/**
 * What two verdicts must agree in, where one rests on a notice and one on a supposition: everything
 * but how a withdrawal is worded, and that an identity that does not count leaves its notice unused.
 */
function essence({ outcome, score, findings }: PassportVerdict) {
  const facts = findings
    .filter(({ code }) => code !== 'NOTICE_UNUSED')
    .map(({ code, severity, credential, pointer, expected, found }) =>
      JSON.stringify([severity, code, credential, pointer, expected, found]),
    )
  return { outcome, score, facts: facts.sort() }
}

async function all<T>(yielded: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const each of yielded) found.push(each)
  return found
}

describe('impact', () => {
  let consortium: Consortium
  let deps: VerifierDeps
  let passport: Signed<'BatteryPassport'>
  let whole: Uint8Array
  let attestation: Signed<'RulebookAttestation'>
  /** An indicator that it answers. */
  let indicator: string

  before(async () => {
    consortium = await Consortium.assemble()
    deps = {
      clock: clockAt(),
      // One for all: it answers both verifications with the same documents.
      resolver: didKeyResolver(),
      methods: [consortium.method.method],
      rulebooks: consortium.rulebooks,
    }
    passport = await consortium.passport()
    whole = await consortium.presentation({ passport, lists: await consortium.statusLists() })
    const index = consortium.specs.findIndex(
      ({ by, facility }) => by === consortium.parties.climateBody && facility !== null,
    )
    attestation = consortium.attestations[index] ?? assert.fail()
    indicator =
      attestation.secured.credential.credentialSubject.results[0]?.indicator ?? assert.fail()
  })

  type Policy = Readonly<Record<string, unknown>>
  const ask = async (withdrawn: Withdrawable, policy: Policy = {}, bytes = whole) => {
    const [found] = await all(impact(withdrawn, [bytes], consortium.policy(policy), deps))
    return found ?? assert.fail()
  }

  /** The verdict on the same passport after its issuer has withdrawn a credential. */
  async function afterwards(
    about: Signed,
    issuer: Party,
    terms: { readonly since?: string; readonly indicators?: readonly string[] },
    policy: Policy,
  ): Promise<PassportVerdict> {
    const { since, indicators } = terms
    const change: Change = {
      alter: (credential) => {
        const { effectiveFrom: _, ...subject } = Object(credential.credentialSubject)
        const withdraws =
          indicators === undefined ? subject.withdraws : { kind: 'indicators', indicators }
        return { ...credential, credentialSubject: { ...subject, withdraws, voidFrom: since } }
      },
    }
    const notice = since === undefined ? null : await consortium.notice(issuer, about, change)
    const lists = [
      ...(await consortium.statusLists()).filter(({ secured }) => secured.issuer !== issuer.did),
      ...(await consortium.board.lists(issuer, {
        revoked: [about.id],
        notices: notice === null ? [] : [{ about: about.id, notice }],
      })),
    ]
    const bytes = await consortium.presentation({
      passport,
      lists,
      add: notice === null ? [] : [notice],
    })
    return consortium.verifier(policy).verifyPassport(bytes)
  }

  describe('says what verify says once it is withdrawn', () => {
    const policies: Policy[] = [
      {},
      { uncountedAttestation: 'rescore' },
      { acceptSelfAssertedTime: true },
      { requireCurrent: true },
      { minimums: { overall: { coverage: 4000 } }, uncountedAttestation: 'rescore' },
    ]
    const about = {
      'an attestation': () => [attestation, consortium.parties.climateBody],
      'an accreditation': () => [
        consortium.accreditations.get('climateBody'),
        consortium.parties.accreditationBody,
      ],
      'the accreditation above it': () => [
        consortium.accreditations.get('accreditationBody'),
        consortium.parties.schemeOwner,
      ],
      'an identity': () => [consortium.identities.get('packMaker'), consortium.parties.registrar],
      'the identity of an operator': () => [
        consortium.identities.get('miner'),
        consortium.parties.registrar,
      ],
      'the passport': () => [passport, consortium.parties.packMaker],
    } as const satisfies Record<string, () => readonly [Signed | undefined, Party]>
    const outcomes = new Set<string>()

    for (const [what, found] of Object.entries(about)) {
      for (const since of [undefined, '2025-06-01T00:00:00Z', BEFORE, AFTER]) {
        it(`of ${what}, ${since === undefined ? 'from the beginning' : `from ${since} on`}`, async () => {
          const [signed, issuer] = found()
          assert.ok(signed)
          const terms = since === undefined ? {} : { since }
          for (const policy of policies) {
            const real = await afterwards(signed, issuer, terms, policy)
            const supposed = await ask({ credential: signed.id, ...terms }, policy)
            assert.deepEqual(essence(supposed.after), essence(real))
            assert.equal(supposed.before.outcome, 'accepted')
            assert.ok(supposed.restsOnIt)
            outcomes.add(`${supposed.effect} ${real.outcome}`)
          }
        })
      }
    }

    it('of some answers of an attestation', async () => {
      for (const since of ['2025-06-01T00:00:00Z', BEFORE, AFTER]) {
        const terms = { since, indicators: [indicator] }
        for (const policy of policies) {
          const real = await afterwards(attestation, consortium.parties.climateBody, terms, policy)
          const supposed = await ask({ credential: attestation.id, ...terms }, policy)
          assert.deepEqual(essence(supposed.after), essence(real))
          outcomes.add(`${supposed.effect} ${real.outcome}`)
        }
      }
    })

    it('of a custody attestation, which takes the assurance of the shares', async () => {
      const { productBody } = consortium.parties
      const accredited = await consortium.custodyAccreditation()
      const custody = await consortium.custody(accredited)
      const assured = await consortium.passport({}, { custody: [custody] })
      const present = async (revoked: readonly string[]) => {
        const lists = [
          ...(await consortium.statusLists()).filter(
            ({ secured }) => secured.issuer !== productBody.did,
          ),
          ...(await consortium.board.lists(productBody, { revoked })),
        ]
        return consortium.presentation({ passport: assured, lists, add: [accredited, custody] })
      }
      for (const policy of policies) {
        const real = await consortium.verifier(policy).verifyPassport(await present([custody.id]))
        const supposed = await ask({ credential: custody.id }, policy, await present([]))
        assert.equal(supposed.before.score?.shareAssurance, 'limited')
        assert.deepEqual(essence(supposed.after), essence(real))
        assert.equal(supposed.effect, real.outcome === 'accepted' ? 'changes' : 'falls')
      }
    })

    it('with every outcome that a withdrawal has', () => {
      assert.deepEqual([...outcomes].sort(), [
        'changes accepted',
        'falls indeterminate',
        'falls rejected',
        'untouched accepted',
      ])
    })
  })

  describe('says what verify says under a policy that distrusts', () => {
    it('a DID or a key, from the beginning or an instant on', async () => {
      const { climateBody, registrar, packMaker } = consortium.parties
      const effects = new Set<string>()
      for (const { did, signer } of [climateBody, registrar, packMaker]) {
        for (const since of [undefined, '2026-01-01T00:00:00Z', AFTER, LATER]) {
          for (const policy of [{}, { acceptSelfAssertedTime: true }]) {
            const from = since === undefined ? {} : { since }
            const { thumbprint } = signer.publicKey
            const url = signer.verificationMethod
            for (const [withdrawn, rule] of [
              [
                { did, ...from },
                { did, ...from },
              ],
              [
                { key: thumbprint, ...from },
                { key: thumbprint, ...from },
              ],
              [
                { key: url, ...from },
                { key: thumbprint, ...from },
              ],
            ] as const) {
              const reason = 'supposed here, to see what follows'
              const distrust = [{ ...rule, reason }]
              const real = await consortium.verifier({ ...policy, distrust }).verifyPassport(whole)
              const supposed = await ask(withdrawn, policy)
              assert.deepEqual(supposed.after, real)
              assert.ok(supposed.restsOnIt)
              assert.equal(supposed.rescored, null)
              effects.add(supposed.effect)
            }
          }
        }
      }
      assert.deepEqual([...effects].sort(), ['falls', 'untouched'])
    })

    it('one more than it distrusts already', async () => {
      const { climateBody, miner, socialBody } = consortium.parties
      const own = { did: miner.did, reason: 'a reason of its owner' }
      const { before, after } = await ask({ did: climateBody.did }, { distrust: [own] })
      assert.equal(before.outcome, 'accepted')
      assert.ok(after.findings.some(({ code }) => code === 'DISTRUSTED'))
      const both = await ask(
        { did: climateBody.did },
        { distrust: [{ ...own, did: socialBody.did }] },
      )
      assert.equal(both.effect, 'not-accepted')
      const distrusted = both.after.findings.filter(({ code }) => code === 'DISTRUSTED')
      const found = new Set(distrusted.map((each) => each.found))
      assert.ok(found.has(climateBody.did) && found.has(socialBody.did))
    })
  })

  describe('of a passport', () => {
    it('gives each score, and how they differ to the basis point', async () => {
      const { before, after, change, effect, because } = await ask({
        credential: attestation.id,
        indicators: [indicator],
      })
      assert.equal(effect, 'changes')
      assert.ok(before.score && after.score && change)
      assert.equal(change.value, after.score.value - before.score.value)
      assert.equal(change.upper, after.score.upper - before.score.upper)
      assert.equal(change.coverage, after.score.coverage - before.score.coverage)
      assert.ok(change.value < 0 && change.coverage < 0)
      const keys = change.rulebooks.map(({ key }) => key)
      assert.deepEqual(keys, [attestation.secured.credential.credentialSubject.rulebook.key])
      const [line] = change.rulebooks
      const [then, now] = [before.score, after.score].map(({ rulebooks }) =>
        rulebooks.find(({ key }) => key === keys[0]),
      )
      assert.equal(line?.value, (now?.value ?? 0) - (then?.value ?? 0))
      const codes = because.map(({ code }) => code).sort()
      assert.deepEqual(codes, ['SCORE_CHANGED_SINCE_ISSUE', 'WITHDRAWN_IN_PART'])
    })

    it('that falls gives the score it would have, were it rescored', async () => {
      const fallen = await ask({ credential: attestation.id })
      assert.equal(fallen.effect, 'falls')
      assert.equal(fallen.change, null)
      const policy = { uncountedAttestation: 'rescore' }
      const changed = await ask({ credential: attestation.id }, policy)
      assert.equal(changed.effect, 'changes')
      assert.deepEqual(fallen.rescored, changed.after.score)
      assert.equal(changed.rescored, null)
      const accreditation = consortium.accreditations.get('climateBody') ?? assert.fail()
      const none = await ask({ credential: accreditation.id })
      assert.equal(none.effect, 'falls')
      assert.equal(none.rescored, null)
    })

    it('leaves untouched what rests on something else', async () => {
      const { miner } = consortium.parties
      for (const withdrawn of [
        { credential: 'urn:uuid:00000000-0000-4000-8000-000000000000' },
        { credential: attestation.id, issuer: consortium.parties.socialBody.did },
        { did: miner.did },
        { key: miner.signer.publicKey.thumbprint },
        { key: miner.signer.verificationMethod },
      ]) {
        const { effect, restsOnIt, before, after, because } = await ask(withdrawn)
        assert.equal(effect, 'untouched')
        assert.equal(restsOnIt, false, JSON.stringify(withdrawn))
        assert.deepEqual(because, [])
        assert.deepEqual({ ...after, policy: null }, { ...before, policy: null })
      }
    })

    it('withdraws no answer that the attestation does not give, and none of what is no attestation', async () => {
      for (const credential of [attestation.id, passport.id]) {
        const asked = { credential, indicators: ['small.nothing'] }
        const { effect, restsOnIt, because } = await ask(asked)
        assert.equal(effect, 'untouched')
        assert.deepEqual(because, [])
        assert.ok(restsOnIt)
      }
    })

    it('that was not accepted to begin with says so', async () => {
      for (const bytes of [passport.bytes, new TextEncoder().encode('{}')]) {
        const { effect, before, change } = await ask({ credential: attestation.id }, {}, bytes)
        assert.equal(effect, 'not-accepted')
        assert.notEqual(before.outcome, 'accepted')
        assert.equal(change, null)
      }
    })

    it('is asked about at an instant, with what is added to all and to it', async () => {
      const { attestations, accreditations, identities } = consortium
      const rest = [...attestations, ...accreditations.values(), ...identities.values()]
      const lists = await consortium.statusLists()
      const added = { with: [presentationOf(rest)], at: '2026-09-30T00:00:00Z' }
      const inputs = [
        { bytes: passport.bytes, with: [presentationOf(lists)] },
        { bytes: passport.bytes },
      ]
      const withdrawn = { credential: attestation.id }
      const found = await all(impact(withdrawn, inputs, consortium.policy(), { ...deps, ...added }))
      assert.deepEqual(
        found.map(({ effect, before }) => `${effect} ${before.at}`),
        ['falls 2026-09-30T00:00:00Z', 'not-accepted 2026-09-30T00:00:00Z'],
      )
    })
  })

  describe('of a delivery', () => {
    it('gives verdicts as a new verifier does, in order', async () => {
      const { items, shared } = await mixedDelivery(consortium)
      const inputs = items.map(({ bytes }) => bytes)
      const policy = { uncountedAttestation: 'rescore' }
      const withdrawn = { credential: attestation.id }
      const asked = { ...deps, with: [shared] }
      const found = await all(impact(withdrawn, inputs, consortium.policy(policy), asked))
      assert.equal(found.length, items.length)
      for (const [index, each] of found.entries()) {
        const { bytes, name } = items[index] ?? assert.fail()
        const fresh = createVerifier({ ...deps, policy: consortium.policy(policy) })
        assert.deepEqual(each.before, await fresh.verifyPassport(bytes, { with: [shared] }), name)
        const [alone] = await all(impact(withdrawn, [bytes], consortium.policy(policy), asked))
        assert.deepEqual(each, alone, name)
      }
      assert.deepEqual([...new Set(found.map(({ effect }) => effect))].sort(), [
        'changes',
        'not-accepted',
        // Revoked as things are: it is rescored already.
        'untouched',
      ])
    })

    it('judges both verdicts of a passport at one instant of the clock', async () => {
      let asked = 0
      const clock = { now: () => clockAt(NOW).now() + 10 * asked++ }
      const inputs = [whole, whole]
      const found = await all(
        impact({ did: consortium.parties.miner.did }, inputs, consortium.policy(), {
          ...deps,
          clock,
        }),
      )
      assert.equal(asked, 2)
      const instants = found.map(({ before, after }) => [before.at, after.at])
      assert.equal(new Set(instants.flat()).size, 2)
      for (const [before, after] of instants) assert.equal(before, after)
    })

    it('keeps none of the passports', async function () {
      this.timeout(60_000)
      const { shared } = await mixedDelivery(consortium)
      const made = await itemPassport(consortium, 1)
      const text = new TextDecoder().decode(made.bytes)
      function* passports(from: number, count: number) {
        for (let number = from; number < from + count; number++) {
          yield new TextEncoder().encode(text.replace('/passports/item-', `/passports/${number}-`))
        }
      }
      const run = async (from: number, count: number) => {
        const asked = { ...deps, with: [shared] }
        const inputs = passports(from, count)
        let seen = 0
        const yielded = impact({ credential: attestation.id }, inputs, consortium.policy(), asked)
        for await (const { effect } of yielded) {
          assert.equal(effect, 'not-accepted')
          if (++seen === count) return heapHeld()
        }
        return assert.fail()
      }
      await run(0, 100)
      const [some, many] = [await run(1000, 100), await run(10_000, 900)]
      // The texts of 800 more passports are three megabytes, what was read of them thirty.
      assert.ok(many - some < 3 * 2 ** 20, `${many - some} bytes more`)
    })
  })

  describe('refuses', () => {
    const refused = (withdrawn: Withdrawable, error: new (...args: never[]) => Error) =>
      assert.rejects(() => ask(withdrawn), error)

    it('a key that nobody can find', async () => {
      const { did } = consortium.parties.miner
      await refused({ key: `${did}#another` }, UnknownKeyError)
      await refused({ key: 'did:web:nowhere.example#key' }, UnknownKeyError)
      await refused({ key: '#' }, UnknownKeyError)
    })

    it('what is no instant, no id, or no part', async () => {
      await refused({ credential: attestation.id, since: 'yesterday' }, TypeError)
      await refused({ credential: attestation.id, indicators: [] }, TypeError)
      await refused({ did: 'climate' }, TypeError)
      await refused({ key: 'climate' }, TypeError)
    })
  })

  it('is exported with the type of what it yields', async () => {
    const found: PassportImpact = await ask({ credential: attestation.id })
    assert.equal(found.battery, passport.secured.credential.credentialSubject.id)
    assert.equal(DATES.passport.created, '2026-09-20T12:00:00Z')
  })
})
