import assert from 'node:assert/strict'
import { didKeyResolver, generateSigner, parseDidUrl, type Resolver } from '@battery-passport/keys'
import { createVerifier, type PassportVerdict } from '@battery-passport/verifier'
import {
  type Change,
  Consortium,
  clockAt,
  DATES,
  type Party,
  type Signed,
  signedDocument,
} from '../support/consortium.ts'

const FAR = { validFrom: '2020-01-01T00:00:00Z', validUntil: '2039-12-31T23:59:59Z' }

function grave({ findings }: PassportVerdict): string[] {
  const found = findings.filter(({ severity }) => severity === 'error' || severity === 'unknown')
  return [...new Set(found.map(({ code }) => code))].sort()
}

function lesser({ findings }: PassportVerdict): string[] {
  const found = findings.filter(({ severity }) => severity === 'warning' || severity === 'note')
  return [...new Set(found.map(({ code }) => code))].sort()
}

describe('trust', () => {
  let consortium: Consortium

  before(async () => {
    consortium = await Consortium.assemble()
  })

  /** The chain signed anew on a changed accreditation of one body. */
  async function rebuilt(body: Party, change: Change) {
    const changed = await consortium.accreditation(body, change)
    const attestations = await Promise.all(
      consortium.specs.map((spec, index) => {
        const honest = consortium.attestations[index]
        assert.ok(honest !== undefined)
        return spec.by === body
          ? consortium.attestation(spec, { subject: { accreditation: changed.reference } })
          : honest
      }),
    )
    const accreditations = [...consortium.accreditations.values()].map((each) =>
      each.id === changed.id ? changed : each,
    )
    const passport = await consortium.passport({}, { attestations })
    return { passport, attestations, accreditations }
  }

  describe('in an accreditation that has ended', () => {
    const ended: Change = { credential: { validUntil: '2026-09-25T00:00:00Z' } }

    it('leaves open when the body signed, for only its own word says so', async () => {
      const parts = await rebuilt(consortium.parties.climateBody, ended)
      const verdict = await consortium
        .verifier()
        .verifyPassport(await consortium.presentation(parts))
      assert.deepEqual(grave(verdict), ['TIME_UNPROVEN'])
      assert.equal(verdict.outcome, 'indeterminate')
      assert.ok(lesser(verdict).includes('ENDED_SINCE'))
    })

    it('is kept alive by a renewal with the same scope', async () => {
      const { climateBody } = consortium.parties
      const parts = await rebuilt(climateBody, ended)
      const renewal = await consortium.accreditation(climateBody, {
        credential: { id: 'https://accreditationbody.example/accreditations/renewed' },
      })
      const bytes = await consortium.presentation({ ...parts, add: [renewal] })
      assert.equal((await consortium.verifier().verifyPassport(bytes)).outcome, 'accepted')
    })

    it('is not kept alive by a renewal with a smaller scope', async () => {
      const { climateBody } = consortium.parties
      const parts = await rebuilt(climateBody, ended)
      const [entry] = Object(parts.accreditations[1]).secured.credential.credentialSubject.scope
      const renewal = await consortium.accreditation(climateBody, {
        credential: { id: 'https://accreditationbody.example/accreditations/renewed' },
        subject: { scope: [{ ...entry, stages: ['cell'] }] },
      })
      const bytes = await consortium.presentation({ ...parts, add: [renewal] })
      const verdict = await consortium.verifier().verifyPassport(bytes)
      assert.deepEqual(grave(verdict), ['TIME_UNPROVEN'])
    })

    it('is not enough for a policy that requires what is current', async () => {
      const parts = await rebuilt(consortium.parties.climateBody, ended)
      const verdict = await consortium
        .verifier({ requireCurrent: true })
        .verifyPassport(await consortium.presentation(parts))
      assert.deepEqual(grave(verdict), ['NOT_CURRENT'])
    })

    it('is taken on the word of the signer by a policy that says so', async () => {
      const parts = await rebuilt(consortium.parties.climateBody, ended)
      const verdict = await consortium
        .verifier({ acceptSelfAssertedTime: true })
        .verifyPassport(await consortium.presentation(parts))
      assert.equal(verdict.outcome, 'accepted')
      assert.ok(lesser(verdict).includes('TIME_SELF_ASSERTED'))
    })

    it('is never cured by a renewal when the pinned one was revoked', async () => {
      const { climateBody, accreditationBody } = consortium.parties
      const renewal = await consortium.accreditation(climateBody, {
        credential: { id: 'https://accreditationbody.example/accreditations/renewed' },
      })
      const id = consortium.accreditations.get('climateBody')?.id ?? ''
      const lists = (
        await Promise.all(
          Object.values(consortium.parties).map((party) =>
            consortium.board.lists(party, party === accreditationBody ? { revoked: [id] } : {}),
          ),
        )
      ).flat()
      const bytes = await consortium.presentation({ lists, add: [renewal] })
      const verdict = await consortium.verifier().verifyPassport(bytes)
      assert.deepEqual(grave(verdict), ['REVOKED'])
    })
  })

  describe('in bounds of time', () => {
    const cases: [string, Change, readonly string[]][] = [
      [
        'begins in the second of the signature',
        { credential: { validFrom: DATES.attestations.created } },
        ['ACCREDITATION_TIME'],
      ],
      [
        'ends on the day of the statement but before the signature',
        { credential: { validUntil: '2026-03-15T00:00:00Z' } },
        ['ACCREDITATION_TIME'],
      ],
      [
        'begins on the day of the statement',
        { credential: { validFrom: '2026-03-15T23:59:59Z' } },
        [],
      ],
    ]
    for (const [what, change, codes] of cases) {
      it(`an accreditation that ${what} ${codes.length === 0 ? 'counts' : 'does not count'}`, async () => {
        const parts = await rebuilt(consortium.parties.socialBody, change)
        const verdict = await consortium
          .verifier()
          .verifyPassport(await consortium.presentation(parts))
        assert.deepEqual(grave(verdict), codes, JSON.stringify(verdict.findings))
      })
    }
  })

  describe('in an anchor', () => {
    const anchored = (schemeOwner: object) => ({
      anchors: [
        { did: consortium.parties.schemeOwner.did, role: 'scheme-owner', ...FAR, ...schemeOwner },
        { did: consortium.parties.registrar.did, role: 'registrar', ...FAR },
      ],
    })
    const verdictUnder = async (policy: object) =>
      consortium.verifier({ ...policy }).verifyPassport(await consortium.presentation())

    it('must have been in force when it signed', async () => {
      const verdict = await verdictUnder(anchored({ validFrom: '2025-01-01T08:00:01Z' }))
      assert.deepEqual(grave(verdict), ['ANCHOR_UNKNOWN'])
    })

    it('counts from the very second it begins', async () => {
      const verdict = await verdictUnder(anchored({ validFrom: '2025-01-01T08:00:00Z' }))
      assert.equal(verdict.outcome, 'accepted')
    })

    it('that has ended since leaves open when it signed', async () => {
      const verdict = await verdictUnder(anchored({ validUntil: '2026-01-01T00:00:00Z' }))
      assert.deepEqual(grave(verdict), ['TIME_UNPROVEN'])
    })

    it('of the role registrar accredits nobody', async () => {
      const verdict = await verdictUnder(anchored({ role: 'registrar' }))
      assert.deepEqual(grave(verdict), ['ANCHOR_UNKNOWN'])
    })

    it('that registered the manufacturer and has ended since leaves open when it did', async () => {
      const { schemeOwner, registrar } = consortium.parties
      const verdict = await verdictUnder({
        anchors: [
          { did: schemeOwner.did, role: 'scheme-owner', ...FAR },
          { did: registrar.did, role: 'registrar', ...FAR, validUntil: '2026-01-01T00:00:00Z' },
        ],
      })
      assert.deepEqual(grave(verdict), ['TIME_UNPROVEN'])
    })

    it('may be the accreditation body itself', async () => {
      const { accreditationBody, registrar } = consortium.parties
      const verdict = await verdictUnder({
        anchors: [
          { did: accreditationBody.did, role: 'accreditation-body', ...FAR },
          { did: registrar.did, role: 'registrar', ...FAR },
        ],
      })
      assert.equal(verdict.outcome, 'accepted')
    })
  })

  describe('in a chain of accreditations', () => {
    /** Accreditations from the scheme owner down to a body, one more for each step. */
    async function deep(steps: number, circle = false) {
      const { accreditationBody, climateBody } = consortium.parties
      const chain: Signed<'VerifierAccreditation'>[] = []
      const first = consortium.accreditations.get('accreditationBody')
      assert.ok(first !== undefined)
      let above = first
      let by = accreditationBody
      for (let step = 0; step < steps; step++) {
        const signer = generateSigner()
        const delegate: Party = {
          ...accreditationBody,
          key: `delegate${step}`,
          signer,
          did: signer.did,
        }
        const id = `https://delegate${step}.example/accreditation`
        above = await consortium.accreditation(accreditationBody, {
          credential: { id, issuer: by.did, credentialStatus: consortium.board.entriesFor(by, id) },
          subject: {
            id: delegate.did,
            keys: [
              {
                thumbprint: signer.publicKey.thumbprint,
                from: '2025-01-01T00:00:00Z',
                until: '2028-12-31T23:59:59Z',
              },
            ],
            accreditedBy: circle
              ? { ...first.reference, id: `https://delegate${steps - 1}.example/accreditation` }
              : above.reference,
          },
          signer: by.signer,
        })
        chain.push(above)
        by = delegate
      }
      const body = await consortium.accreditation(climateBody, {
        credential: {
          issuer: by.did,
          credentialStatus: consortium.board.entriesFor(by, 'https://deep.example/body'),
        },
        subject: { accreditedBy: above.reference },
        signer: by.signer,
      })
      return { chain, body }
    }

    async function verdictOf(steps: number, circle = false) {
      const { chain, body } = await deep(steps, circle)
      const attestations = await Promise.all(
        consortium.specs.map((spec, index) => {
          const honest = consortium.attestations[index]
          assert.ok(honest !== undefined)
          return spec.by === consortium.parties.climateBody
            ? consortium.attestation(spec, { subject: { accreditation: body.reference } })
            : honest
        }),
      )
      const passport = await consortium.passport({}, { attestations })
      const kept = [...consortium.accreditations.values()].filter(({ id }) => id !== body.id)
      return consortium.verifier().verifyPassport(
        await consortium.presentation({
          passport,
          attestations,
          accreditations: [...kept, ...chain, body],
        }),
      )
    }

    it('follows eight accreditations', async () => {
      const verdict = await verdictOf(6)
      assert.ok(!grave(verdict).includes('CHAIN_DEPTH'))
      assert.ok(!grave(verdict).includes('ACCREDITATION_SCOPE'))
    })

    it('refuses nine, before any signature is checked', async () => {
      assert.deepEqual(grave(await verdictOf(7)), ['CHAIN_DEPTH'])
    })

    it('refuses a circle, before any signature is checked', async () => {
      assert.deepEqual(grave(await verdictOf(3, true)), ['CHAIN_CYCLE'])
    })
  })

  describe('in independence', () => {
    it('is unproven without registered identities, and only a warning', async () => {
      const bytes = await consortium.presentation({
        identities: [consortium.identities.get('packMaker')].filter((each) => each !== undefined),
      })
      const verdict = await consortium.verifier().verifyPassport(bytes)
      assert.equal(verdict.outcome, 'accepted')
      assert.ok(lesser(verdict).includes('INDEPENDENCE_UNPROVEN'))
      const strict = await consortium
        .verifier({ requireProvenIndependence: true })
        .verifyPassport(bytes)
      assert.deepEqual(grave(strict), ['INDEPENDENCE_UNPROVEN'])
    })

    it('is proven with them', async () => {
      const verdict = await consortium
        .verifier({ requireProvenIndependence: true })
        .verifyPassport(await consortium.presentation())
      assert.equal(verdict.outcome, 'accepted')
    })

    it('is lost when two identities name one parent', async () => {
      const { miner, climateBody } = consortium.parties
      const related = await consortium.identity(miner, {
        subject: { ultimateParentLei: climateBody.ultimateParentLei },
      })
      const identities = [...consortium.identities.values()].map((each) =>
        each.id === related.id ? related : each,
      )
      const verdict = await consortium
        .verifier()
        .verifyPassport(await consortium.presentation({ identities }))
      assert.deepEqual(grave(verdict), ['NOT_INDEPENDENT'])
    })

    it('is not gained by naming another operator than the registered one', async () => {
      const { miner, refiner, climateBody } = consortium.parties
      const related = await consortium.identity(miner, {
        subject: { ultimateParentLei: climateBody.ultimateParentLei },
      })
      const identities = [...consortium.identities.values()].map((each) =>
        each.id === related.id ? related : each,
      )
      const attestations = await Promise.all(
        consortium.specs.map((spec, index) => {
          const honest = consortium.attestations[index]
          assert.ok(honest !== undefined)
          return spec.facility?.operator === miner
            ? consortium.attestation(spec, {
                subject: { operator: refiner.did, operatorGroup: refiner.ultimateParentLei },
              })
            : honest
        }),
      )
      const passport = await consortium.passport({}, { attestations })
      const honest = await consortium.presentation({ passport, attestations })
      assert.deepEqual(grave(await consortium.verifier().verifyPassport(honest)), [])
      const bytes = await consortium.presentation({ passport, attestations, identities })
      assert.deepEqual(grave(await consortium.verifier().verifyPassport(bytes)), [
        'NOT_INDEPENDENT',
      ])
    })

    it('is lost also when the status of that identity cannot be checked', async () => {
      const { miner, climateBody } = consortium.parties
      const related = await consortium.identity(miner, {
        subject: { ultimateParentLei: climateBody.ultimateParentLei },
        credential: {
          credentialStatus: ['revocation', 'suspension'].map((statusPurpose) => ({
            type: 'BitstringStatusListEntry',
            statusPurpose,
            statusListIndex: '7',
            statusListCredential: `https://registrar.example/status/lost-${statusPurpose}`,
          })),
        },
      })
      const identities = [...consortium.identities.values()].map((each) =>
        each.id === related.id ? related : each,
      )
      const verdict = await consortium
        .verifier()
        .verifyPassport(await consortium.presentation({ identities }))
      assert.deepEqual(grave(verdict), ['NOT_INDEPENDENT'])
    })
  })

  describe('in a key that is listed no more', () => {
    const until = (signer: { publicKey: { thumbprint: string } }, end: string) => [
      { thumbprint: signer.publicKey.thumbprint, from: '2025-01-01T00:00:00Z', until: end },
    ]

    it('leaves open when an accreditor signed', async () => {
      const { accreditationBody, climateBody, socialBody, productBody } = consortium.parties
      const above = await consortium.accreditation(accreditationBody, {
        subject: { keys: until(accreditationBody.signer, '2025-02-01T00:00:00Z') },
      })
      const bodies = [climateBody, socialBody, productBody]
      const below = await Promise.all(
        bodies.map((body) =>
          consortium.accreditation(body, { subject: { accreditedBy: above.reference } }),
        ),
      )
      const attestations = await Promise.all(
        consortium.specs.map((spec) =>
          consortium.attestation(spec, {
            subject: { accreditation: below[bodies.indexOf(spec.by)]?.reference },
          }),
        ),
      )
      const passport = await consortium.passport({}, { attestations })
      const accreditations: Signed[] = [above, ...below]
      const bytes = await consortium.presentation({ passport, attestations, accreditations })
      const verdict = await consortium.verifier().verifyPassport(bytes)
      assert.deepEqual(grave(verdict), ['TIME_UNPROVEN'])
    })

    it('leaves open when a manufacturer signed', async () => {
      const { packMaker } = consortium.parties
      const ended = await consortium.identity(packMaker, {
        subject: { keys: until(packMaker.signer, '2026-09-25T00:00:00Z') },
      })
      const identities = [...consortium.identities.values()].map((each) =>
        each.id === ended.id ? ended : each,
      )
      const bytes = await consortium.presentation({ identities })
      const verdict = await consortium.verifier().verifyPassport(bytes)
      assert.deepEqual(grave(verdict), ['TIME_UNPROVEN'])
    })
  })

  describe('in the lists of a body', () => {
    it('is not given to a key that only a stranger’s accreditation lists', async () => {
      const { climateBody } = consortium.parties
      const second = generateSigner()
      const forger = generateSigner()
      const honest = didKeyResolver()
      const [spec] = consortium.specs
      assert.ok(spec !== undefined && spec.by === climateBody)
      const [attestation] = consortium.attestations
      assert.ok(attestation !== undefined)
      const url = parseDidUrl(`${climateBody.did}#second`)
      assert.ok(url !== null)
      const resolver: Resolver = {
        async resolve(did) {
          const resolution = await honest.resolve(did)
          if (!resolution.ok || did !== climateBody.did) return resolution
          const { document } = resolution
          const method = { id: url.url, controller: document.id, publicKey: second.publicKey }
          return {
            ok: true,
            document: {
              ...document,
              verificationMethod: [...document.verificationMethod, method],
              assertionMethod: [...document.assertionMethod, url.url],
            },
          }
        },
      }
      const revoked = await consortium.board.lists(climateBody, { revoked: [attestation.id] })
      const cleared = await consortium.board.lists(
        climateBody,
        {},
        {
          signer: {
            ...second,
            did: climateBody.signer.did,
            verificationMethod: url.url,
            sign: (bytes) => second.sign(bytes),
          },
          created: '2026-09-30T23:00:00Z',
        },
      )
      const forged = await consortium.accreditation(climateBody, {
        credential: { id: 'urn:x:forged', issuer: forger.did },
        subject: {
          keys: [
            {
              thumbprint: second.publicKey.thumbprint,
              from: '2025-01-01T00:00:00Z',
              until: '2028-12-31T23:59:59Z',
            },
          ],
          accreditedBy: {
            ...consortium.accreditations.get('accreditationBody')?.reference,
            id: 'urn:x:nowhere',
          },
        },
        signer: forger,
      })
      const verdict = await createVerifier({
        policy: consortium.policy(),
        clock: clockAt(),
        methods: [consortium.method.method],
        rulebooks: consortium.rulebooks,
        resolver,
      }).verifyPassport(
        await consortium.presentation({
          lists: [
            ...(await consortium.statusLists()).filter(({ id }) => !id.includes('climatebody')),
            ...revoked,
            ...cleared,
          ],
          add: [forged],
        }),
      )
      assert.deepEqual(grave(verdict), ['REVOKED'])
    })

    it('is refused when too many documents crowd one id', async () => {
      const { climateBody } = consortium.parties
      const many = await Promise.all(
        Array.from({ length: 17 }, (_, index) =>
          consortium.board.lists(
            climateBody,
            {},
            {
              created: `2026-09-30T21:00:${String(index + 10)}Z`,
            },
          ),
        ),
      )
      const verdict = await consortium
        .verifier()
        .verifyPassport(await consortium.presentation({ add: many.flat() }))
      assert.deepEqual(grave(verdict), ['LIMIT_EXCEEDED'])
    })
  })

  describe('in the order of signatures', () => {
    it('is lost when a passport pins what was signed later', async () => {
      const passport = await consortium.passport({ created: '2026-03-16T08:59:59Z' })
      const verdict = await consortium
        .verifier()
        .verifyPassport(await consortium.presentation({ passport }))
      assert.ok(grave(verdict).includes('PROOF_TIME'), grave(verdict).join())
    })

    it('is lost when an attestation pins an accreditation that was signed later', async () => {
      const { climateBody } = consortium.parties
      const parts = await rebuilt(climateBody, { created: '2026-03-16T09:00:01Z' })
      const verdict = await consortium
        .verifier()
        .verifyPassport(await consortium.presentation(parts))
      assert.deepEqual(grave(verdict), ['PROOF_TIME'])
    })
  })

  describe('in a resolver', () => {
    const answering = async (change: (method: object) => object) => {
      const honest = didKeyResolver()
      return createVerifier({
        policy: consortium.policy(),
        clock: clockAt(),
        methods: [consortium.method.method],
        rulebooks: consortium.rulebooks,
        resolver: {
          async resolve(did) {
            const resolution = await honest.resolve(did)
            if (!resolution.ok || did !== consortium.parties.climateBody.did) return resolution
            const [method] = resolution.document.verificationMethod
            assert.ok(method !== undefined)
            const verificationMethod = [{ ...method, ...change(method) }]
            return { ok: true, document: { ...resolution.document, verificationMethod } }
          },
        },
      }).verifyPassport(await consortium.presentation())
    }

    for (const [what, change, code] of [
      ['revoked before it signed', { revoked: '2026-01-01T00:00:00Z' }, 'KEY_REVOKED'],
      ['revoked at an unreadable time', { revoked: 'last week' }, 'KEY_REVOKED'],
      ['revoked since', { revoked: '2026-09-30T00:00:00Z' }, 'TIME_UNPROVEN'],
      ['expired since', { expires: '2026-09-30T00:00:00Z' }, 'TIME_UNPROVEN'],
      ['of another controller', { controller: 'did:key:z6Mkother' }, 'KEY_NOT_AUTHORISED'],
    ] as const) {
      it(`a key that is ${what} is ${code}`, async () => {
        const verdict = await answering(() => change)
        assert.ok(grave(verdict).includes(code), JSON.stringify(grave(verdict)))
      })
    }

    it('that fails leaves everything open', async () => {
      const verdict = await createVerifier({
        policy: consortium.policy(),
        clock: clockAt(),
        methods: [consortium.method.method],
        rulebooks: consortium.rulebooks,
        resolver: {
          async resolve() {
            throw new Error('down')
          },
        },
      }).verifyPassport(await consortium.presentation())
      assert.equal(verdict.outcome, 'indeterminate')
      assert.deepEqual(grave(verdict), ['DID_UNRESOLVED'])
    })
  })

  describe('in the issuer of the passport', () => {
    it('is left open when the list of its identity is damaged', async () => {
      const lists = await consortium.statusLists()
      const damaged = lists.map((list) =>
        list.id.startsWith('https://registrar.example/')
          ? signedDocument('BitstringStatusListCredential', {
              ...JSON.parse(JSON.stringify(list.document)),
              validUntil: '2039-01-01T00:00:00Z',
            })
          : list,
      )
      const verdict = await consortium
        .verifier()
        .verifyPassport(await consortium.presentation({ lists: damaged }))
      assert.deepEqual(grave(verdict), ['PROOF_INVALID'])
    })

    it('may come from the policy alone', async () => {
      const verdict = await consortium
        .verifier({ passportIssuers: [consortium.parties.packMaker.did] })
        .verifyPassport(await consortium.presentation({ identities: [] }))
      assert.equal(verdict.outcome, 'accepted')
    })

    it('is refused when the policy names another', async () => {
      const verdict = await consortium
        .verifier({ passportIssuers: [consortium.parties.cellMaker.did] })
        .verifyPassport(await consortium.presentation())
      assert.deepEqual(grave(verdict), ['ISSUER_NOT_AUTHORISED'])
    })

    it('is warned of when anybody may', async () => {
      const verdict = await consortium
        .verifier({ passportIssuers: 'any' })
        .verifyPassport(await consortium.presentation())
      assert.equal(verdict.outcome, 'accepted')
      assert.ok(lesser(verdict).includes('POLICY_ANY_ISSUER'))
    })

    it('is not a manufacturer by an identity that gives it another role', async () => {
      const changed = await consortium.identity(consortium.parties.packMaker, {
        subject: { roles: ['operator'] },
      })
      const identities = [...consortium.identities.values()].map((each) =>
        each.id === changed.id ? changed : each,
      )
      const verdict = await consortium
        .verifier()
        .verifyPassport(await consortium.presentation({ identities }))
      assert.deepEqual(grave(verdict), ['ISSUER_NOT_AUTHORISED'])
    })

    it('is not shown by an identity it signed itself', async () => {
      const { packMaker } = consortium.parties
      const own = await consortium.identity(packMaker, {
        credential: { issuer: packMaker.did },
        signer: packMaker.signer,
      })
      const verdict = await consortium.verifier().verifyPassport(
        await consortium.presentation({
          identities: [...consortium.identities.values()].map((each) =>
            each.id === own.id ? own : each,
          ),
        }),
      )
      assert.deepEqual(grave(verdict), ['ISSUER_NOT_AUTHORISED'])
      assert.ok(lesser(verdict).includes('CREDENTIAL_UNUSED'))
    })

    it('is not left open by an identity of a stranger, whose DID nobody can resolve', async () => {
      const { packMaker, climateBody } = consortium.parties
      const stranger = generateSigner('Ed25519', 'did:web:stranger.example')
      const entries = consortium.board.entriesFor(packMaker, 'urn:x:stranger')
      const foreign = await consortium.identity(packMaker, {
        credential: { issuer: stranger.did, credentialStatus: entries },
        subject: { ultimateParentLei: climateBody.ultimateParentLei },
        signer: stranger,
      })
      const honest = [...consortium.identities.values()]
      const others = honest.filter((each) => each.id !== foreign.id)
      const alone = await consortium
        .verifier()
        .verifyPassport(await consortium.presentation({ identities: [...others, foreign] }))
      assert.ok(grave(alone).includes('ISSUER_NOT_AUTHORISED'))
      assert.ok(!grave(alone).includes('NOT_INDEPENDENT'))
      const beside = await consortium
        .verifier()
        .verifyPassport(await consortium.presentation({ identities: [...honest, foreign] }))
      assert.equal(beside.outcome, 'accepted')
    })

    it('is not shown by an identity of another time, and it is said which', async () => {
      const { packMaker } = consortium.parties
      const others = [...consortium.identities.values()].filter(
        ({ secured }) => secured.credential.credentialSubject.id !== packMaker.did,
      )
      for (const [credential, code] of [
        [{ validFrom: '2026-09-30T23:00:00Z' }, 'NOT_YET_VALID'],
        [{ validUntil: '2026-09-01T00:00:00Z' }, 'EXPIRED'],
      ] as const) {
        const early = await consortium.identity(packMaker, { credential })
        const { findings } = await consortium
          .verifier()
          .verifyPassport(await consortium.presentation({ identities: [...others, early] }))
        const unused = findings.filter(({ credential: id }) => id === early.id)
        assert.deepEqual(
          unused.map(({ code: kind, found }) => [kind, found]),
          [['CREDENTIAL_UNUSED', code]],
        )
      }
    })
  })
})
