import assert from 'node:assert/strict'
import { digestOfDocument } from '@battery-passport/contexts'
import {
  type DidDocument,
  didDocument,
  didKeyResolver,
  encodeMultikey,
  type Fetcher,
  generateSigner,
  type Signer,
} from '@battery-passport/keys'
import {
  createVerifier,
  type PassportVerdict,
  parsePolicy,
  type VerifierDeps,
  webDidResolver,
} from '@battery-passport/verifier'
import { pinnedResolver } from '../../verifier/policy/pinned-did-documents.ts'
import { Consortium, clockAt, type Party } from '../support/consortium.ts'

/** A signer's document as it would be published, with other members over it. */
function documentOf({ did, verificationMethod, publicKey }: Signer, more: object = {}) {
  return { ...didDocument(publicKey, { did, url: verificationMethod }), ...more }
}

/** The document with members put over those of its one method. */
function withMethod(signer: Signer, members: object) {
  const document = documentOf(signer)
  return { ...document, verificationMethod: [{ ...document.verificationMethod[0], ...members }] }
}

function grave({ findings }: PassportVerdict): string[] {
  const found = findings.filter(({ severity }) => severity === 'error' || severity === 'unknown')
  return [...new Set(found.map(({ code }) => code))].sort()
}

describe('DID documents', () => {
  let consortium: Consortium
  let presentation: Uint8Array

  before(async () => {
    consortium = await Consortium.assemble({ didMethod: 'web' })
    presentation = await consortium.presentation()
  })

  const signers = () => Object.values(consortium.parties).map(({ signer }: Party) => signer)

  /** Everybody's document, that of the climate body as it is given. */
  const pins = (...climate: readonly object[]) => {
    const own = consortium.parties.climateBody.did
    return [
      ...signers().flatMap((signer) =>
        signer.did === own ? [] : [{ did: signer.did, document: documentOf(signer) }],
      ),
      ...climate.map((pin) => ({ did: own, ...pin })),
    ]
  }

  const verify = (didDocuments: readonly object[], deps: Partial<VerifierDeps> = {}) =>
    createVerifier({
      policy: consortium.policy(didDocuments.length === 0 ? {} : { didDocuments }),
      clock: clockAt(),
      methods: [consortium.method.method],
      rulebooks: consortium.rulebooks,
      ...deps,
    }).verifyPassport(presentation)

  const climate = () => consortium.parties.climateBody.signer

  describe('pinned by the policy', () => {
    it('resolve a did:web without any network', async () => {
      const verdict = await verify(pins({ document: documentOf(climate()) }))
      assert.equal(verdict.outcome, 'accepted', JSON.stringify(verdict.findings))
    })

    for (const form of ['eddsa-rdfc-2022', 'vc+jwt'] as const) {
      it(`resolve it for ${form}`, async () => {
        const other = await Consortium.assemble({ didMethod: 'web', form })
        const didDocuments = Object.values(other.parties).map(({ signer }: Party) => ({
          did: signer.did,
          document: documentOf(signer),
        }))
        const verdict = await other
          .verifier({ didDocuments })
          .verifyPassport(await other.presentation())
        assert.equal(verdict.outcome, 'accepted', JSON.stringify(verdict.findings))
      })
    }

    it('may be left out: then the verdict is open', async () => {
      const verdict = await verify([])
      assert.equal(verdict.outcome, 'indeterminate')
      assert.deepEqual(grave(verdict), ['DID_UNRESOLVED'])
    })

    it('are never asked of another resolver', async () => {
      const resolver = { resolve: async (did: string) => assert.fail(`${did} was asked for`) }
      const verdict = await verify(pins({ document: documentOf(climate()) }), { resolver })
      assert.equal(verdict.outcome, 'accepted')
    })

    it('may stand in a file, known by its digest', async () => {
      const document = documentOf(climate())
      const pin = { file: 'climate.json', digestMultibase: digestOfDocument(document) }
      assert.deepEqual(grave(await verify(pins(pin))), ['DID_UNRESOLVED'])
      const other = documentOf(generateSigner('Ed25519', climate().did))
      const changed = await verify(pins(pin), { didDocuments: [other] })
      assert.deepEqual(grave(changed), ['DID_UNRESOLVED'])
      const verdict = await verify(pins(pin), { didDocuments: [other, document] })
      assert.equal(verdict.outcome, 'accepted')
    })

    it('do not lend a key of another name', async () => {
      const document = documentOf(generateSigner('Ed25519', climate().did))
      assert.deepEqual(grave(await verify(pins({ document }))), ['KEY_NOT_AUTHORISED'])
    })

    it('do not make another key of the same name sign', async () => {
      const other = generateSigner('Ed25519', climate().verificationMethod)
      assert.ok(
        grave(await verify(pins({ document: documentOf(other) }))).includes('PROOF_INVALID'),
      )
    })

    it('let no key make claims that is for authentication alone', async () => {
      const other = generateSigner('Ed25519', `${climate().did}#other`)
      const [method] = documentOf(other).verificationMethod
      const document = documentOf(climate())
      const verdict = await verify(
        pins({
          document: {
            ...document,
            verificationMethod: [...document.verificationMethod, method],
            assertionMethod: [other.verificationMethod],
          },
        }),
      )
      assert.deepEqual(grave(verdict), ['KEY_NOT_AUTHORISED'])
    })

    describe('keep historic keys', () => {
      for (const [what, members, codes] of [
        ['revoked after it signed', { revoked: '2026-09-30T00:00:00Z' }, ['TIME_UNPROVEN']],
        ['expired after it signed', { expires: '2026-09-30T00:00:00Z' }, ['TIME_UNPROVEN']],
        ['that is to expire', { expires: '2027-01-01T00:00:00Z' }, []],
        ['revoked before it signed', { revoked: '2026-01-01T00:00:00Z' }, ['KEY_REVOKED']],
        ['revoked at an unreadable time', { revoked: 'last week' }, ['KEY_REVOKED']],
      ] as const) {
        it(`: one ${what} is ${codes[0] ?? 'good'}`, async () => {
          const verdict = await verify(pins({ document: withMethod(climate(), members) }))
          for (const code of codes) assert.ok(grave(verdict).includes(code), grave(verdict).join())
          assert.equal(verdict.outcome === 'accepted', codes.length === 0)
        })
      }

      it(': one that a later document has no more counts for what it signed before', async () => {
        const next = generateSigner('Ed25519', climate().did)
        const verdict = await verify(
          pins(
            { document: documentOf(climate()), validUntil: '2026-09-30T22:59:59Z' },
            { document: documentOf(next), validFrom: '2026-09-30T23:00:00Z' },
          ),
        )
        // That it signed before is its own word: whoever has the old key could sign today.
        assert.deepEqual(grave(verdict), ['TIME_UNPROVEN'])
      })

      it(': one that the next document has as well goes on counting', async () => {
        for (const document of [
          documentOf(climate()),
          withMethod(climate(), { $comment: 'same' }),
        ]) {
          const verdict = await verify(
            pins(
              { document: documentOf(climate()), validUntil: '2026-09-14T23:59:59Z' },
              { document, validFrom: '2026-09-15T00:00:00Z' },
            ),
          )
          assert.equal(verdict.outcome, 'accepted', JSON.stringify(verdict.findings))
        }
      })

      it(': what the later document says of its end holds', async () => {
        const verdict = await verify(
          pins(
            { document: documentOf(climate()), validUntil: '2026-09-14T23:59:59Z' },
            {
              document: withMethod(climate(), { revoked: '2026-01-01T00:00:00Z' }),
              validFrom: '2026-09-15T00:00:00Z',
            },
          ),
        )
        assert.ok(grave(verdict).includes('KEY_REVOKED'))
      })

      it(': one that two documents name alike counts in its own time', async () => {
        const url = climate().verificationMethod
        const before = documentOf(generateSigner('Ed25519', url))
        const accepted = await verify(
          pins(
            { document: before, validUntil: '2024-12-31T23:59:59Z' },
            { document: documentOf(climate()), validFrom: '2025-01-01T00:00:00Z' },
          ),
        )
        assert.equal(accepted.outcome, 'accepted', JSON.stringify(accepted.findings))
        const swapped = await verify(
          pins(
            { document: documentOf(climate()), validUntil: '2024-12-31T23:59:59Z' },
            { document: before, validFrom: '2025-01-01T00:00:00Z' },
          ),
        )
        assert.ok(grave(swapped).includes('PROOF_INVALID'))
      })

      it(': in whatever order the policy names them', async () => {
        const early = { document: documentOf(climate()), validUntil: '2026-09-14T23:59:59Z' }
        const late = { document: documentOf(climate()), validFrom: '2026-09-15T00:00:00Z' }
        for (const named of [
          [early, late],
          [late, early],
        ]) {
          const verdict = await verify(pins(...named))
          assert.equal(verdict.outcome, 'accepted', JSON.stringify(verdict.findings))
        }
      })

      it(': it ends with its document or by its own date, whichever is first', async () => {
        const [soon, late] = ['2026-09-20T00:00:00Z', '2026-12-31T23:59:59Z']
        for (const [expires, validUntil, outcome] of [
          [late, late, 'accepted'],
          [soon, late, 'rejected'],
          [late, soon, 'rejected'],
        ] as const) {
          const verdict = await verify(
            pins({ document: withMethod(climate(), { expires }), validUntil }),
          )
          assert.equal(verdict.outcome, outcome, JSON.stringify(verdict.findings))
          assert.equal(grave(verdict).includes('KEY_REVOKED'), outcome === 'rejected')
        }
      })

      it(': none counts before its document was in force', async () => {
        const verdict = await verify(
          pins({ document: documentOf(climate()), validFrom: '2026-09-25T00:00:00Z' }),
        )
        assert.ok(grave(verdict).includes('KEY_NOT_AUTHORISED'))
      })

      it(': none counts after its document was', async () => {
        const verdict = await verify(
          pins({ document: documentOf(climate()), validUntil: '2026-01-01T00:00:00Z' }),
        )
        assert.ok(grave(verdict).includes('KEY_REVOKED'))
      })

      it(': the last second of a document counts, and the first', async () => {
        const { created } = (await consortium.statusLists()).find(
          ({ secured }) => secured.issuer === climate().did,
        )?.secured ?? { created: 0 }
        const list = new Date(created * 1000).toISOString().replace('.000', '')
        const statement = new Date('2026-03-16T09:00:00Z').toISOString().replace('.000', '')
        const document = documentOf(climate())
        const window = await verify(pins({ document, validFrom: statement, validUntil: list }))
        assert.ok(!grave(window).includes('KEY_REVOKED'), JSON.stringify(window.findings))
        assert.ok(!grave(window).includes('KEY_NOT_AUTHORISED'))
      })
    })

    describe('are one document over time', () => {
      const did = () => climate().did
      const url = () => climate().verificationMethod
      const resolved = async (...didDocuments: readonly object[]) => {
        const { didDocuments: own } = consortium.policy({
          didDocuments: didDocuments.map((each) => ({ did: did(), ...each })),
        })
        const nobody = { resolve: async () => assert.fail('asked') }
        const resolution = await pinnedResolver(own, [], nobody).resolve(did())
        assert.ok(resolution.ok)
        return resolution.document
      }
      const spans = ({ verificationMethod }: DidDocument) =>
        verificationMethod.map(({ id, validFrom, expires }) => [id, validFrom, expires])
      const END = '2026-01-01T00:00:00Z'
      const until = { validUntil: '2025-12-31T23:59:59Z' }
      const from = { validFrom: END }

      it('in which a key has no bound where its document has none', async () => {
        const document = await resolved({ document: documentOf(climate()) })
        assert.deepEqual(spans(document), [[url(), undefined, undefined]])
        assert.deepEqual(document.unusable, [])
      })

      it('in which a key of both goes on, and is there once', async () => {
        const document = documentOf(climate())
        assert.deepEqual(spans(await resolved({ document, ...until }, { document, ...from })), [
          [url(), undefined, undefined],
        ])
      })

      it('in which a key ends where there was a second between the two', async () => {
        const document = documentOf(climate())
        const gap = { validFrom: '2026-01-01T00:00:01Z' }
        assert.deepEqual(spans(await resolved({ document, ...until }, { document, ...gap })), [
          [url(), undefined, END],
          [url(), gap.validFrom, undefined],
        ])
      })

      it('in which another key of the same name, or another name of the same key, is another', async () => {
        const document = documentOf(climate())
        const swapped = documentOf(generateSigner('Ed25519', url()))
        assert.deepEqual(
          spans(await resolved({ document, ...until }, { document: swapped, ...from })),
          [
            [url(), undefined, END],
            [url(), END, undefined],
          ],
        )
        const name = `${did()}#renamed`
        const renamed = {
          ...withMethod(climate(), { id: name }),
          assertionMethod: [name],
          authentication: [name],
        }
        const both = await resolved({ document, ...until }, { document: renamed, ...from })
        assert.deepEqual(spans(both), [
          [url(), undefined, END],
          [name, END, undefined],
        ])
        assert.deepEqual(both.assertionMethod, [url(), name])
      })

      it('in which they are in order, whatever bound is left out', async () => {
        const document = documentOf(climate())
        const third = { validFrom: '2027-01-01T00:00:00Z' }
        const middle = { ...from, validUntil: '2026-12-31T23:59:59Z' }
        for (const order of [
          [until, middle, third],
          [third, middle, until],
          [middle, until, third],
          [third, until, middle],
        ]) {
          const pinned = order.map((bounds) => ({ document, ...bounds }))
          assert.deepEqual(spans(await resolved(...pinned)), [[url(), undefined, undefined]])
        }
      })
    })

    describe('are faults of the policy', () => {
      const faultsOf = (...didDocuments: readonly object[]) => {
        const parsed = parsePolicy(consortium.policyDocument({ didDocuments }))
        return parsed.ok ? [] : parsed.faults.map(({ pointer }) => pointer)
      }
      const pin = (members: object = {}) => ({
        did: climate().did,
        document: documentOf(climate()),
        ...members,
      })

      it('never when they are in order', () => {
        assert.deepEqual(faultsOf(pin()), [])
        const digestMultibase = digestOfDocument(documentOf(climate()))
        assert.deepEqual(faultsOf(pin({ digestMultibase })), [])
      })

      it('for another DID', () => {
        const document = documentOf(generateSigner('Ed25519', 'did:web:other.example'))
        assert.deepEqual(faultsOf(pin({ document })), ['/didDocuments/0/document/id'])
      })

      it('for another DID, saying which was asked for and which came', () => {
        const document = documentOf(generateSigner('Ed25519', 'did:web:other.example'))
        const parsed = parsePolicy(consortium.policyDocument({ didDocuments: [pin({ document })] }))
        assert.ok(!parsed.ok)
        assert.deepEqual(parsed.faults, [
          {
            pointer: '/didDocuments/0/document/id',
            expected: `${climate().did}, the DID that was asked for`,
            found: '"did:web:other.example"',
          },
        ])
      })

      it('without a key that can be relied on', () => {
        const order2 = Uint8Array.from([236, ...new Array<number>(30).fill(255), 127])
        const weak = { publicKeyMultibase: encodeMultikey('Ed25519', order2) }
        for (const document of [
          withMethod(climate(), weak),
          documentOf(climate(), { assertionMethod: [] }),
          { id: climate().did },
        ]) {
          assert.deepEqual(faultsOf(pin({ document })), [
            '/didDocuments/0/document/assertionMethod',
          ])
          const parsed = parsePolicy(
            consortium.policyDocument({ didDocuments: [pin({ document })] }),
          )
          assert.ok(!parsed.ok)
          const [fault] = parsed.faults
          assert.equal(
            fault?.expected,
            `the DID document of ${climate().did} with a key for claims`,
          )
          assert.match(fault.found, /^none of its keys can be relied on(: did:web:\S+: .+)?$/)
          assert.equal(
            fault.found.includes('did:web:'),
            'verificationMethod' in document && document.assertionMethod.length > 0,
          )
        }
      })

      it('for a did:key, which is its own document', () => {
        const signer = generateSigner()
        const faults = faultsOf({ did: signer.did, document: documentOf(signer) })
        assert.deepEqual(faults, ['/didDocuments/0/did'])
      })

      it('for a did:web that is not canonical', () => {
        const did = 'did:web:Body.example'
        const signer = { ...climate(), did }
        const [first] = faultsOf({ did, document: { ...documentOf(climate()), id: did } })
        assert.equal(first, '/didDocuments/0/did', signer.did)
      })

      it('when two are in force at one time', () => {
        const until = '2026-01-01T00:00:00Z'
        assert.deepEqual(faultsOf(pin(), pin()), ['/didDocuments/1'])
        assert.deepEqual(faultsOf(pin({ validUntil: until }), pin({ validFrom: until })), [
          '/didDocuments/1',
        ])
        const after = pin({ validFrom: '2026-01-01T00:00:01Z' })
        assert.deepEqual(faultsOf(pin({ validUntil: until }), after), [])
        assert.deepEqual(faultsOf(after, pin({ validUntil: until })), [])
      })

      it('when they are open at one end and the other is in force there', () => {
        const [first, later] = ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z']
        assert.deepEqual(faultsOf(pin({ validUntil: first }), pin()), ['/didDocuments/1'])
        assert.deepEqual(faultsOf(pin({ validFrom: later }), pin()), ['/didDocuments/1'])
        assert.deepEqual(faultsOf(pin(), pin({ validFrom: later })), ['/didDocuments/1'])
        assert.deepEqual(faultsOf(pin(), pin({ validUntil: first })), ['/didDocuments/1'])
      })

      it('that end before they begin, and not for one second', () => {
        const validFrom = '2026-01-02T00:00:00Z'
        const validUntil = '2026-01-01T00:00:00Z'
        assert.deepEqual(faultsOf(pin({ validFrom, validUntil })), ['/didDocuments/0/validUntil'])
        assert.deepEqual(faultsOf(pin({ validFrom, validUntil: validFrom })), [])
        for (const open of [{ validFrom }, { validUntil }]) {
          assert.deepEqual(faultsOf(pin(open)), [])
        }
      })

      it('with another digest than the document has', () => {
        const digestMultibase = digestOfDocument({})
        assert.deepEqual(faultsOf(pin({ digestMultibase })), ['/didDocuments/0/digestMultibase'])
      })

      it('in a file without a digest, in a file and the policy, or nowhere', () => {
        const did = climate().did
        const file = 'climate.json'
        const digestMultibase = digestOfDocument(documentOf(climate()))
        assert.notEqual(faultsOf({ did, file }).length, 0)
        assert.notEqual(faultsOf(pin({ file, digestMultibase })).length, 0)
        assert.notEqual(faultsOf({ did }).length, 0)
      })
    })
  })

  describe('that hold a key nobody can rely on', () => {
    const order2 = Uint8Array.from([236, ...new Array<number>(30).fill(255), 127])
    const x25519 = () => climate().publicKey.multibase.replace(/^z6Mk/, 'z6LS')
    /** Beside a sound key, or the policy itself would be refused. */
    const beside = (members: object) => {
      const sound = documentOf(generateSigner('Ed25519', `${climate().did}#sound`))
      const [method] = documentOf(climate()).verificationMethod
      return {
        ...sound,
        verificationMethod: [...sound.verificationMethod, { ...method, ...members }],
        assertionMethod: [...sound.assertionMethod, climate().verificationMethod],
      }
    }

    it('are KEY_WEAK where signatures of it can be forged', async () => {
      const document = beside({ publicKeyMultibase: encodeMultikey('Ed25519', order2) })
      assert.deepEqual(grave(await verify(pins({ document }))), ['KEY_WEAK'])
    })

    it('do not authorise it where its header is another, or its controller', async () => {
      for (const members of [
        { publicKeyMultibase: x25519() },
        { controller: 'did:web:other.example' },
      ]) {
        const verdict = await verify(pins({ document: beside(members) }))
        assert.deepEqual(grave(verdict), ['KEY_NOT_AUTHORISED'])
      }
    })
  })

  describe('from the network', () => {
    /** Everybody's document at its place; `changes` over those bytes. */
    const published = (changes: Readonly<Record<string, string | null>> = {}) => {
      const asked: string[] = []
      const fetcher: Fetcher = {
        async fetch(url) {
          asked.push(url)
          const change = changes[url]
          if (change === null) return { ok: false, detail: 'no answer' }
          const signer = signers().find(
            ({ did }) => url === `https://${did.slice('did:web:'.length)}/.well-known/did.json`,
          )
          assert.ok(signer !== undefined, url)
          const text = change ?? JSON.stringify(documentOf(signer))
          return { ok: true, bytes: new TextEncoder().encode(text) }
        },
      }
      return { fetcher, asked }
    }
    const CLIMATE = 'https://climatebody.example/.well-known/did.json'

    it('resolve a did:web, each asked for once', async () => {
      const { fetcher, asked } = published()
      const resolver = webDidResolver({ fetcher, clock: clockAt() })
      const verdict = await verify([], { resolver })
      assert.equal(verdict.outcome, 'accepted', JSON.stringify(verdict.findings))
      assert.equal(new Set(asked).size, asked.length)
      assert.ok(asked.includes(CLIMATE))
    })

    it('are not asked for where the policy pins one', async () => {
      const { fetcher, asked } = published({ [CLIMATE]: '{}' })
      const resolver = webDidResolver({ fetcher, clock: clockAt() })
      const pin = { did: climate().did, document: documentOf(climate()) }
      assert.equal((await verify([pin], { resolver })).outcome, 'accepted')
      assert.ok(!asked.includes(CLIMATE))
    })

    for (const [what, text] of [
      ['is not there', null],
      ['is no JSON', '<html>'],
      ['is that of another DID', '{"id":"did:web:other.example"}'],
      ['names its DID twice', '{"id":"did:web:climatebody.example","id":"did:web:other.example"}'],
      ['is no object', '"did:web:climatebody.example"'],
      [
        'is nested deeply',
        `{"id":"did:web:climatebody.example","a":${'['.repeat(50)}${']'.repeat(50)}}`,
      ],
      ['reaches for prototypes', '{"id":"did:web:climatebody.example","__proto__":{}}'],
      ['is longer than it may be', `{"id":"did:web:climatebody.example"${' '.repeat(64 * 1024)}}`],
    ] as const) {
      it(`leave open whatever rests on one that ${what}`, async () => {
        const { fetcher } = published({ [CLIMATE]: text })
        const verdict = await verify([], {
          resolver: webDidResolver({ fetcher, clock: clockAt() }),
        })
        assert.equal(verdict.outcome, 'indeterminate')
        assert.deepEqual(grave(verdict), ['DID_UNRESOLVED'])
        const [first] = verdict.findings.filter(({ code }) => code === 'DID_UNRESOLVED')
        assert.ok(first?.detail.startsWith(CLIMATE), first?.detail)
      })
    }

    it('do not authorise a key they have no more', async () => {
      const other = documentOf(generateSigner('Ed25519', climate().did))
      const { fetcher } = published({ [CLIMATE]: JSON.stringify(other) })
      const verdict = await verify([], { resolver: webDidResolver({ fetcher, clock: clockAt() }) })
      assert.deepEqual(grave(verdict), ['KEY_NOT_AUTHORISED'])
    })

    it('are taken again for a while, and then asked for anew', async () => {
      const { fetcher, asked } = published()
      let now = 1000
      const resolver = webDidResolver({ fetcher, clock: { now: () => now }, maximumAgeSeconds: 60 })
      const { did } = climate()
      const [first, same] = await Promise.all([resolver.resolve(did), resolver.resolve(did)])
      now += 59
      assert.equal(await resolver.resolve(did), first)
      assert.equal(same, first)
      assert.equal(asked.length, 1)
      now += 1
      const later = await resolver.resolve(did)
      assert.equal(asked.length, 2)
      // Unchanged, so it is the same object: what was found under it may be remembered.
      assert.ok(first.ok && later.ok && later.document === first.document)
      // A clock that was set back is no reason to take an old answer for a new one.
      now -= 1000
      await resolver.resolve(did)
      assert.equal(asked.length, 3)
    })

    it('are asked for only so often, whoever names so many', async () => {
      const asked: string[] = []
      const fetcher: Fetcher = {
        async fetch(url) {
          asked.push(url)
          return { ok: true, bytes: new TextEncoder().encode('{}') }
        },
      }
      let now = 0
      const resolver = webDidResolver({ fetcher, clock: { now: () => now } })
      const refused = []
      for (let index = 0; index < 70; index += 1) {
        const resolution = await resolver.resolve(`did:web:n${index}.example`)
        assert.ok(!resolution.ok)
        if (/at most 64/.test(resolution.detail)) refused.push(index)
      }
      assert.equal(asked.length, 64)
      assert.deepEqual(refused, [64, 65, 66, 67, 68, 69])
      now += 300
      await resolver.resolve('did:web:n69.example')
      assert.equal(asked.length, 65)
    })

    it('are asked for no more after some that could not be had', async () => {
      const asked: string[] = []
      const fetcher: Fetcher = {
        async fetch(url) {
          asked.push(url)
          return { ok: false, detail: 'no whole answer within 3000 ms' }
        },
      }
      const resolver = webDidResolver({ fetcher, clock: clockAt() })
      for (let index = 0; index < 20; index += 1) {
        await resolver.resolve(`did:web:n${index}.example`)
      }
      assert.equal(asked.length, 8)
    })
  })

  describe('of a name that is not canonical', () => {
    for (const did of [
      'did:web:Body.example',
      'did:web:127.0.0.1',
      'did:web:2130706433',
      'did:web:trusted%40127.0.0.1',
      'did:web:body.example%2Fpath',
      'did:web:body.example%3Fquery',
      'did:web:body.example%23cut',
      'did:web:localhost%3A8080',
    ]) {
      it(`are never asked for: ${did}`, async () => {
        const resolver = {
          resolve: (other: string) =>
            other === did ? assert.fail('asked') : didKeyResolver().resolve(other),
        }
        const keys = await Consortium.assemble()
        const passport = await keys.passport({
          alter: (credential) => ({ ...credential, issuer: did }),
          signer: { ...keys.parties.packMaker.signer, ...named(did) },
        })
        const verdict = await createVerifier({
          policy: keys.policy(),
          clock: clockAt(),
          methods: [keys.method.method],
          rulebooks: keys.rulebooks,
          resolver,
        }).verifyPassport(await keys.presentation({ passport }))
        assert.equal(verdict.outcome, 'rejected')
        assert.ok(grave(verdict).includes('DID_NOT_CANONICAL'), grave(verdict).join())
      })
    }

    /** A signer's names without the check that a real one makes. */
    function named(did: string): Pick<Signer, 'did' | 'verificationMethod'> {
      return JSON.parse(JSON.stringify({ did, verificationMethod: `${did}#key-1` }))
    }
  })
})
