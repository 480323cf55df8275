import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { parseInstant } from '@battery-passport/contexts'
import { didKeyResolver, encodeMultikey, generateSigner } from '@battery-passport/keys'
import {
  createVerifier,
  decodeInput,
  type PassportVerdict,
  type Verifier,
  type VerifyOptions,
} from '@battery-passport/verifier'
import { indexDocuments, joinDocuments } from '../../verifier/reading/documents.ts'
import { LIMITS } from '../../verifier/reading/limits.ts'
import {
  Consortium,
  clockAt,
  DATES,
  NOW,
  presentationOf,
  type Signed,
} from '../support/consortium.ts'
import { heapHeld } from '../support/heap.ts'

/** One question to a verifier. */
interface Asked {
  readonly name: string
  readonly bytes: Uint8Array
  readonly with?: readonly Uint8Array[]
  readonly now?: string
  readonly at?: string
}

describe('a verifier that has seen others before', () => {
  let consortium: Consortium
  let now = 0
  let asked: readonly Asked[]

  /** A verifier whose clock follows the question. */
  const fresh = (): Verifier =>
    createVerifier({
      policy: consortium.policy(),
      clock: { now: () => now },
      methods: [consortium.method.method],
      rulebooks: consortium.rulebooks,
    })
  const ask = (verifier: Verifier, question: Asked): Promise<PassportVerdict> => {
    const instant = parseInstant(question.now ?? NOW)
    assert.ok(instant !== null)
    now = instant
    const options: VerifyOptions = {
      ...(question.with === undefined ? {} : { with: question.with }),
      ...(question.at === undefined ? {} : { at: question.at }),
    }
    return verifier.verifyPassport(question.bytes, options)
  }

  before(async () => {
    consortium = await Consortium.assemble()
    const { climateBody, socialBody, accreditationBody, miner, packMaker, registrar } =
      consortium.parties
    const [attestation] = consortium.attestations
    const identity = consortium.identities.get(climateBody.key)
    const accreditation = consortium.accreditations.get(socialBody.key)
    assert.ok(attestation && identity && accreditation)
    const passport = await consortium.passport()
    const lists = await consortium.statusLists()
    const later = { created: '2026-09-30T23:00:00Z' }
    const newer = (by: typeof climateBody, withdrawn: object) =>
      consortium.board.lists(by, withdrawn, later)
    const chain = [
      ...consortium.attestations,
      ...consortium.accreditations.values(),
      ...consortium.identities.values(),
    ]
    const whole = (...more: readonly Signed[]) =>
      presentationOf([passport, ...chain, ...lists, ...more])
    const without = (gone: (each: Signed) => boolean) =>
      presentationOf([passport, ...chain, ...lists].filter((each) => !gone(each)))
    const other = await consortium.passport({
      credential: { id: 'https://packmaker.example/passports/2' },
      created: '2026-09-25T12:00:00Z',
    })
    const related = await consortium.passport({
      subject: { manufacturerGroup: climateBody.ultimateParentLei },
    })
    const common = await consortium.identity(climateBody, {
      subject: { ultimateParentLei: '5299000J2N45DDNE4Y28' },
    })
    // In force when the one passport was signed, and not yet when the other was.
    const recent = await consortium.identity(miner, {
      credential: { validFrom: '2026-09-23T00:00:00Z' },
    })
    const withRecent = (signed: Signed) =>
      presentationOf([
        signed,
        ...chain.map((each) => (each.id === recent.id ? recent : each)),
        ...lists,
      ])
    const bare = presentationOf([passport])
    asked = [
      { name: 'the honest one', bytes: whole() },
      { name: 'its chain beside it', bytes: bare, with: [presentationOf([...chain, ...lists])] },
      {
        name: 'its chain in two parts',
        bytes: bare,
        with: [presentationOf(chain), presentationOf(lists)],
      },
      { name: 'nothing beside it', bytes: bare },
      {
        name: 'another passport on the same chain',
        bytes: presentationOf([other, ...chain, ...lists]),
      },
      {
        name: 'a newer list that revokes an attestation',
        bytes: whole(
          ...(await newer(
            attestation.secured.issuer === climateBody.did ? climateBody : socialBody,
            { revoked: [attestation.id] },
          )),
        ),
      },
      {
        name: 'a newer list that revokes an accreditation',
        bytes: whole(...(await newer(accreditationBody, { revoked: [accreditation.id] }))),
      },
      {
        name: 'a newer list that suspends the passport',
        bytes: whole(...(await newer(packMaker, { suspended: [passport.id] }))),
      },
      {
        name: 'a newer list that revokes an identity',
        bytes: whole(...(await newer(registrar, { revoked: [identity.id] }))),
      },
      {
        name: 'a passport of a group that a body belongs to',
        bytes: presentationOf([related, ...chain, ...lists]),
      },
      { name: 'an identity that is in force since', bytes: withRecent(other) },
      { name: 'the same identity, before it was in force', bytes: withRecent(passport) },
      {
        name: 'no list of the bodies',
        bytes: without(({ id }) => id.includes('/status/') && !id.startsWith('https://packmaker')),
      },
      { name: 'no identities', bytes: without(({ type }) => type === 'RegisteredIdentity') },
      { name: 'one identity less', bytes: without(({ id }) => id === identity.id) },
      { name: 'an identity of another parent', bytes: whole(common) },
      { name: 'one attestation less', bytes: without(({ id }) => id === attestation.id) },
      {
        name: 'no accreditation of the bodies',
        bytes: without(({ id }) => id === accreditation.id),
      },
      { name: 'the same a week later', bytes: whole(), now: '2026-10-07T00:00:00Z' },
      { name: 'the same when the lists are too old', bytes: whole(), now: '2026-12-01T00:00:00Z' },
      {
        name: 'the same years later, when an accreditation has ended',
        bytes: whole(),
        now: '2029-06-01T00:00:00Z',
      },
      { name: 'the same at an instant of the past', bytes: whole(), at: '2026-09-21T00:00:00Z' },
      {
        name: 'the same at another instant of the past',
        bytes: whole(),
        at: DATES.passport.created,
      },
    ]
  })

  it('answers as one that has seen nothing, whatever it was asked before', async () => {
    const expected = new Map<string, PassportVerdict>()
    for (const question of asked) expected.set(question.name, await ask(fresh(), question))
    const outcomes = new Set([...expected.values()].map(({ outcome }) => outcome))
    assert.deepEqual([...outcomes].sort(), ['accepted', 'indeterminate', 'rejected'])

    const seasoned = fresh()
    // In three orders: each question follows others than before.
    const orders = [
      asked,
      asked.toReversed(),
      [...asked, ...asked].filter((_, index) => index % 2 === 0),
    ]
    for (const question of orders.flat()) {
      assert.deepEqual(await ask(seasoned, question), expected.get(question.name), question.name)
    }
  })

  it('asks again what could not be checked', async () => {
    const [honest] = asked
    assert.ok(honest)
    const resolver = didKeyResolver()
    const { climateBody } = consortium.parties
    let reachable = false
    const verifier = createVerifier({
      policy: consortium.policy(),
      clock: clockAt(),
      methods: [consortium.method.method],
      rulebooks: consortium.rulebooks,
      resolver: {
        resolve: async (did) =>
          reachable || did !== climateBody.did
            ? resolver.resolve(did)
            : { ok: false, code: 'DID_UNRESOLVED', detail: 'The registry does not answer.' },
      },
    })
    assert.equal((await verifier.verifyPassport(honest.bytes)).outcome, 'indeterminate')
    reachable = true
    assert.equal((await verifier.verifyPassport(honest.bytes)).outcome, 'accepted')
  })

  it('asks again whose keys they are', async () => {
    const [honest] = asked
    assert.ok(honest)
    const resolver = didKeyResolver()
    const { climateBody } = consortium.parties
    let revoked = false
    const verifier = createVerifier({
      policy: consortium.policy(),
      clock: clockAt(),
      methods: [consortium.method.method],
      rulebooks: consortium.rulebooks,
      resolver: {
        resolve: async (did) => {
          const resolution = await resolver.resolve(did)
          if (!revoked || !resolution.ok || did !== climateBody.did) return resolution
          const { document } = resolution
          const verificationMethod = document.verificationMethod.map((method) => ({
            ...method,
            revoked: '2026-01-01T00:00:00Z',
          }))
          return { ok: true, document: { ...document, verificationMethod } }
        },
      },
    })
    assert.equal((await verifier.verifyPassport(honest.bytes)).outcome, 'accepted')
    revoked = true
    const verdict = await verifier.verifyPassport(honest.bytes)
    assert.deepEqual(errorsOf(verdict), ['KEY_REVOKED'])
  })

  it('reads no list by its digest that is written too large to be read', async () => {
    const { climateBody } = consortium.parties
    const [list] = await consortium.board.lists(climateBody)
    assert.ok(list)
    const text = (signed: Signed) => JSON.stringify(signed.document)
    const padded = `${text(list).slice(0, -1)}${' '.repeat(LIMITS.credentialBytes)}}`
    const whole = new TextDecoder().decode(asked[0]?.bytes)
    const question = {
      name: 'padded',
      bytes: new TextEncoder().encode(whole.replace(text(list), padded)),
    }
    assert.ok(question.bytes.length > whole.length)
    const verifier = fresh()
    const seen = await ask(verifier, { name: 'honest', bytes: new TextEncoder().encode(whole) })
    assert.equal(seen.outcome, 'accepted')
    const verdict = await ask(verifier, question)
    assert.deepEqual(verdict, await ask(fresh(), question))
    assert.deepEqual(errorsOf(verdict), ['LIMIT_EXCEEDED'])
  })

  it('keeps nothing of what strangers send', async function () {
    this.timeout(0)
    const { climateBody, packMaker } = consortium.parties
    const verifier = fresh()
    const textOf = (signed: readonly Signed[]) => new TextDecoder().decode(presentationOf(signed))
    const most = LIMITS.presentationBytes
    const passport = await consortium.passport()
    const accreditation = consortium.accreditations.get(climateBody.key)
    assert.ok(accreditation)
    const send = async () => {
      // Each with names and keys that were never seen before, in as long a text as there may be.
      const signer = generateSigner('Ed25519')
      const by = { issuer: signer.did }
      const [spec] = consortium.specs
      assert.ok(spec)
      const attested = await consortium.attestation(spec, { signer, credential: by })
      const own = await consortium.passport(
        { signer, credential: by },
        { attestations: [attested] },
      )
      // The keys of a signer were read when it was made: those of nobody are read here first.
      const { x = '' } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })
      const nobody = encodeMultikey('Ed25519', Buffer.from(x, 'base64url'))
      for (const text of [
        textOf([own, attested, accreditation]),
        textOf([own]),
        textOf([passport]).replaceAll(packMaker.did.slice('did:key:'.length), nobody),
      ]) {
        const bytes = new TextEncoder().encode(text.padEnd(most))
        assert.equal((await ask(verifier, { name: '', bytes })).outcome === 'accepted', false)
      }
    }
    await send()
    const before = heapHeld()
    const times = 12
    for (let time = 0; time < times; time++) await send()
    // One text that is held on to of those sent each time would make twelve.
    const grown = heapHeld() - before
    assert.ok(grown < (times * most) / 2, `${grown} bytes more than before`)
  })

  it('answers the same by what it prepared', async () => {
    const [honest, beside] = asked
    assert.ok(honest && beside?.with)
    const verifier = fresh()
    const expected = await ask(verifier, beside)
    const prepared = verifier.prepare(beside.with)
    assert.deepEqual(await verifier.verifyPassport(beside.bytes, { with: prepared }), expected)
  })

  it('takes nothing that another verifier prepared', async () => {
    const [honest] = asked
    assert.ok(honest)
    const foreign = fresh().prepare([])
    await assert.rejects(fresh().verifyPassport(honest.bytes, { with: foreign }), TypeError)
  })
})

describe('documents that are put before others', () => {
  it('answer as one index of all of them', async () => {
    const consortium = await Consortium.assemble()
    const passport = await consortium.passport()
    const lists = await consortium.statusLists()
    const [attestation] = consortium.attestations
    assert.ok(attestation)
    const again = await consortium.attestation(consortium.specs[0] ?? assert.fail(), {
      credential: { validUntil: '2027-03-14T23:59:59Z' },
    })
    const decode = (...signed: readonly Signed[]) => decodeInput(presentationOf(signed)).documents
    const limits = { ...LIMITS, documentsOfOneId: 1 }
    for (const [first, second] of [
      [decode(passport), decode(...consortium.attestations, ...lists)],
      [decode(passport, again), decode(...consortium.attestations, ...lists)],
      [decode(passport, attestation), decode(attestation, ...lists)],
      [decode(passport), decode(attestation, again, ...lists)],
      [[], decode(...lists)],
      [decode(passport), []],
    ] as const) {
      for (const most of [LIMITS, limits]) {
        const joined = joinDocuments(first, indexDocuments(second, most), most)
        const whole = indexDocuments([...first, ...second], most)
        assert.deepEqual(joined.all, whole.all)
        assert.deepEqual(joined.crowded, whole.crowded)
        for (const document of whole.all) {
          assert.ok(document.ok)
          const { id, credential } = document.secured
          assert.deepEqual(joined.byId(id), whole.byId(id))
          const subject = credential.credentialSubject.id
          assert.deepEqual(joined.bySubject(subject), whole.bySubject(subject))
        }
        assert.deepEqual(joined.byId('https://nobody.example'), [])
      }
    }
  })
})

function errorsOf({ findings }: PassportVerdict): readonly string[] {
  const errors = findings.filter(({ severity }) => severity === 'error')
  return [...new Set(errors.map(({ code }) => code))]
}
