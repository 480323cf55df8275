import assert from 'node:assert/strict'
import { didKeyResolver } from '@battery-passport/keys'
import { type EffectivePolicy, impact, UnknownKeyError } from '@battery-passport/verifier'
import { hypothesisOf, rescoring } from '../../verifier/impact/hypothesis.ts'
import { scoreChange } from '../../verifier/impact/score-change.ts'
import { Consortium, clockAt, type Signed } from '../support/consortium.ts'

const SINCE = '2026-09-20T12:00:00Z'
const AT = Date.parse(SINCE) / 1000

describe('A withdrawal that is supposed', () => {
  let consortium: Consortium
  let policy: EffectivePolicy
  let passport: Signed<'BatteryPassport'>

  before(async () => {
    consortium = await Consortium.assemble()
    policy = consortium.policy()
    passport = await consortium.passport()
  })

  const suppose = (withdrawn: Parameters<typeof hypothesisOf>[0], under = policy) =>
    hypothesisOf(withdrawn, under, didKeyResolver())

  it('of a credential changes no policy, and begins when it is told', async () => {
    const credential = 'urn:example:credential'
    const whole = await suppose({ credential })
    assert.deepEqual(whole.supposed, { credential, issuer: null, withdraws: 'whole', since: null })
    assert.equal(whole.policy, policy)
    assert.equal(whole.thumbprints.size, 0)
    const indicators = ['small.first']
    const part = await suppose({ credential, issuer: 'did:example:a', indicators, since: SINCE })
    const issuer = 'did:example:a'
    assert.deepEqual(part.supposed, { credential, issuer, withdraws: indicators, since: AT })
  })

  it('of a DID or a key is one more rule of the policy, from then on or altogether', async () => {
    const { did, signer } = consortium.parties.climateBody
    const { thumbprint } = signer.publicKey
    const own = { credential: 'urn:example:own', reason: 'a reason of its owner' }
    const under = consortium.policy({ distrust: [own] })
    const reason = 'supposed here, to see what follows'
    for (const [withdrawn, kind, value] of [
      [{ did }, 'did', did],
      [{ key: thumbprint }, 'key', thumbprint],
      [{ key: signer.verificationMethod }, 'key', thumbprint],
    ] as const) {
      for (const [terms, since] of [
        [{}, Number.NEGATIVE_INFINITY],
        [{ since: SINCE }, AT],
      ] as const) {
        const found = await suppose({ ...withdrawn, ...terms }, under)
        assert.equal(found.supposed, null)
        assert.deepEqual(found.policy.distrust, [...under.distrust, { kind, value, since, reason }])
        assert.deepEqual([...found.thumbprints], kind === 'key' ? [thumbprint] : [])
      }
    }
  })

  it('of a key that nobody can find names the key, and is an error of its own', async () => {
    const { did } = consortium.parties.climateBody
    for (const key of [`${did}#another`, 'did:web:nowhere.example#key', '#']) {
      await assert.rejects(suppose({ key }), (error) => {
        assert.ok(error instanceof UnknownKeyError)
        assert.equal(error.name, 'UnknownKeyError')
        assert.equal(error.key, key)
        assert.ok(error.message.startsWith(`${key}: `))
        return true
      })
    }
  })

  it('that no policy can say is refused with the place and what was found', async () => {
    await assert.rejects(suppose({ did: 'climate' }), (error) => {
      assert.ok(error instanceof TypeError)
      assert.match(error.message, /^policy: \/distrust\/0\/did expected .+, found .*climate/)
      return true
    })
    const error = { name: 'TypeError', message: 'since: expected RFC 3339 with Z, found once' }
    await assert.rejects(suppose({ credential: 'urn:example:a', since: 'once' }), error)
  })

  it('may be asked under the same policy, but that it rescores', () => {
    assert.equal(policy.uncountedAttestation, 'reject')
    const found = rescoring(policy)
    assert.equal(found.uncountedAttestation, 'rescore')
    assert.deepEqual(found.source, { ...policy.source, uncountedAttestation: 'rescore' })
  })

  it('gives a score were it rescored only of a credential, and only where that is another policy', async () => {
    const bytes = await consortium.presentation({ passport })
    const [attestation] = consortium.attestations
    assert.ok(attestation !== undefined)
    const deps = {
      clock: clockAt(),
      methods: [consortium.method.method],
      rulebooks: consortium.rulebooks,
    }
    const rescored = async (
      withdrawn: Parameters<typeof hypothesisOf>[0],
      terms: Readonly<Record<string, unknown>>,
    ) => {
      for await (const each of impact(withdrawn, [bytes], consortium.policy(terms), deps)) {
        assert.ok(each.restsOnIt)
        return { effect: each.effect, isRescored: each.rescored !== null }
      }
      return assert.fail()
    }
    const whole = { credential: attestation.id }
    const did = attestation.secured.issuer
    assert.deepEqual(await rescored(whole, {}), { effect: 'falls', isRescored: true })
    const { coverage } = passport.secured.credential.credentialSubject.score
    const high = { minimums: { overall: { coverage } }, uncountedAttestation: 'rescore' }
    const [answer] = attestation.secured.credential.credentialSubject.results
    const part = { ...whole, indicators: [answer?.indicator ?? assert.fail()] }
    assert.deepEqual(await rescored(part, {}), { effect: 'changes', isRescored: false })
    assert.deepEqual(await rescored({ did }, {}), { effect: 'falls', isRescored: false })
    assert.deepEqual(await rescored(whole, high), { effect: 'falls', isRescored: false })
  })

  describe('changes a score', () => {
    const honest = () => passport.secured.credential.credentialSubject.score
    it('by nothing, where it is the same', () => {
      assert.equal(scoreChange(honest(), { ...honest() }), null)
    })

    it('by what each of its parts differs, and its grade if that does', () => {
      const score = honest()
      const interval = (value: number, upper: number) => ({ value, upper })
      const from = {
        ...score,
        ...interval(100, 200),
        coverage: 50,
        pillars: {
          environment: interval(10, 20),
          social: interval(30, 40),
          governance: interval(50, 60),
        },
      }
      const to = {
        ...from,
        ...interval(90, 207),
        coverage: 38,
        pillars: {
          environment: interval(11, 18),
          social: interval(33, 36),
          governance: interval(55, 54),
        },
      }
      const expected = {
        ...interval(-10, 7),
        coverage: -12,
        grade: null,
        pillars: {
          environment: interval(1, -2),
          social: interval(3, -4),
          governance: interval(5, -6),
        },
        rulebooks: [],
      }
      assert.deepEqual(scoreChange(from, to), expected)
      assert.deepEqual(scoreChange({ ...from, grade: 'X' }, { ...to, grade: 'Y' }), {
        ...expected,
        grade: { before: 'X', after: 'Y' },
      })
    })

    it('by each line that is another, and counts one that is not there as nothing', () => {
      const score = honest()
      const [line] = score.rulebooks
      assert.ok(line !== undefined)
      const lineOf = (key: string, value: number, upper: number, coverage: number) => ({
        ...line,
        ...{ key, value, upper, coverage },
      })
      const same = lineOf('same', 1, 2, 3)
      const from = {
        ...score,
        rulebooks: [same, lineOf('other', 10, 20, 30), lineOf('gone', 4, 5, 6)],
      }
      const to = { ...score, rulebooks: [same, lineOf('other', 7, 21, 25), lineOf('new', 7, 8, 9)] }
      assert.deepEqual(scoreChange(from, to)?.rulebooks, [
        { key: 'other', value: -3, upper: 1, coverage: -5 },
        { key: 'gone', value: -4, upper: -5, coverage: -6 },
        { key: 'new', value: 7, upper: 8, coverage: 9 },
      ])
    })
  })
})
