import assert from 'node:assert/strict'
import {
  type Did,
  type DidDocument,
  didKeyResolver,
  generateSigner,
  type PublicKey,
  parseDid,
  type Resolver,
} from '@battery-passport/keys'
import { createMemory } from '../../verifier/memory/memory.ts'
import type { DistrustRule } from '../../verifier/policy/policy.ts'
import { authenticate } from '../../verifier/proof/authenticity.ts'
import type { Signed as Document, SignerInquiry } from '../../verifier/proof/signed.ts'
import { NO_TIMES } from '../../verifier/proof/trusted-time.ts'
import { Consortium } from '../support/consortium.ts'

/** Who signed an attestation, asked of nothing but its proof. */
describe('Who signed', () => {
  let consortium: Consortium
  let document: Document
  let created: number

  before(async () => {
    consortium = await Consortium.assemble()
    const [attestation] = consortium.attestations
    assert.ok(attestation !== undefined)
    document = attestation.secured
    created = document.created
  })

  type Changes = Partial<Omit<SignerInquiry, 'policy'>> & {
    readonly policy?: Partial<SignerInquiry['policy']>
  }

  function inquiry({ policy, ...more }: Changes = {}): SignerInquiry {
    return {
      at: created + 1000,
      resolver: didKeyResolver(),
      authentications: new Map(),
      times: NO_TIMES,
      memory: createMemory(),
      policy: { ...consortium.policy(), ...policy },
      ...more,
    }
  }

  /** What came of it: the code and the place of a refusal, or of each doubt. */
  async function judged(changes: Changes = {}, of: Document = document, latest = created + 1000) {
    const answer = await authenticate(of, inquiry(changes), latest)
    const findings = answer.ok ? answer.doubts : answer.findings
    return { answer, findings, codes: findings.map(({ code, pointer }) => `${code} ${pointer}`) }
  }

  const rule = (kind: DistrustRule['kind'], value: string, since = Number.NEGATIVE_INFINITY) => ({
    policy: { distrust: [{ kind, value, since, reason: 'it was stolen' }] },
  })

  const keyOf = async () => {
    const { answer } = await judged()
    assert.ok(answer.ok)
    return answer.key
  }

  /** A resolver with the issuer's own document, changed. */
  async function resolverWith(
    change: (own: DidDocument) => Partial<DidDocument>,
  ): Promise<Resolver> {
    const resolution = await didKeyResolver().resolve(document.issuer)
    assert.ok(resolution.ok)
    const own = resolution.document
    return { resolve: async () => ({ ok: true, document: { ...own, ...change(own) } }) }
  }

  /** The same with members put over those of its one key. */
  const resolverWithKey = (members: Partial<DidDocument['verificationMethod'][number]>) =>
    resolverWith(({ verificationMethod }) => ({
      verificationMethod: verificationMethod.map((method) => ({ ...method, ...members })),
    }))

  const isoAt = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000', '')

  const didOf = (text: string): Did => {
    const did = parseDid(text)
    assert.ok(did !== null)
    return did
  }

  const withProof = (members: object): Document => {
    const { securing } = document
    assert.ok(securing.form !== 'vc+jwt')
    return { ...document, securing: { ...securing, proof: { ...securing.proof, ...members } } }
  }

  it('is the issuer, with no doubt, where nothing is against it', async () => {
    const { answer } = await judged()
    assert.ok(answer.ok)
    assert.deepEqual(answer.doubts, [])
    assert.equal(answer.isGoodToday, true)
    assert.ok(document.issuer.endsWith(answer.key.multibase))
  })

  it('is told once in a verification, and anew for another instant', async () => {
    const same = inquiry()
    const first = authenticate(document, same, created)
    assert.equal(authenticate(document, same, created), first)
    assert.notEqual(authenticate(document, same, created + 1), first)
    assert.ok((await first).ok)
  })

  it('may have signed at the last second of the skew, and not a second later', async () => {
    const policy = { clockSkew: 60 }
    assert.ok((await judged({ policy }, document, created - 60)).answer.ok)
    assert.deepEqual((await judged({ policy }, document, created - 61)).codes, [
      'PROOF_TIME /proof/created',
    ])
  })

  describe('where the policy distrusts somebody', () => {
    it('is nobody by a rule without a beginning, whomever it names', async () => {
      const { thumbprint } = await keyOf()
      for (const [kind, value] of [
        ['did', document.issuer],
        ['credential', document.id],
        ['key', thumbprint],
      ] as const) {
        const { codes, findings } = await judged(rule(kind, value))
        assert.deepEqual(codes, ['DISTRUSTED '])
        assert.equal(findings[0]?.found, value)
        assert.match(
          findings[0]?.detail ?? '',
          kind === 'did' ? /this issuer: it was stolen$/ : new RegExp(`this ${kind}: it was`),
        )
      }
    })

    it('is not touched by a rule that names the same text as something else', async () => {
      const { thumbprint } = await keyOf()
      for (const [kind, value] of [
        ['credential', document.issuer],
        ['key', document.issuer],
        ['did', document.id],
        ['key', document.id],
        ['did', thumbprint],
        ['credential', thumbprint],
      ] as const) {
        const { answer } = await judged(rule(kind, value))
        assert.ok(answer.ok && answer.isGoodToday, `${kind} ${value}`)
      }
    })

    it('is asked of no resolver where the issuer is distrusted', async () => {
      const resolver: Resolver = { resolve: async () => assert.fail('asked') }
      const { codes } = await judged({ ...rule('did', document.issuer), resolver })
      assert.deepEqual(codes, ['DISTRUSTED '])
    })

    it('is nobody from the very second on, and in doubt the second before', async () => {
      const { thumbprint } = await keyOf()
      for (const [kind, value] of [
        ['did', document.issuer],
        ['credential', document.id],
        ['key', thumbprint],
      ] as const) {
        assert.deepEqual((await judged(rule(kind, value, created))).codes, ['DISTRUSTED '])
        const { answer, codes } = await judged(rule(kind, value, created + 1))
        assert.ok(answer.ok && !answer.isGoodToday)
        assert.deepEqual(codes, ['TIME_UNPROVEN /proof/created'])
      }
    })

    it('is beyond doubt by a timestamp of the last second before, and by no later one', async () => {
      const { digestMultibase } = document
      const since = created + 100
      for (const [stamped, code] of [
        [since - 1, 'ENDED_SINCE'],
        [since, 'TIME_UNPROVEN'],
      ] as const) {
        const proveBy = (digest: string, by: number) => digest === digestMultibase && stamped <= by
        const { answer, findings } = await judged({
          ...rule('did', document.issuer, since),
          times: { proveBy },
        })
        assert.ok(answer.ok && !answer.isGoodToday)
        assert.deepEqual(
          findings.map(({ code, expected }) => [code, expected]),
          [
            [
              code,
              code === 'ENDED_SINCE' ? 'its signer still in its right' : 'a trusted timestamp',
            ],
          ],
        )
        const proves = code === 'ENDED_SINCE' ? /a timestamp proves/ : /only its own word/
        assert.match(findings[0]?.detail ?? '', proves)
      }
    })

    it('is taken at its word where the policy says so, and is not good today', async () => {
      const { policy } = rule('did', document.issuer, created + 1)
      const { answer } = await judged({ policy: { ...policy, acceptSelfAssertedTime: true } })
      assert.ok(answer.ok && !answer.isGoodToday)
      assert.deepEqual(answer.doubts, [])
    })
  })

  it('says a time that a timestamp contradicts: it existed before, beyond the skew', async () => {
    const { digestMultibase } = document
    const policy = { clockSkew: 60 }
    for (const [stamped, codes] of [
      [created - 60, []],
      [created - 61, ['PROOF_TIME /proof/created']],
    ] as const) {
      const proveBy = (digest: string, by: number) => digest === digestMultibase && stamped <= by
      assert.deepEqual((await judged({ policy, times: { proveBy } })).codes, codes)
    }
  })

  describe('is looked for in the DID document of the issuer alone', () => {
    const REFUSED = ['KEY_NOT_AUTHORISED /proof/verificationMethod']

    it('never under the name of another, or under none', async () => {
      const other = generateSigner()
      for (const verificationMethod of [other.verificationMethod, 'key-1', document.issuer]) {
        const { codes, findings } = await judged({}, withProof({ verificationMethod }))
        assert.deepEqual(codes, REFUSED)
        assert.equal(findings[0]?.found, verificationMethod)
      }
    })

    it('never under the name of another that the issuer has put into its own document', async () => {
      const { verificationMethod: id } = generateSigner()
      const resolver = await resolverWith(({ verificationMethod }) => ({
        verificationMethod: verificationMethod.map((method) => ({ ...method, id })),
        assertionMethod: [id],
      }))
      const { codes } = await judged({ resolver }, withProof({ verificationMethod: id }))
      assert.deepEqual(codes, REFUSED)
    })

    it('never in a document of another, though it lists the very key', async () => {
      const id = didOf(generateSigner().did)
      assert.deepEqual(
        (await judged({ resolver: await resolverWith(() => ({ id })) })).codes,
        REFUSED,
      )
    })

    it('never by what a document of another says against a key', async () => {
      const id = didOf(generateSigner().did)
      const resolver = await resolverWith(({ verificationMethod }) => ({
        id,
        unusable: verificationMethod.map((method) => ({
          id: method.id,
          isWeak: true,
          detail: 'anybody can sign with it',
        })),
      }))
      assert.deepEqual((await judged({ resolver })).codes, REFUSED)
    })

    it('and is weak where that document has a weak key of this name, and of no other', async () => {
      const weak = { isWeak: true, detail: 'anybody can sign with it' }
      const named = await resolverWith(({ verificationMethod }) => ({
        unusable: verificationMethod.map(({ id }) => ({ id, ...weak })),
      }))
      assert.deepEqual((await judged({ resolver: named })).codes, [
        'KEY_WEAK /proof/verificationMethod',
      ])
      const { verificationMethod: id } = generateSigner()
      const beside = await resolverWith(() => ({ unusable: [{ id, ...weak }] }))
      assert.ok((await judged({ resolver: beside })).answer.ok)
    })

    it('and cannot be relied on where that document has its key in a wrong form', async () => {
      const resolver = await resolverWith(({ verificationMethod }) => ({
        unusable: verificationMethod.map(({ id }) => ({ id, isWeak: false, detail: 'too long' })),
      }))
      const { codes, findings } = await judged({ resolver })
      assert.deepEqual(codes, REFUSED)
      assert.match(findings[0]?.detail ?? '', /cannot be relied on: too long/)
    })

    it('never where the key is controlled by another', async () => {
      const controller = didOf(generateSigner().did)
      const resolver = await resolverWithKey({ controller })
      assert.deepEqual((await judged({ resolver })).codes, REFUSED)
    })

    it('never where the key may make no claims, though another may', async () => {
      for (const assertionMethod of [[], [generateSigner().verificationMethod]]) {
        const resolver = await resolverWith(() => ({ assertionMethod }))
        assert.deepEqual((await judged({ resolver })).codes, REFUSED)
      }
    })

    it('and found where others may make claims besides', async () => {
      const { verificationMethod } = generateSigner()
      const resolver = await resolverWith(({ assertionMethod }) => ({
        assertionMethod: [verificationMethod, ...assertionMethod],
      }))
      assert.ok((await judged({ resolver })).answer.ok)
    })

    it('never where there is no such key', async () => {
      const resolver = await resolverWith(() => ({ verificationMethod: [] }))
      assert.deepEqual((await judged({ resolver })).codes, REFUSED)
    })

    it('which is open where it cannot be had', async () => {
      const resolver: Resolver = {
        resolve: async () => ({ ok: false, code: 'DID_UNRESOLVED', detail: 'gone' }),
      }
      const { codes, findings } = await judged({ resolver })
      assert.deepEqual(codes, ['DID_UNRESOLVED /issuer'])
      assert.equal(findings[0]?.found, document.issuer)
    })
  })

  describe('is held to the time of its key', () => {
    it('from the second on in which it was listed', async () => {
      const from = (seconds: number) => resolverWithKey({ validFrom: isoAt(seconds) })
      assert.ok((await judged({ resolver: await from(created) })).answer.ok)
      const { codes, findings } = await judged({ resolver: await from(created + 1) })
      assert.deepEqual(codes, ['KEY_NOT_AUTHORISED /proof/verificationMethod'])
      assert.match(findings[0]?.detail ?? '', /did not list the key yet/)
    })

    it('which of three keys of one name it was, is the one that was listed then', async () => {
      const { publicKey } = generateSigner()
      const before = { publicKey, expires: isoAt(created - 10) }
      const after = { publicKey, validFrom: isoAt(created + 10) }
      const resolver = await resolverWith(({ verificationMethod }) => ({
        verificationMethod: verificationMethod.flatMap((method) => [
          { ...method, ...before },
          { ...method, validFrom: isoAt(created - 10), expires: isoAt(created + 10) },
          { ...method, ...after },
        ]),
      }))
      const { answer } = await judged({ resolver })
      assert.ok(answer.ok)
      assert.notEqual(answer.key, publicKey)
    })

    for (const member of ['revoked', 'expires'] as const) {
      it(`until the second before it ${member}`, async () => {
        const ending = (seconds: number) => resolverWithKey({ [member]: isoAt(seconds) })
        assert.deepEqual((await judged({ resolver: await ending(created) })).codes, [
          'KEY_REVOKED /proof/verificationMethod',
        ])
        const { answer, codes } = await judged({ resolver: await ending(created + 1) })
        assert.ok(answer.ok && !answer.isGoodToday)
        assert.deepEqual(codes, ['TIME_UNPROVEN /proof/created'])
      })

      it(`and in doubt only where it ${member} by the instant asked for`, async () => {
        const resolver = await resolverWithKey({ [member]: isoAt(created + 1000) })
        assert.equal((await judged({ resolver, at: created + 1000 })).codes.length, 1)
        const { answer, codes } = await judged({ resolver, at: created + 999 })
        assert.ok(answer.ok && answer.isGoodToday)
        assert.deepEqual(codes, [])
      })
    }

    it('and proven by a timestamp of before its end, a part of a second later or not', async () => {
      const end = created + 500
      for (const [revoked, last] of [
        [isoAt(end), end - 1],
        [isoAt(end).replace('Z', '.5Z'), end],
      ] as const) {
        const resolver = await resolverWithKey({ revoked })
        for (const [stamped, code] of [
          [last, 'ENDED_SINCE'],
          [last + 1, 'TIME_UNPROVEN'],
        ] as const) {
          const proveBy = (_: string, by: number) => stamped <= by
          const { codes } = await judged({ resolver, times: { proveBy } })
          assert.deepEqual(codes, [`${code} /proof/created`], revoked)
        }
      }
    })
  })

  describe('is remembered by the bytes and the key', () => {
    const proofValue = `z${'2'.repeat(87)}`
    const broken = (): Document => {
      const { securing } = withProof({ proofValue })
      assert.ok(securing.form !== 'vc+jwt')
      return { ...document, securing: { ...securing, signature: new Uint8Array(64) } }
    }

    it('only where the signature held', async () => {
      const memory = createMemory()
      const { codes } = await judged({ memory }, broken())
      assert.equal(codes.length, 1)
      assert.equal(memory.proofs.get(document.digestMultibase), undefined)
      const { answer } = await judged({ memory })
      assert.ok(answer.ok)
      assert.equal(memory.proofs.get(document.digestMultibase), answer.key)
    })

    it('and what was verified under another key is verified anew', async () => {
      const remembering = (key: PublicKey) => {
        const memory = createMemory()
        memory.proofs.set(document.digestMultibase, key)
        return memory
      }
      // The digest names the bytes: of these, nothing is left to be verified.
      assert.ok((await judged({ memory: remembering(await keyOf()) }, broken())).answer.ok)
      const { publicKey } = generateSigner()
      const { codes, findings } = await judged({ memory: remembering(publicKey) }, broken())
      assert.deepEqual(codes, ['PROOF_INVALID /proof/proofValue'])
      assert.equal(findings[0]?.found, proofValue)
    })
  })

  it('is nobody by a form of proof that the policy does not allow', async () => {
    const policy = { proofForms: new Set(['vc+jwt', 'ecdsa-rdfc-2019'] as const) }
    const { codes, findings } = await judged({ policy })
    assert.deepEqual(codes, ['PROOF_SUITE_NOT_ALLOWED /proof/cryptosuite'])
    assert.equal(findings[0]?.expected, 'one of vc+jwt, ecdsa-rdfc-2019')
    assert.equal(findings[0]?.found, 'eddsa-jcs-2022')
  })

  for (const form of ['eddsa-rdfc-2022', 'vc+jwt'] as const) {
    describe(`as ${form}`, () => {
      let honest: Document
      let changed: Document

      before(async () => {
        const [spec] = consortium.specs
        assert.ok(spec !== undefined)
        const signed = await consortium.attestation(spec, { form })
        const other = await consortium.attestation(spec, { form, credential: { name: 'other' } })
        honest = signed.secured
        changed = swapped(honest, other.secured)
      })

      /** What one says under the signature of the other. */
      function swapped(one: Document, other: Document): Document {
        if (one.securing.form !== 'vc+jwt' || other.securing.form !== 'vc+jwt') {
          return { ...other, document: one.document }
        }
        const content = one.securing.compact.split('.').slice(0, 2)
        const signature = other.securing.compact.split('.').at(-1) ?? ''
        return { ...one, securing: { ...one.securing, compact: [...content, signature].join('.') } }
      }

      it('is the issuer, and nobody once the content was changed', async () => {
        assert.ok((await judged({}, honest)).answer.ok)
        const { codes, findings } = await judged({}, changed)
        const at = form === 'vc+jwt' ? '' : '/proof/proofValue'
        assert.deepEqual(codes, [`PROOF_INVALID ${at}`])
        const { securing } = changed
        const signature =
          securing.form === 'vc+jwt'
            ? securing.compact.split('.').at(-1)
            : securing.proof.proofValue
        assert.equal(findings[0]?.found, signature)
      })

      it('is nobody where the policy allows others alone', async () => {
        const policy = { proofForms: new Set(['eddsa-jcs-2022'] as const) }
        const { findings } = await judged({ policy }, honest)
        assert.deepEqual(
          findings.map(({ code, found }) => [code, found]),
          [['PROOF_SUITE_NOT_ALLOWED', form]],
        )
        const own = { proofForms: new Set([form]) }
        assert.ok((await judged({ policy: own }, honest)).answer.ok)
      })
    })
  }
})
