import assert from 'node:assert/strict'
import { didKeyResolver, generateSigner, type Resolver, type Signer } from '@battery-passport/keys'
import { createVerifier, type PassportVerdict } from '@battery-passport/verifier'
import {
  type Change,
  Consortium,
  clockAt,
  type Party,
  type Signed,
  type Withdrawn,
} from '../support/consortium.ts'

function grave({ findings }: PassportVerdict): string[] {
  const found = findings.filter(({ severity }) => severity === 'error' || severity === 'unknown')
  return [...new Set(found.map(({ code }) => code))].sort()
}

/** When the successor begins. */
const BEGUN = '2026-09-30T22:30:00Z'
const LATER = '2026-09-30T23:00:00Z'

describe('who speaks of the status of an accredited body’s credentials', () => {
  let consortium: Consortium
  let attestation: Signed<'RulebookAttestation'>
  let successor: Signer
  let named: Signed<'VerifierAccreditation'>

  before(async () => {
    consortium = await Consortium.assemble()
    const { climateBody } = consortium.parties
    const own = consortium.attestations.find(({ secured }) => secured.issuer === climateBody.did)
    assert.ok(own !== undefined)
    attestation = own
    successor = generateSigner()
    named = await consortium.accreditation(climateBody, naming(successor.did))
  })

  /** An accreditation that says who speaks after the body. */
  function naming(statusSuccessor: string, change: Change = {}): Change {
    return {
      created: BEGUN,
      ...change,
      credential: {
        id: 'https://accreditationbody.example/accreditations/succeeded',
        validFrom: BEGUN,
        ...change.credential,
      },
      subject: { statusSuccessor, ...change.subject },
    }
  }

  /** The lists of a body, signed by another. */
  const listsBy = (signer: Signer, withdrawn: Withdrawn, created = LATER, of?: Party) =>
    consortium.board.lists(of ?? consortium.parties.climateBody, withdrawn, {
      credential: { issuer: signer.did },
      signer,
      created,
    })

  /** The honest presentation with more in it. */
  async function verify(
    add: readonly Signed[],
    parts: { readonly policy?: object; readonly drop?: Party } = {},
  ) {
    const { drop } = parts
    const isDropped = ({ type, secured }: Signed) =>
      type === 'BitstringStatusListCredential' && secured.issuer === drop?.did
    const omit = (signed: Signed) => !add.includes(signed) && isDropped(signed)
    const bytes = await consortium.presentation({ add, omit })
    return consortium.verifier({ ...parts.policy }).verifyPassport(bytes)
  }

  describe('the successor that an accreditation names', () => {
    it('signs the lists of the body from then on', async () => {
      const { climateBody } = consortium.parties
      const clear = await listsBy(successor, {})
      const verdict = await verify([named, ...clear], { drop: climateBody })
      assert.equal(verdict.outcome, 'accepted')
      const revoking = await listsBy(successor, { revoked: [attestation.id] })
      assert.deepEqual(grave(await verify([named, ...revoking])), ['REVOKED'])
    })

    it('signs notices about what the body issued', async () => {
      const { climateBody } = consortium.parties
      const notice = await consortium.notice(climateBody, attestation, {
        credential: { issuer: successor.did, validFrom: BEGUN },
        subject: { effectiveFrom: '2026-09-25T00:00:00Z' },
        signer: successor,
        created: BEGUN,
      })
      const about = { revoked: [attestation.id], notices: [{ about: attestation.id, notice }] }
      const lists = await listsBy(successor, about)
      const policy = { acceptSelfAssertedTime: true }
      const verdict = await verify([named, notice, ...lists], { policy })
      assert.equal(verdict.outcome, 'accepted')
    })

    it('is not believed of the time before', async () => {
      const { climateBody } = consortium.parties
      const lists = await listsBy(successor, {}, '2026-09-30T22:29:59Z')
      const verdict = await verify([named, ...lists], { drop: climateBody })
      assert.deepEqual(grave(verdict), ['STATUS_LIST_INVALID'])
      assert.ok(verdict.findings.some(({ pointer }) => pointer === '/proof/created'))
    })

    it('is nobody without that accreditation, and clears nothing', async () => {
      const { climateBody } = consortium.parties
      const lists = await listsBy(successor, {})
      const alone = await verify(lists, { drop: climateBody })
      assert.deepEqual(grave(alone), ['STATUS_LIST_INVALID'])
      assert.equal(
        (await verify(await listsBy(successor, { revoked: [attestation.id] }))).outcome,
        'accepted',
      )
    })

    it('is nobody by an accreditation that does not hold', async () => {
      const { climateBody, accreditationBody } = consortium.parties
      const stranger = generateSigner()
      const byStranger = await consortium.accreditation(
        climateBody,
        naming(successor.did, { credential: { issuer: stranger.did }, signer: stranger }),
      )
      const revoked = await consortium.accreditation(climateBody, {
        ...naming(successor.did, {
          credential: {
            credentialStatus: consortium.board.entriesFor(accreditationBody, 'revoked'),
          },
        }),
      })
      const council = await consortium.board.lists(accreditationBody, { revoked: ['revoked'] })
      const own = await consortium.accreditation(
        climateBody,
        naming(successor.did, {
          credential: {
            issuer: climateBody.did,
            credentialStatus: consortium.board.entriesFor(climateBody, 'own'),
          },
          signer: climateBody.signer,
        }),
      )
      const lists = await listsBy(successor, {})
      for (const add of [[byStranger], [revoked, ...council], [own]]) {
        const verdict = await verify([...add, ...lists], { drop: climateBody })
        assert.deepEqual(grave(verdict), ['STATUS_LIST_INVALID'])
      }
    })

    it('is nobody once the accreditation that names it is void or suspended', async () => {
      const { climateBody, accreditationBody } = consortium.parties
      const lists = await listsBy(successor, {})
      const entries = consortium.board.entriesFor(accreditationBody, 'naming')
      const own = await consortium.accreditation(
        climateBody,
        naming(successor.did, { credential: { credentialStatus: entries } }),
      )
      for (const [list, voidFrom, found] of [
        ['revoked', BEGUN, ['STATUS_LIST_INVALID']],
        ['revoked', '2026-09-30T22:30:01Z', []],
        ['suspended', '2026-09-30T22:30:01Z', ['STATUS_LIST_INVALID']],
      ] as const) {
        const change = { credential: { validFrom: LATER }, created: LATER }
        const notice = await consortium.notice(accreditationBody, own, {
          ...change,
          alter: (credential) => {
            const { effectiveFrom: _, ...subject } = Object(credential.credentialSubject)
            return { ...credential, credentialSubject: { ...subject, voidFrom } }
          },
        })
        const notices = [{ about: 'naming', notice }]
        const withdrawn =
          list === 'revoked'
            ? { revoked: ['naming'], notices }
            : { suspended: ['naming'], suspensionNotices: notices }
        const council = await consortium.board.lists(accreditationBody, withdrawn, {
          created: LATER,
        })
        const verdict = await verify([own, notice, ...council, ...lists], { drop: climateBody })
        assert.deepEqual(grave(verdict), found)
      }
    })

    it('is found where two bodies accredit one another, without waiting for ever', async () => {
      const { climateBody, accreditationBody } = consortium.parties
      const own = consortium.accreditations.get('climateBody')
      assert.ok(own !== undefined)
      const crossed = await consortium.accreditation(accreditationBody, {
        credential: {
          id: 'https://climatebody.example/accreditations/crossed',
          issuer: climateBody.did,
          credentialStatus: consortium.board.entriesFor(climateBody, 'crossed'),
        },
        subject: { accreditedBy: own.reference },
        signer: climateBody.signer,
      })
      const lists = await listsBy(successor, {})
      const verdict = await verify([named, crossed, ...lists], { drop: climateBody })
      assert.equal(verdict.outcome, 'accepted')
    })

    it('speaks for an accreditation body, too', async () => {
      const { accreditationBody } = consortium.parties
      const above = await consortium.accreditation(
        accreditationBody,
        naming(successor.did, {
          credential: { id: 'https://schemeowner.example/accreditations/succeeded' },
        }),
      )
      const id = consortium.accreditations.get('climateBody')?.id ?? ''
      const clear = await listsBy(successor, {}, LATER, accreditationBody)
      const good = await verify([above, ...clear], { drop: accreditationBody })
      assert.equal(good.outcome, 'accepted')
      const revoking = await listsBy(successor, { revoked: [id] }, LATER, accreditationBody)
      assert.deepEqual(grave(await verify([above, ...revoking])), ['REVOKED'])
    })
  })

  describe('a key of the body', () => {
    let second: Signer

    before(() => {
      const { climateBody } = consortium.parties
      const other = generateSigner()
      const verificationMethod = `${climateBody.did}#second`
      second = Object.assign({}, other, { did: climateBody.did, verificationMethod })
    })

    /** Knows a second key of the body. */
    const resolver = (change: object = {}): Resolver => {
      const honest = didKeyResolver()
      return {
        async resolve(did) {
          const resolution = await honest.resolve(did)
          if (!resolution.ok || did !== second.did) return resolution
          const { document } = resolution
          const [first] = document.verificationMethod
          assert.ok(first !== undefined)
          const { verificationMethod: id, publicKey } = second
          return {
            ok: true,
            document: {
              ...document,
              verificationMethod: [first, { ...first, id, publicKey, ...change }],
              assertionMethod: [...document.assertionMethod, id],
            },
          }
        },
      }
    }

    const verifyWith = async (
      credentials: readonly Signed[],
      change: object = {},
      policy: object = {},
    ) => {
      const { climateBody } = consortium.parties
      const omit = (signed: Signed) =>
        signed.type === 'BitstringStatusListCredential' &&
        signed.secured.issuer === climateBody.did &&
        !credentials.includes(signed)
      return createVerifier({
        policy: consortium.policy({ acceptSelfAssertedTime: true, ...policy }),
        clock: clockAt(),
        methods: [consortium.method.method],
        rulebooks: consortium.rulebooks,
        resolver: resolver(change),
      }).verifyPassport(await consortium.presentation({ add: credentials, omit }))
    }

    const noticeBySecond = () =>
      consortium.notice(consortium.parties.climateBody, attestation, {
        signer: second,
        subject: { effectiveFrom: '2026-09-25T00:00:00Z' },
      })

    const naming2 = async () => {
      const { climateBody } = consortium.parties
      return consortium.accreditation(climateBody, {
        credential: { id: 'https://accreditationbody.example/accreditations/second-key' },
        subject: {
          keys: [
            {
              thumbprint: second.publicKey.thumbprint,
              from: '2025-01-01T00:00:00Z',
              // Of any date: what was listed once goes on signing lists and notices.
              until: '2025-06-01T00:00:00Z',
            },
          ],
        },
      })
    }

    it('that no accreditation lists signs neither lists nor notices', async () => {
      const { climateBody } = consortium.parties
      const lists = await consortium.board.lists(climateBody, {}, { signer: second })
      assert.deepEqual(grave(await verifyWith(lists)), ['KEY_NOT_AUTHORISED'])
      const notice = await noticeBySecond()
      const about = { revoked: [attestation.id], notices: [{ about: attestation.id, notice }] }
      const naming = await consortium.board.lists(climateBody, about)
      const verdict = await verifyWith([notice, ...naming])
      assert.deepEqual(grave(verdict), ['KEY_NOT_AUTHORISED', 'REVOKED'])
    })

    it('that another accreditation lists, of whatever date, signs both', async () => {
      const { climateBody } = consortium.parties
      const accreditation = await naming2()
      const notice = await noticeBySecond()
      const about = { revoked: [attestation.id], notices: [{ about: attestation.id, notice }] }
      const lists = await consortium.board.lists(climateBody, about, { signer: second })
      const verdict = await verifyWith([accreditation, notice, ...lists])
      assert.equal(verdict.outcome, 'accepted')
    })

    it('that was revoked since narrows no withdrawal', async () => {
      const { climateBody } = consortium.parties
      const accreditation = await naming2()
      const notice = await noticeBySecond()
      const about = { revoked: [attestation.id], notices: [{ about: attestation.id, notice }] }
      const lists = await consortium.board.lists(climateBody, about)
      const given = [accreditation, notice, ...lists]
      const verdict = await verifyWith(given, { revoked: '2026-09-30T23:30:00Z' })
      assert.deepEqual(grave(verdict), ['KEY_REVOKED', 'REVOKED'])
    })
  })

  it('of whom the key cannot be resolved leaves open how far it is withdrawn', async () => {
    const { climateBody } = consortium.parties
    const away = generateSigner()
    const notice = await consortium.notice(climateBody, attestation, {
      credential: { issuer: away.did },
      signer: away,
    })
    const about = { revoked: [attestation.id], notices: [{ about: attestation.id, notice }] }
    const lists = await consortium.board.lists(climateBody, about)
    const honest = didKeyResolver()
    const verdict = await createVerifier({
      policy: consortium.policy(),
      clock: clockAt(),
      methods: [consortium.method.method],
      rulebooks: consortium.rulebooks,
      resolver: {
        resolve: async (did) =>
          did === away.did
            ? { ok: false, code: 'DID_UNRESOLVED', detail: 'away' }
            : honest.resolve(did),
      },
    }).verifyPassport(
      await consortium.presentation({
        add: [notice, ...lists],
        omit: (signed) =>
          signed.type === 'BitstringStatusListCredential' &&
          signed.secured.issuer === climateBody.did &&
          !lists.some((list) => list === signed),
      }),
    )
    assert.deepEqual(grave(verdict), ['DID_UNRESOLVED'])
    assert.equal(verdict.outcome, 'indeterminate')
  })
})
