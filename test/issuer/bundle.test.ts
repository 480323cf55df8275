import assert from 'node:assert/strict'
import { bundle, IssuanceError } from '@battery-passport/issuer'
import { generateSigner } from '@battery-passport/keys'
import type { SecuredCredential } from '@battery-passport/verifier'
import { Consortium, NOW, type Signed } from '../support/consortium.ts'
import { stamped } from '../support/stamped.ts'
import { testAuthority } from '../support/timestamp-authority.ts'

describe('bundle', () => {
  let consortium: Consortium
  let passport: Signed<'BatteryPassport'>
  let lists: readonly Signed[]
  let atHand: readonly SecuredCredential[]

  before(async () => {
    consortium = await Consortium.assemble()
    passport = await consortium.passport()
    lists = await consortium.statusLists()
    atHand = [
      ...lists,
      ...consortium.identities.values(),
      ...consortium.accreditations.values(),
      ...consortium.attestations,
    ].map(({ secured }) => secured)
  })

  const bytesOf = (presentation: object) => new TextEncoder().encode(JSON.stringify(presentation))
  const idsOf = ({ verifiableCredential }: { verifiableCredential: readonly object[] }) =>
    verifiableCredential.map((document) => Reflect.get(document, 'id'))

  it('holds the whole chain, so that a verifier accepts it and lacks nothing', async () => {
    const presentation = bundle(passport.secured, atHand)
    const verdict = await consortium.verifier().verifyPassport(bytesOf(presentation))
    assert.equal(verdict.outcome, 'accepted')
    assert.deepEqual(
      verdict.findings.filter(({ code }) => code === 'CREDENTIAL_UNUSED'),
      [],
    )
  })

  it('holds the timestamps of what it holds, each once and no more than are looked at', async () => {
    const authority = await testAuthority()
    const [attestation] = consortium.attestations
    assert.ok(attestation !== undefined)
    const own = await stamped(authority, passport, NOW)
    const theirs = await stamped(authority, attestation, NOW)
    const stray = { ...own, digestMultibase: theirs.digestMultibase.replace(/.$/, '2') }
    const presentation = bundle(passport.secured, atHand, [own, theirs, own, stray])
    assert.deepEqual(presentation.timestamps, [own, theirs])
    const timestampAuthorities = [{ certificate: authority.root.pem }]
    const verdict = await consortium
      .verifier({ timestampAuthorities })
      .verifyPassport(bytesOf(presentation))
    assert.equal(verdict.outcome, 'accepted')
    assert.ok(!verdict.findings.some(({ code }) => code === 'TIMESTAMP_UNUSED'))
    const many = [1, 2, 3, 4, 5].map((each) => ({ ...own, rfc3161: `AAA${each}` }))
    assert.equal(bundle(passport.secured, atHand, many).timestamps?.length, 4)
    assert.equal('timestamps' in bundle(passport.secured, atHand, [stray]), false)
  })

  it('puts the passport first, then attestations, accreditations, identities and lists', () => {
    const types = bundle(passport.secured, atHand).verifiableCredential.map((document) => {
      const type: unknown = document.type
      return Array.isArray(type) ? type[1] : type
    })
    assert.deepEqual(
      types.filter((type, index) => type !== types[index - 1]),
      [
        'BatteryPassport',
        'RulebookAttestation',
        'VerifierAccreditation',
        'RegisteredIdentity',
        'BitstringStatusListCredential',
      ],
    )
    const attestations = idsOf(bundle(passport.secured, atHand)).slice(
      1,
      1 + consortium.attestations.length,
    )
    assert.deepEqual(
      attestations,
      consortium.attestations.map(({ id }) => id),
      'in the order of the passport',
    )
  })

  it('has each credential once, however often it is at hand', () => {
    const once = bundle(passport.secured, atHand)
    const twice = bundle(passport.secured, [...atHand, ...atHand, passport.secured])
    assert.deepEqual(twice, once)
  })

  it('leaves out what nothing refers to', async () => {
    const stray = await consortium.attestation(
      consortium.specs[0] ?? assert.fail('no attestation'),
      { credential: { id: 'https://climatebody.example/attestations/stray' } },
    )
    assert.deepEqual(
      bundle(passport.secured, [...atHand, stray.secured]),
      bundle(passport.secured, atHand),
    )
  })

  it('takes the newest edition of a list, in whichever order they come', async () => {
    const later = await consortium.statusLists({}, { created: '2026-09-30T23:00:00Z' })
    const editions = [...atHand, ...later.map(({ secured }) => secured)]
    const expected = new Set(later.map(({ document }) => JSON.stringify(document)))
    for (const pool of [editions, editions.toReversed()]) {
      const documents = bundle(passport.secured, pool).verifiableCredential
      const chosen = documents.filter(({ id }) => lists.some((list) => list.id === id))
      assert.ok(chosen.length > 0)
      for (const document of chosen) assert.ok(expected.has(JSON.stringify(document)))
    }
  })

  it('takes both of two editions of one second, in whichever order they come', async () => {
    const [first] = consortium.attestations
    assert.ok(first !== undefined)
    const change = { created: '2026-09-30T23:00:00Z' }
    const milder = await consortium.statusLists({}, change)
    const severer = await consortium.statusLists({ revoked: [first.id] }, change)
    const editions = [...atHand, ...milder.map(({ secured }) => secured)]
    const all = [...editions, ...severer.map(({ secured }) => secured)]
    for (const pool of [all, all.toReversed()]) {
      const presentation = bundle(passport.secured, pool)
      const verdict = await consortium.verifier().verifyPassport(bytesOf(presentation))
      assert.ok(verdict.findings.some(({ code }) => code === 'REVOKED'))
    }
  })

  it('holds the notice that a list names for what is in it, and no other', async () => {
    const { climateBody } = consortium.parties
    const about = consortium.attestations.filter(
      ({ secured }) => secured.issuer === climateBody.did,
    )
    const [first, second] = about
    assert.ok(first !== undefined && second !== undefined)
    const named = await consortium.notice(climateBody, first)
    const other = await consortium.notice(climateBody, second)
    const unnamed = await consortium.notice(climateBody, first, {
      credential: { id: 'https://climatebody.example/notices/unnamed' },
    })
    const lists = await consortium.board.lists(
      climateBody,
      {
        revoked: [first.id, second.id],
        notices: [
          { about: first.id, notice: named },
          { about: second.id, notice: other },
        ],
      },
      { created: '2026-09-30T23:00:00Z' },
    )
    const more = [named, other, unnamed, ...lists].map(({ secured }) => secured)
    const attestations = consortium.attestations.filter((each) => each !== second)
    const small = await consortium.passport({}, { attestations })
    const ids = idsOf(bundle(small.secured, [...atHand, ...more]))
    assert.deepEqual(
      ids.filter((id) => String(id).includes('/notices/')),
      [named.id],
    )
    const whole = idsOf(bundle(passport.secured, [...atHand, ...more]))
    assert.deepEqual(whole.slice(-2).sort(), [named.id, other.id].sort())
  })

  it('holds the lists of a successor, and the accreditation that makes it one', async () => {
    const { climateBody } = consortium.parties
    const successor = generateSigner()
    const naming = await consortium.accreditation(climateBody, {
      credential: { id: 'https://accreditationbody.example/accreditations/succeeded' },
      subject: { statusSuccessor: successor.did },
    })
    const [list] = await consortium.board.lists(
      climateBody,
      {},
      {
        credential: { issuer: successor.did },
        signer: successor,
        created: '2026-09-30T23:00:00Z',
      },
    )
    assert.ok(list !== undefined)
    const idle = bundle(passport.secured, [...atHand, naming.secured])
    assert.ok(!idsOf(idle).includes(naming.id))
    const stranger = bundle(passport.secured, [...atHand, list.secured])
    assert.ok(!stranger.verifiableCredential.some(({ issuer }) => issuer === successor.did))
    const presentation = bundle(passport.secured, [...atHand, naming.secured, list.secured])
    assert.ok(idsOf(presentation).includes(naming.id))
    assert.ok(presentation.verifiableCredential.some(({ issuer }) => issuer === successor.did))
    const verdict = await consortium.verifier().verifyPassport(bytesOf(presentation))
    assert.equal(verdict.outcome, 'accepted')
  })

  it('lets nobody put a list in the place of another’s', async () => {
    const { miner, climateBody } = consortium.parties
    const [honest] = await consortium.board.lists(climateBody)
    assert.ok(honest !== undefined)
    const [forged] = await consortium.board.lists(
      miner,
      {},
      {
        credential: { id: honest.id },
        created: '2026-09-30T23:59:00Z',
      },
    )
    assert.ok(forged !== undefined)
    const presentation = bundle(passport.secured, [...atHand, forged.secured])
    assert.deepEqual(presentation, bundle(passport.secured, atHand))
  })

  it('adds later accreditations of the same body, and no earlier ones', async () => {
    const { climateBody } = consortium.parties
    const edition = (name: string, validUntil: string) =>
      consortium.accreditation(climateBody, {
        credential: { id: `https://accreditationbody.example/accreditations/${name}`, validUntil },
      })
    const renewal = await edition('renewal', '2030-12-31T23:59:59Z')
    const former = await edition('former', '2026-12-31T23:59:59Z')
    const ids = idsOf(bundle(passport.secured, [...atHand, renewal.secured, former.secured]))
    assert.ok(ids.includes(renewal.id))
    assert.ok(!ids.includes(former.id))
  })

  it('leaves it to the verifier to name what is missing', async () => {
    const without = atHand.filter(({ type }) => type !== 'VerifierAccreditation')
    const verdict = await consortium
      .verifier()
      .verifyPassport(bytesOf(bundle(passport.secured, without)))
    assert.equal(verdict.outcome, 'indeterminate')
    assert.ok(verdict.findings.some(({ code }) => code === 'REFERENCE_MISSING'))
  })

  it('bundles attestations for submission, too', async () => {
    const [first, second] = consortium.attestations
    assert.ok(first !== undefined && second !== undefined)
    const presentation = bundle([first.secured, second.secured], atHand)
    assert.deepEqual(idsOf(presentation).slice(0, 2), [first.id, second.id])
    const verdict = await consortium.verifier().verifyAttestations(bytesOf(presentation))
    assert.equal(verdict.outcome, 'accepted')
  })

  it('refuses more than a verifier reads', async () => {
    const [first] = consortium.attestations
    assert.ok(first !== undefined)
    const many = Array.from({ length: 513 }, (_, index) => ({
      ...first.secured,
      digestMultibase: `${index}`,
    }))
    assert.throws(
      () => bundle(many, []),
      (error) =>
        error instanceof IssuanceError &&
        error.code === 'PRESENTATION_REFUSED' &&
        error.faults[0].pointer === '/verifiableCredential',
    )
  })
})
