import assert from 'node:assert/strict'
import { VC_CONTEXT } from '@battery-passport/contexts'
import { didKeyResolver, fromBase64, type Resolver } from '@battery-passport/keys'
import {
  createVerifier,
  decodeInput,
  type PassportVerdict,
  parsePolicy,
  type VerifyOptions,
} from '@battery-passport/verifier'
import { certify } from '../support/certificates.ts'
import { type Change, Consortium, clockAt, type Party, type Signed } from '../support/consortium.ts'
import { type Stamped, stamped, withTimestamps } from '../support/stamped.ts'
import { answerWith, type TestAuthority, testAuthority } from '../support/timestamp-authority.ts'

function grave({ findings }: Pick<PassportVerdict, 'findings'>): string[] {
  const found = findings.filter(({ severity }) => severity === 'error' || severity === 'unknown')
  return [...new Set(found.map(({ code }) => code))].sort()
}

function unused({ findings }: Pick<PassportVerdict, 'findings'>): string[] {
  return findings.flatMap(({ code, pointer }) => (code === 'TIMESTAMP_UNUSED' ? [pointer] : []))
}

/** The accreditation of the climate body ends, after it attested and the passport was signed. */
const END = '2026-09-25T00:00:00Z'
const BEFORE = '2026-09-24T00:00:00Z'
const AFTER = '2026-09-25T00:00:01Z'
/** When the passport was signed, and a little later. */
const ISSUED = '2026-09-20T12:00:10Z'

describe('Trusted time', () => {
  let consortium: Consortium
  let authority: TestAuthority
  let climate: Party
  /** A chain on an accreditation that has ended. */
  let chain: {
    readonly passport: Signed
    readonly attestations: readonly Signed<'RulebookAttestation'>[]
    readonly accreditations: readonly Signed[]
    readonly bytes: Uint8Array
  }

  before(async () => {
    consortium = await Consortium.assemble()
    authority = await testAuthority()
    climate = consortium.parties.climateBody
    chain = await rebuilt({ credential: { validUntil: END } })
  })

  /** The chain on a changed accreditation of the climate body. */
  async function rebuilt(change: Change) {
    const changed = await consortium.accreditation(climate, change)
    const attestations = await Promise.all(
      consortium.specs.map((spec, index) => {
        const honest = consortium.attestations[index]
        assert.ok(honest !== undefined)
        return spec.by === climate
          ? consortium.attestation(spec, { subject: { accreditation: changed.reference } })
          : honest
      }),
    )
    const accreditations = [...consortium.accreditations.values()].map((each) =>
      each.id === changed.id ? changed : each,
    )
    const passport = await consortium.passport({}, { attestations })
    const parts = { passport, attestations, accreditations }
    return { ...parts, bytes: await consortium.presentation(parts) }
  }

  const policyOf = (overrides: object = {}) => ({
    timestampAuthorities: [{ certificate: authority.root.pem }],
    ...overrides,
  })
  const verify = (
    bytes: Uint8Array,
    timestamps: readonly Stamped[] | null,
    overrides: object = {},
    options: VerifyOptions = {},
  ) =>
    consortium
      .verifier(policyOf(overrides))
      .verifyPassport(timestamps === null ? bytes : withTimestamps(bytes, timestamps), options)
  const ofClimate = () => chain.attestations.filter(({ secured }) => secured.issuer === climate.did)
  const stampAll = (each: readonly Signed[], time: string): Promise<Stamped[]> =>
    Promise.all(each.map((signed) => stamped(authority, signed, time)))

  describe('of an attestation whose accreditation has ended', () => {
    it('leaves open what only its own word says', async () => {
      assert.deepEqual(grave(await verify(chain.bytes, null)), ['TIME_UNPROVEN'])
      assert.deepEqual(grave(await verify(chain.bytes, [])), ['TIME_UNPROVEN'])
    })

    it('proves it by a timestamp from before, and says what has ended', async () => {
      const verdict = await verify(chain.bytes, await stampAll(ofClimate(), BEFORE))
      assert.equal(verdict.outcome, 'accepted', JSON.stringify(verdict.findings))
      assert.ok(verdict.findings.some(({ code }) => code === 'ENDED_SINCE'))
      assert.deepEqual(unused(verdict), [])
    })

    it('counts the last second, and no later one', async () => {
      const last = await verify(chain.bytes, await stampAll(ofClimate(), END))
      assert.equal(last.outcome, 'accepted')
      const late = await verify(chain.bytes, await stampAll(ofClimate(), AFTER))
      assert.deepEqual(grave(late), ['TIME_UNPROVEN'])
      assert.deepEqual(unused(late), [])
    })

    it('proves nothing after the end of the key, though the accreditation went on', async () => {
      const { thumbprint } = climate.signer.publicKey
      const until = '2026-09-22T00:00:00Z'
      const keys = [{ thumbprint, from: '2025-01-01T00:00:00Z', until }]
      const shorter = await rebuilt({ credential: { validUntil: END }, subject: { keys } })
      const ofBody = shorter.attestations.filter(({ secured }) => secured.issuer === climate.did)
      const between = await verify(shorter.bytes, await stampAll(ofBody, BEFORE))
      assert.deepEqual(grave(between), ['TIME_UNPROVEN'])
      const inTime = await verify(shorter.bytes, await stampAll(ofBody, until))
      assert.equal(inTime.outcome, 'accepted', JSON.stringify(inTime.findings))
    })

    it('takes the accuracy of the clock for its doubt', async () => {
      const [first, ...others] = ofClimate()
      assert.ok(first !== undefined)
      for (const [seconds, outcome] of [
        [0, 'accepted'],
        [1, 'indeterminate'],
      ] as const) {
        const change = { accuracy: { seconds } }
        const timestamps: readonly Stamped[] = [
          await stamped(authority, first, END, change),
          ...(await stampAll(others, BEFORE)),
        ]
        assert.equal((await verify(chain.bytes, timestamps)).outcome, outcome)
      }
    })

    it('needs one for every attestation that rests on it', async () => {
      const timestamps = await stampAll(ofClimate(), BEFORE)
      assert.ok(timestamps.length > 1)
      assert.deepEqual(grave(await verify(chain.bytes, timestamps.slice(1))), ['TIME_UNPROVEN'])
    })

    it('takes the earliest of several', async () => {
      const late = await stampAll(ofClimate(), AFTER)
      const early = await stampAll(ofClimate(), BEFORE)
      for (const timestamps of [
        [...late, ...early],
        [...early, ...late],
      ]) {
        assert.equal((await verify(chain.bytes, timestamps)).outcome, 'accepted')
      }
    })

    it('is proven beside a document that cannot be read', async () => {
      const rose = new TextEncoder().encode('{"id":"urn:example:rose"}')
      const timestamps = await stampAll(ofClimate(), BEFORE)
      const verdict = await verify(chain.bytes, timestamps, {}, { with: [rose] })
      assert.equal(verdict.outcome, 'accepted', JSON.stringify(verdict.findings))
    })

    it('is proven by the timestamp of the passport, which names it by its digest', async () => {
      const stamp = await stamped(authority, chain.passport, ISSUED)
      assert.equal((await verify(chain.bytes, [stamp])).outcome, 'accepted')
      const late = await stamped(authority, chain.passport, AFTER)
      assert.deepEqual(grave(await verify(chain.bytes, [late])), ['TIME_UNPROVEN'])
    })

    it('is not proven by a timestamp of something else', async () => {
      const [accreditation] = chain.accreditations
      assert.ok(accreditation !== undefined)
      const others = chain.attestations.filter(({ secured }) => secured.issuer !== climate.did)
      const timestamps = await stampAll([accreditation, ...others], BEFORE)
      const verdict = await verify(chain.bytes, timestamps)
      assert.deepEqual(grave(verdict), ['TIME_UNPROVEN'])
      assert.deepEqual(unused(verdict), [])
    })

    it('may come by itself, as a token or as the answer of the authority', async () => {
      const tokens = (await stampAll(ofClimate(), BEFORE)).map(({ rfc3161 }) => {
        const token = fromBase64(rfc3161)
        assert.ok(token !== null)
        return token
      })
      for (const files of [tokens, tokens.map((token) => answerWith(token))]) {
        const verdict = await verify(chain.bytes, null, {}, { with: files })
        assert.equal(verdict.outcome, 'accepted', JSON.stringify(verdict.findings))
      }
    })

    it('may come in another presentation', async () => {
      const [first] = ofClimate()
      assert.ok(first !== undefined)
      const presentation = new TextEncoder().encode(
        JSON.stringify({
          '@context': [VC_CONTEXT],
          type: ['VerifiablePresentation'],
          verifiableCredential: [first.document],
        }),
      )
      const more = withTimestamps(presentation, await stampAll(ofClimate(), BEFORE))
      assert.equal((await verify(chain.bytes, null, {}, { with: [more] })).outcome, 'accepted')
    })

    it('does not make current what must be', async () => {
      const timestamps = await stampAll(ofClimate(), BEFORE)
      const verdict = await verify(chain.bytes, timestamps, { requireCurrent: true })
      assert.deepEqual(grave(verdict), ['NOT_CURRENT'])
    })

    it('cures what was withdrawn since as well', async () => {
      const { accreditationBody } = consortium.parties
      const accreditation = consortium.accreditations.get('climateBody')
      assert.ok(accreditation !== undefined)
      const notice = await consortium.notice(accreditationBody, accreditation, {
        subject: { effectiveFrom: END },
      })
      const withdrawn = {
        revoked: [accreditation.id],
        notices: [{ about: accreditation.id, notice }],
      }
      const lists = (
        await Promise.all(
          Object.values(consortium.parties).map((party: Party) =>
            consortium.board.lists(party, party === accreditationBody ? withdrawn : {}),
          ),
        )
      ).flat()
      const passport = await consortium.passport()
      const bytes = await consortium.presentation({ passport, lists, add: [notice] })
      assert.deepEqual(grave(await verify(bytes, null)), ['TIME_UNPROVEN'])
      const stamp = await stamped(authority, passport, ISSUED)
      const verdict = await verify(bytes, [stamp])
      assert.equal(verdict.outcome, 'accepted', JSON.stringify(verdict.findings))
    })
  })

  describe('of a passport', () => {
    it('whose attestation has ended since proves that it was issued before', async () => {
      const attestations = await Promise.all(
        consortium.specs.map((spec) =>
          consortium.attestation(spec, { credential: { validUntil: END } }),
        ),
      )
      const passport = await consortium.passport({}, { attestations })
      const bytes = await consortium.presentation({ passport, attestations })
      assert.deepEqual(grave(await verify(bytes, null)), ['TIME_UNPROVEN'])
      const proven = await verify(bytes, [await stamped(authority, passport, ISSUED)])
      assert.equal(proven.outcome, 'accepted', JSON.stringify(proven.findings))
      const late = await verify(bytes, [await stamped(authority, passport, AFTER)])
      assert.deepEqual(grave(late), ['TIME_UNPROVEN'])
    })

    it('whose key its identity lists no more proves that it signed before', async () => {
      const { packMaker } = consortium.parties
      const { thumbprint } = packMaker.signer.publicKey
      const keys = [{ thumbprint, from: '2025-01-01T00:00:00Z', until: END }]
      const changed = await consortium.identity(packMaker, { subject: { keys } })
      const identities = [...consortium.identities.values()].map((each) =>
        each.id === changed.id ? changed : each,
      )
      const passport = await consortium.passport()
      const bytes = await consortium.presentation({ passport, identities })
      assert.deepEqual(grave(await verify(bytes, null)), ['TIME_UNPROVEN'])
      const proven = await verify(bytes, [await stamped(authority, passport, BEFORE)])
      assert.equal(proven.outcome, 'accepted', JSON.stringify(proven.findings))
      const late = await verify(bytes, [await stamped(authority, passport, AFTER)])
      assert.deepEqual(grave(late), ['TIME_UNPROVEN'])
    })

    it('enveloped in a JWT is that of its compact form', async () => {
      const passport = await consortium.passport(
        { form: 'vc+jwt' },
        { attestations: chain.attestations },
      )
      const bytes = await consortium.presentation({ ...chain, passport })
      const stamp = await stamped(authority, passport, ISSUED)
      assert.equal((await verify(bytes, [stamp])).outcome, 'accepted')
    })
  })

  describe('of a signer whose right has ended', () => {
    /** The climate body's key was revoked after everything was signed. */
    const REVOKED = '2026-09-30T23:00:00Z'
    const resolver = (): Resolver => {
      const honest = didKeyResolver()
      return {
        async resolve(did) {
          const resolution = await honest.resolve(did)
          if (!resolution.ok || did !== climate.did) return resolution
          const verificationMethod = resolution.document.verificationMethod.map((method) => ({
            ...method,
            revoked: REVOKED,
          }))
          return { ok: true, document: { ...resolution.document, verificationMethod } }
        },
      }
    }
    const verifyRevoked = (bytes: Uint8Array) =>
      createVerifier({
        policy: consortium.policy(policyOf()),
        clock: clockAt(),
        methods: [consortium.method.method],
        rulebooks: consortium.rulebooks,
        resolver: resolver(),
      }).verifyPassport(bytes)

    it('is proven of every credential that the revoked key signed', async () => {
      const passport = await consortium.passport()
      const lists = (await consortium.statusLists()).filter(
        ({ secured }) => secured.issuer === climate.did,
      )
      const others = (await consortium.statusLists()).filter(
        ({ secured }) => secured.issuer !== climate.did,
      )
      const bytes = await consortium.presentation({ passport, lists: [...lists, ...others] })
      assert.deepEqual(grave(await verifyRevoked(bytes)), ['TIME_UNPROVEN'])
      const stamps = [
        await stamped(authority, passport, ISSUED),
        ...(await stampAll(lists, '2026-09-30T22:30:00Z')),
      ]
      const verdict = await verifyRevoked(withTimestamps(bytes, stamps))
      assert.equal(verdict.outcome, 'accepted', JSON.stringify(verdict.findings))
      const ended = verdict.findings.filter(
        ({ code, detail }) => code === 'ENDED_SINCE' && /a timestamp proves/.test(detail),
      )
      assert.ok(ended.length > 0)
      // Stamped in the very second of the revocation: too late.
      const late = [await stamped(authority, passport, ISSUED), ...(await stampAll(lists, REVOKED))]
      assert.deepEqual(grave(await verifyRevoked(withTimestamps(bytes, late))), ['TIME_UNPROVEN'])
    })

    it('is proven of what a policy distrusts from an instant on', async () => {
      const passport = await consortium.passport()
      const bytes = await consortium.presentation({ passport })
      const { packMaker } = consortium.parties
      const distrust = [{ credential: passport.id, since: END, reason: 'a doubt' }]
      assert.deepEqual(grave(await verify(bytes, null, { distrust })), ['TIME_UNPROVEN'])
      const stamp = await stamped(authority, passport, BEFORE)
      assert.equal((await verify(bytes, [stamp], { distrust })).outcome, 'accepted')
      const late = await stamped(authority, passport, END)
      assert.deepEqual(grave(await verify(bytes, [late], { distrust })), ['TIME_UNPROVEN'])
      // What is distrusted altogether no time cures, nor a signature from then on.
      for (const rule of [
        { did: packMaker.did, reason: 'never' },
        { did: packMaker.did, since: '2026-09-01T00:00:00Z', reason: 'since' },
      ]) {
        assert.ok(grave(await verify(bytes, [stamp], { distrust: [rule] })).includes('DISTRUSTED'))
      }
    })

    it('is proven of an accreditation whose anchor has ended, by what pins it', async () => {
      const { schemeOwner, registrar } = consortium.parties
      const FAR = { validFrom: '2020-01-01T00:00:00Z', validUntil: '2039-12-31T23:59:59Z' }
      const anchors = [
        { did: schemeOwner.did, role: 'scheme-owner', ...FAR, validUntil: END },
        { did: registrar.did, role: 'registrar', ...FAR },
      ]
      const passport = await consortium.passport()
      const bytes = await consortium.presentation({ passport })
      assert.deepEqual(grave(await verify(bytes, null, { anchors })), ['TIME_UNPROVEN'])
      const stamp = await stamped(authority, passport, BEFORE)
      assert.equal((await verify(bytes, [stamp], { anchors })).outcome, 'accepted')
    })

    it('is proven of an identity whose registrar has ended by its own timestamp', async () => {
      const { schemeOwner, registrar } = consortium.parties
      const FAR = { validFrom: '2020-01-01T00:00:00Z', validUntil: '2039-12-31T23:59:59Z' }
      const anchors = [
        { did: schemeOwner.did, role: 'scheme-owner', ...FAR },
        { did: registrar.did, role: 'registrar', ...FAR, validUntil: END },
      ]
      const passport = await consortium.passport()
      const bytes = await consortium.presentation({ passport })
      const identity = consortium.identities.get('packMaker')
      assert.ok(identity !== undefined)
      // Nobody pins an identity: the timestamp of the passport does not speak for it.
      const ofPassport = await stamped(authority, passport, BEFORE)
      assert.deepEqual(grave(await verify(bytes, [ofPassport], { anchors })), ['TIME_UNPROVEN'])
      const stamp = await stamped(authority, identity, BEFORE)
      assert.equal((await verify(bytes, [stamp], { anchors })).outcome, 'accepted')
    })
  })

  describe('that contradicts the signer', () => {
    it('is PROOF_TIME beyond the skew, and no finding within it', async () => {
      const passport = await consortium.passport()
      const bytes = await consortium.presentation({ passport })
      // Signed at 12:00:00 by its own word.
      const within = await stamped(authority, passport, '2026-09-20T11:59:00Z')
      const verdict = await verify(bytes, [within])
      assert.equal(verdict.outcome, 'accepted', JSON.stringify(verdict.findings))
      const beyond = await stamped(authority, passport, '2026-09-20T11:58:59Z')
      assert.deepEqual(grave(await verify(bytes, [beyond])), ['PROOF_TIME'])
    })

    it('is PROOF_TIME of what the stamped credential names, too', async () => {
      const [first] = consortium.attestations
      assert.ok(first !== undefined)
      const passport = await consortium.passport()
      const bytes = await consortium.presentation({ passport })
      const stamp = await stamped(authority, first, '2026-03-16T08:58:59Z')
      assert.deepEqual(grave(await verify(bytes, [stamp])), ['PROOF_TIME'])
    })
  })

  describe('that proves nothing', () => {
    const honest = async () => consortium.presentation()
    /** Each with what it does to nothing but the notes. */
    const bad: readonly (readonly [string, () => Promise<Stamped>])[] = [
      ['of a stranger', async () => stamped(await testAuthority(), chain.passport, BEFORE)],
      [
        'that is no timestamp',
        async () => ({
          digestMultibase: chain.passport.reference.digestMultibase,
          rfc3161: Buffer.from('{"a":1}').toString('base64'),
        }),
      ],
      [
        'of something else than it stands for',
        async () => {
          const [first] = ofClimate()
          assert.ok(first !== undefined)
          const { rfc3161 } = await stamped(authority, first, BEFORE)
          return { digestMultibase: chain.passport.reference.digestMultibase, rfc3161 }
        },
      ],
      [
        'of what is not at hand',
        async () => {
          const other = await consortium.passport({ created: '2026-09-20T12:00:01Z' })
          return stamped(authority, other, BEFORE)
        },
      ],
      [
        'of a time that has not come yet',
        async () => stamped(authority, chain.passport, '2026-10-01T00:01:01Z'),
      ],
      [
        'whose signature was changed',
        async () => {
          const { digestMultibase, rfc3161 } = await stamped(authority, chain.passport, BEFORE)
          const token = fromBase64(rfc3161)
          assert.ok(token !== null)
          token[token.length - 1] = (token.at(-1) ?? 0) ^ 1
          return { digestMultibase, rfc3161: Buffer.from(token).toString('base64') }
        },
      ],
    ]
    for (const [what, make] of bad) {
      it(`${what} is a note, and changes no verdict`, async () => {
        const stamp = await make()
        const open = await verify(chain.bytes, [stamp])
        assert.deepEqual(grave(open), ['TIME_UNPROVEN'])
        assert.deepEqual(unused(open), ['/timestamps/0'])
        const fine = await verify(await honest(), [stamp])
        assert.equal(fine.outcome, 'accepted', JSON.stringify(fine.findings))
        assert.deepEqual(unused(fine), ['/timestamps/0'])
        // Beside one that counts it takes nothing away.
        const both = [...(await stampAll(ofClimate(), BEFORE)), stamp]
        const proven = await verify(chain.bytes, both)
        assert.equal(proven.outcome, 'accepted')
        assert.deepEqual(unused(proven), [`/timestamps/${both.length - 1}`])
      })
    }

    it('is one note where the policy names no authority', async () => {
      const timestamps = await stampAll(ofClimate(), BEFORE)
      const verdict = await verify(chain.bytes, timestamps, { timestampAuthorities: [] })
      assert.deepEqual(grave(verdict), ['TIME_UNPROVEN'])
      assert.deepEqual(unused(verdict), ['/timestamps/0'])
    })

    it('is one of an authority that the policy trusts for another time', async () => {
      const timestamps = await stampAll(ofClimate(), BEFORE)
      const certificate = authority.root.pem
      for (const window of [{ validUntil: '2026-09-23T23:59:59Z' }, { validFrom: END }]) {
        const timestampAuthorities = [{ certificate, ...window }]
        const verdict = await verify(chain.bytes, timestamps, { timestampAuthorities })
        assert.deepEqual(grave(verdict), ['TIME_UNPROVEN'])
        assert.equal(unused(verdict).length, timestamps.length)
      }
    })

    it('is one of too many of a credential', async () => {
      const stamp = await stamped(await testAuthority(), chain.passport, BEFORE)
      const good = await stamped(authority, chain.passport, ISSUED)
      const verdict = await verify(chain.bytes, [stamp, stamp, stamp, stamp, good])
      assert.deepEqual(grave(verdict), ['TIME_UNPROVEN'])
      assert.equal(unused(verdict).length, 5)
      const inTime = await verify(chain.bytes, [stamp, stamp, stamp, good])
      assert.equal(inTime.outcome, 'accepted')
    })

    it('has its place where it came from', async () => {
      const { rfc3161 } = await stamped(await testAuthority(), chain.passport, BEFORE)
      const token = fromBase64(rfc3161)
      assert.ok(token !== null)
      const verdict = await verify(await honest(), null, {}, { with: [token] })
      assert.deepEqual(unused(verdict), ['/with/0'])
    })
  })

  it('is asked anew by a verifier that remembers', async () => {
    const verifier = consortium.verifier(policyOf())
    const proven = withTimestamps(chain.bytes, await stampAll(ofClimate(), BEFORE))
    const verdicts = []
    for (const bytes of [proven, proven, chain.bytes, proven]) {
      verdicts.push((await verifier.verifyPassport(bytes)).outcome)
    }
    assert.deepEqual(verdicts, ['accepted', 'accepted', 'indeterminate', 'accepted'])
    const [first] = consortium.attestations
    assert.ok(first !== undefined)
    const honest = await consortium.presentation()
    assert.equal((await verifier.verifyPassport(honest)).outcome, 'accepted')
    const stamp = await stamped(authority, first, '2026-03-16T08:00:00Z')
    const contradicted = await verifier.verifyPassport(withTimestamps(honest, [stamp]))
    assert.deepEqual(grave(contradicted), ['PROOF_TIME'])
  })

  it('counts for one attestation by itself, and for several', async () => {
    const [first, ...others] = ofClimate()
    assert.ok(first !== undefined)
    const accreditations = chain.accreditations
    const bytes = await consortium.presentation({
      passport: first,
      attestations: others,
      accreditations,
    })
    const verifier = consortium.verifier(policyOf())
    assert.deepEqual(grave(await verifier.verifyCredential(bytes)), ['TIME_UNPROVEN'])
    const timestamps = withTimestamps(bytes, await stampAll(ofClimate(), BEFORE))
    assert.equal((await verifier.verifyCredential(timestamps)).outcome, 'accepted')
    assert.equal((await verifier.verifyAttestations(timestamps)).outcome, 'accepted')
    assert.deepEqual(grave(await verifier.verifyAttestations(bytes)), ['TIME_UNPROVEN'])
  })

  describe('in a presentation', () => {
    const one = async () => stamped(authority, chain.passport, ISSUED)
    const frame = async (members: object) => {
      const document = JSON.parse(
        new TextDecoder().decode(withTimestamps(chain.bytes, [await one()])),
      )
      return decodeInput(new TextEncoder().encode(JSON.stringify({ ...document, ...members })))
    }

    it('is read with its place', async () => {
      const { timestamps, findings } = await frame({})
      assert.deepEqual(findings, [])
      const [stamp] = timestamps
      assert.equal(stamp?.pointer, '/timestamps/0')
      assert.equal(stamp?.digestMultibase, chain.passport.reference.digestMultibase)
    })

    for (const [what, members, pointer] of [
      ['under the context of the W3C alone', { '@context': [VC_CONTEXT] }, '/@context'],
      ['that is no list', { timestamps: {} }, '/timestamps'],
      ['without a digest', { timestamps: [{ rfc3161: 'AAAA' }] }, '/timestamps/0/digestMultibase'],
      [
        'that is no base64',
        { timestamps: [{ digestMultibase: `zQm${'1'.repeat(44)}`, rfc3161: 'A' }] },
        '/timestamps/0/rfc3161',
      ],
      [
        'with a member that nobody knows',
        {
          timestamps: [{ digestMultibase: `zQm${'1'.repeat(44)}`, rfc3161: 'AAAA', policy: 'x' }],
        },
        '/timestamps/0/policy',
      ],
    ] as const) {
      it(`is refused ${what}`, async () => {
        const { findings, documents, timestamps } = await frame(members)
        assert.deepEqual(
          findings.map((each) => [each.code, each.pointer]),
          [['SCHEMA', pointer]],
        )
        assert.deepEqual([documents, timestamps], [[], []])
      })
    }

    it('may be longer than other texts, within its limit', async () => {
      const long = (length: number) => ({
        timestamps: [{ digestMultibase: `zQm${'1'.repeat(44)}`, rfc3161: 'A'.repeat(length) }],
      })
      assert.deepEqual((await frame(long(16 * 1024))).findings, [])
      const [over] = (await frame(long(24 * 1024))).findings
      assert.equal(over?.code, 'LIMIT_EXCEEDED')
    })
  })

  it('is no credential by itself', async () => {
    const token = fromBase64((await stamped(authority, chain.passport, ISSUED)).rfc3161)
    assert.ok(token !== null)
    const verdict = await consortium.verifier(policyOf()).verifyPassport(token)
    assert.equal(verdict.outcome, 'rejected')
    assert.deepEqual(grave(verdict), ['SCHEMA'])
  })

  describe('by an authority of the policy', () => {
    const faultsOf = (authorities: readonly object[]) => {
      const parsed = parsePolicy(consortium.policyDocument({ timestampAuthorities: authorities }))
      return parsed.ok ? [] : parsed.faults.map(({ pointer }) => pointer)
    }

    it('may be written in PEM or base64', async () => {
      const base64 = Buffer.from(authority.signer.der).toString('base64')
      for (const certificate of [authority.root.pem, base64]) {
        assert.deepEqual(faultsOf([{ certificate }]), [])
        const stamps = await stampAll(ofClimate(), BEFORE)
        const timestampAuthorities = [{ certificate }]
        const verdict = await verify(chain.bytes, stamps, { timestampAuthorities })
        assert.equal(verdict.outcome, 'accepted')
      }
    })

    it('is a fault where it is no certificate, or ends before it begins', () => {
      const { pem } = authority.root
      for (const certificate of ['x', 'AAAA', pem + pem, `${pem.slice(0, 100)}`]) {
        assert.deepEqual(faultsOf([{ certificate }]), ['/timestampAuthorities/0/certificate'])
      }
      const order = { certificate: pem, validFrom: END, validUntil: BEFORE }
      assert.deepEqual(faultsOf([order]), ['/timestampAuthorities/0/validUntil'])
    })

    it('is a fault where nothing could rest on its certificate', async () => {
      const { pem } = await certify({ subject: 'A web server' })
      const other = Buffer.from([0x30, 0x03, 0x02, 0x01, 0x01]).toString('base64')
      for (const certificate of [pem, other]) {
        assert.deepEqual(faultsOf([{ certificate }]), ['/timestampAuthorities/0/certificate'])
      }
    })
  })
})
