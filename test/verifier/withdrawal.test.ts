import assert from 'node:assert/strict'
import { generateSigner } from '@battery-passport/keys'
import type { PassportVerdict } from '@battery-passport/verifier'
import {
  type AttestationSpec,
  type Change,
  Consortium,
  DATES,
  ENGAGEMENT,
  type Party,
  type Signed,
  type Withdrawn,
} from '../support/consortium.ts'

const PASSPORT_SIGNED = DATES.passport.created
/** How the honest accreditations list a key. */
const listing = { from: '2025-01-01T00:00:00Z', until: '2028-12-31T23:59:59Z' }
/** A second before and after it. */
const BEFORE = '2026-09-20T11:59:59Z'
const AFTER = '2026-09-20T12:00:01Z'

/** Codes of errors and unknowns. */
function grave({ findings }: PassportVerdict): string[] {
  return codes(findings, ['error', 'unknown'])
}

/** Codes of warnings and notes that every honest verdict does not have. */
function lesser({ findings }: PassportVerdict): string[] {
  return codes(findings, ['warning', 'note']).filter((code) => !ALWAYS.includes(code))
}

function codes(findings: PassportVerdict['findings'], severities: readonly string[]): string[] {
  const found = findings.filter(({ severity }) => severities.includes(severity))
  return [...new Set(found.map(({ code }) => code))].sort()
}

const ALWAYS: readonly string[] = [
  'SHARES_UNASSURED',
  'CREDENTIAL_UNUSED',
  'ILLUSTRATIVE',
  'SUBJECT_NOT_EXPECTED',
]

/** What is asked of a presentation in which one credential is withdrawn. */
interface Asked {
  /** Put over the honest notice about it; null: none is named. */
  readonly notice?: Change | null
  /** Who signs the notice; its issuer unless told otherwise. */
  readonly by?: Party
  readonly listed?: Withdrawn
  readonly lists?: Change
  readonly parts?: Parameters<Consortium['presentation']>[0]
  readonly policy?: Readonly<Record<string, unknown>>
  readonly at?: string
  readonly without?: (signed: Signed) => boolean
}

describe('a withdrawal', () => {
  let consortium: Consortium
  let climate: AttestationSpec
  let attestation: Signed<'RulebookAttestation'>
  let passport: Signed<'BatteryPassport'>

  before(async () => {
    consortium = await Consortium.assemble()
    const index = consortium.specs.findIndex(
      ({ by, facility }) => by === consortium.parties.climateBody && facility !== null,
    )
    const [spec, signed] = [consortium.specs[index], consortium.attestations[index]]
    assert.ok(spec !== undefined && signed !== undefined)
    climate = spec
    attestation = signed
    passport = await consortium.passport()
  })

  /** The honest presentation, but that one credential is withdrawn by its issuer. */
  async function withdrawing(about: Signed, issuer: Party, asked: Asked = {}) {
    const { notice: change = {}, by = issuer, listed, parts = {}, policy, at } = asked
    const notice = change === null ? null : await consortium.notice(by, about, change)
    const named = notice === null ? [] : [{ about: about.id, notice }]
    const withdrawn = listed ?? { revoked: [about.id], notices: named }
    const lists = [
      ...(await consortium.statusLists()).filter(({ secured }) => secured.issuer !== issuer.did),
      ...(await consortium.board.lists(issuer, withdrawn, asked.lists)),
    ]
    const bytes = await consortium.presentation({
      passport,
      lists,
      ...parts,
      add: [...(parts.add ?? []), ...(notice === null ? [] : [notice])],
      omit: (signed) => signed === notice && asked.without?.(signed) === true,
    })
    const verifier = consortium.verifier(policy)
    return verifier.verifyPassport(bytes, at === undefined ? {} : { at })
  }

  const ofAttestation = (asked?: Asked) =>
    withdrawing(attestation, consortium.parties.climateBody, asked)
  const saying = (subject: Readonly<Record<string, unknown>>): Change => ({
    alter: (credential) => {
      const { effectiveFrom: _, ...other } = Object(credential.credentialSubject)
      return { ...credential, credentialSubject: { ...other, ...subject } }
    },
  })
  const from = (effectiveFrom: string) => saying({ effectiveFrom })
  const voidFrom = (instant: string) => saying({ voidFrom: instant })
  const trusting = { acceptSelfAssertedTime: true }

  describe('of an attestation', () => {
    it('is from the beginning where the list names no notice', async () => {
      const verdict = await ofAttestation({ notice: null })
      assert.deepEqual(grave(verdict), ['REVOKED'])
    })

    for (const [what, notice] of [
      ['is effective from before the passport was signed', () => from(BEFORE)],
      ['is effective from the very second of the passport', () => from(PASSPORT_SIGNED)],
      ['is void from before its own signing', () => voidFrom('2026-03-16T08:59:59Z')],
      ['is void from the second of its own signing', () => voidFrom(DATES.attestations.created)],
      ['is void from between the two', () => voidFrom('2026-06-01T00:00:00Z')],
    ] as const) {
      it(`rejects when it ${what}`, async () => {
        const verdict = await ofAttestation({ notice: notice(), policy: trusting })
        assert.deepEqual(grave(verdict), ['REVOKED'])
        const [finding] = verdict.findings.filter(({ code }) => code === 'REVOKED')
        assert.match(finding?.detail ?? '', /climatebody\.example\/notices\/.* says misstatement/)
      })
    }

    for (const [what, notice] of [
      ['effective', from(AFTER)],
      ['void', voidFrom(AFTER)],
    ] as const) {
      it(`${what} after the passport was signed leaves open when that was`, async () => {
        const verdict = await ofAttestation({ notice })
        assert.deepEqual(grave(verdict), ['TIME_UNPROVEN'])
        assert.deepEqual(lesser(verdict), ['ENDED_SINCE'])
        const [open] = verdict.findings.filter(({ code }) => code === 'TIME_UNPROVEN')
        assert.equal(open?.credential, passport.id)
      })

      it(`${what} after the passport was signed is a note where signers are believed when`, async () => {
        const verdict = await ofAttestation({ notice, policy: trusting })
        assert.equal(verdict.outcome, 'accepted')
        assert.deepEqual(lesser(verdict), ['ENDED_SINCE', 'TIME_SELF_ASSERTED'])
        const { score } = passport.secured.credential.credentialSubject
        assert.equal(verdict.score?.value, score.value)
      })
    }

    it('after the passport was signed is not enough for a policy that requires what is current', async () => {
      const policy = { requireCurrent: true, ...trusting }
      assert.deepEqual(grave(await ofAttestation({ notice: from(AFTER), policy })), ['NOT_CURRENT'])
    })

    it('after the passport of a model was signed is never enough', async () => {
      const model = await consortium.passport({
        alter: ({ credentialSubject, ...rest }) => {
          const { manufacturedOn: _, ...subject } = Object(credentialSubject)
          const { score, model: id } = subject
          const scope = { ...score.scope, granularity: 'model' }
          const changed = { ...subject, id, granularity: 'model', score: { ...score, scope } }
          return Object.assign(rest, { credentialSubject: changed })
        },
      })
      const parts = { passport: model }
      const before = await ofAttestation({ listed: {}, notice: null, parts, policy: trusting })
      assert.deepEqual(grave(before), [])
      const verdict = await ofAttestation({ notice: from(AFTER), parts, policy: trusting })
      assert.deepEqual(grave(verdict), ['NOT_CURRENT'])
    })

    it('that was void is void at any instant, also before it was made known', async () => {
      const at = '2026-09-25T00:00:00Z'
      const verdict = await ofAttestation({ notice: from(BEFORE), at, policy: trusting })
      assert.deepEqual(grave(verdict), ['REVOKED'])
      assert.ok(lesser(verdict).includes('STATUS_LATER'))
    })

    it('to come after the instant asked for is a note', async () => {
      const at = '2026-09-25T00:00:00Z'
      const verdict = await ofAttestation({ notice: from('2026-09-25T00:00:01Z'), at })
      assert.equal(verdict.outcome, 'accepted')
      assert.deepEqual(lesser(verdict), ['ENDED_SINCE', 'HISTORICAL', 'STATUS_LATER'])
      const current = await ofAttestation({ notice: from('2026-09-25T00:00:00Z'), at })
      assert.deepEqual(grave(current), ['TIME_UNPROVEN'])
    })

    it('is a warning, and its answers unknown, under a policy that rescores', async () => {
      for (const notice of [null, from(BEFORE)]) {
        const policy = { uncountedAttestation: 'rescore' }
        const verdict = await ofAttestation({ notice, policy })
        assert.equal(verdict.outcome, 'accepted')
        assert.deepEqual(lesser(verdict), ['REVOKED', 'SCORE_CHANGED_SINCE_ISSUE'])
        const { score } = passport.secured.credential.credentialSubject
        assert.ok((verdict.score?.coverage ?? 10000) < score.coverage)
      }
    })
  })

  describe('in part', () => {
    const inPart = (indicators: readonly string[], change = {}) =>
      saying({
        withdraws: { kind: 'indicators', indicators },
        effectiveFrom: '2026-09-25T00:00:00Z',
        ...change,
      })
    const answered = () => {
      const [result] = attestation.secured.credential.credentialSubject.results
      assert.ok(result !== undefined)
      return result.indicator
    }

    it('makes the named indicators unknown in the score that counts now', async () => {
      const verdict = await ofAttestation({ notice: inPart([answered()]) })
      assert.equal(verdict.outcome, 'accepted')
      assert.deepEqual(lesser(verdict), ['SCORE_CHANGED_SINCE_ISSUE', 'WITHDRAWN_IN_PART'])
      const { score } = passport.secured.credential.credentialSubject
      assert.ok((verdict.score?.value ?? 10000) < score.value)
      assert.ok((verdict.score?.coverage ?? 10000) < score.coverage)
      const whole = await ofAttestation({
        notice: null,
        policy: { uncountedAttestation: 'rescore' },
      })
      assert.ok((verdict.score?.coverage ?? 0) > (whole.score?.coverage ?? 10000))
    })

    it('is held against the minimums with the score that counts now', async () => {
      const { score } = passport.secured.credential.credentialSubject
      const policy = { minimums: { overall: { value: score.value, coverage: score.coverage } } }
      assert.deepEqual(grave(await ofAttestation({ listed: {}, notice: null, policy })), [])
      const verdict = await ofAttestation({ notice: inPart([answered()]), policy })
      assert.deepEqual(grave(verdict), ['POLICY_MINIMUM'])
    })

    it('counts whenever the passport was signed, and not before it takes effect', async () => {
      const early = inPart([answered()], { effectiveFrom: BEFORE })
      assert.ok(lesser(await ofAttestation({ notice: early })).includes('WITHDRAWN_IN_PART'))
      const at = '2026-09-24T00:00:00Z'
      const later = await ofAttestation({ notice: inPart([answered()]), at })
      assert.deepEqual(lesser(later), ['ENDED_SINCE', 'HISTORICAL', 'STATUS_LATER'])
      assert.equal(later.score?.value, passport.secured.credential.credentialSubject.score.value)
    })

    it('of what the attestation does not answer is of the whole', async () => {
      const verdict = await ofAttestation({ notice: inPart([answered(), 'small.nothing']) })
      assert.deepEqual(grave(verdict), ['ANSWER_INVALID', 'REVOKED'])
    })

    it('of a passport is of the whole: it has no indicators', async () => {
      const { packMaker } = consortium.parties
      const verdict = await withdrawing(passport, packMaker, { notice: inPart([answered()]) })
      assert.deepEqual(grave(verdict), ['REVOKED', 'SCHEMA'])
    })
  })

  describe('by a notice', () => {
    const mild = { ...from(AFTER) }

    it('that is not at hand leaves open', async () => {
      const verdict = await ofAttestation({ notice: mild, policy: trusting, without: () => true })
      assert.deepEqual(grave(verdict), ['NOTICE_MISSING'])
      assert.equal(verdict.outcome, 'indeterminate')
    })

    it('that is another than the list names rejects', async () => {
      const named = await consortium.notice(
        consortium.parties.climateBody,
        attestation,
        from(BEFORE),
      )
      const listed = {
        revoked: [attestation.id],
        notices: [{ about: attestation.id, notice: named }],
      }
      const verdict = await ofAttestation({ notice: mild, listed, policy: trusting })
      assert.deepEqual(grave(verdict), ['DIGEST_MISMATCH'])
    })

    it('that no list names changes nothing, and is noted', async () => {
      const milder = await consortium.notice(consortium.parties.climateBody, attestation, {
        ...mild,
        credential: { id: 'https://climatebody.example/notices/milder' },
      })
      const verdict = await ofAttestation({ notice: from(BEFORE), parts: { add: [milder] } })
      assert.deepEqual(grave(verdict), ['REVOKED'])
      const [note] = verdict.findings.filter(({ code }) => code === 'NOTICE_UNUSED')
      assert.equal(note?.credential, milder.id)
    })

    it('beside another for the same index is no choice', async () => {
      const { climateBody } = consortium.parties
      const other = await consortium.notice(climateBody, attestation, {
        credential: { id: 'https://climatebody.example/notices/second' },
      })
      const first = await consortium.notice(climateBody, attestation, mild)
      const listed = {
        revoked: [attestation.id],
        notices: [first, other].map((notice) => ({ about: attestation.id, notice })),
      }
      const verdict = await ofAttestation({ notice: mild, listed, parts: { add: [other] } })
      assert.deepEqual(grave(verdict), ['REVOKED', 'STATUS_LIST_INVALID'])
    })

    it('for an index that is not set makes no sense', async () => {
      const notice = await consortium.notice(consortium.parties.climateBody, attestation, mild)
      const listed = { notices: [{ about: attestation.id, notice }] }
      const verdict = await ofAttestation({ notice: mild, listed })
      assert.deepEqual(grave(verdict), ['STATUS_LIST_INVALID'])
    })

    it('may take effect with the very second it is valid from', async () => {
      const notice = from(DATES.notices.validFrom)
      assert.equal((await ofAttestation({ notice, policy: trusting })).outcome, 'accepted')
    })

    it('goes on when its own validity has ended', async () => {
      const notice = { ...mild, credential: { validUntil: '2026-09-30T21:30:00Z' } }
      const verdict = await ofAttestation({ notice, policy: trusting })
      assert.equal(verdict.outcome, 'accepted')
    })

    /** Notices that narrow nothing: what is wrong, with what codes. */
    const refused: [string, readonly string[], () => Asked][] = [
      [
        'that takes effect later than it is valid from',
        ['SCHEMA'],
        () => ({ notice: from('2026-09-30T21:00:01Z') }),
      ],
      [
        'that is void later than it is valid from',
        ['SCHEMA'],
        () => ({ notice: voidFrom('2039-01-01T00:00:00Z') }),
      ],
      [
        'that is valid only later than the list that names it',
        ['NOT_YET_VALID'],
        () => ({ notice: { ...mild, credential: { validFrom: '2026-09-30T22:00:01Z' } } }),
      ],
      [
        'that was signed later than the list that names it',
        ['PROOF_TIME'],
        () => ({ notice: { ...mild, created: '2026-09-30T22:00:01Z' } }),
      ],
      [
        'about another credential',
        ['DIGEST_MISMATCH'],
        () => ({ notice: saying({ id: 'urn:example:other', effectiveFrom: AFTER }) }),
      ],
      [
        'about other bytes under the same id',
        ['DIGEST_MISMATCH'],
        () => ({
          notice: saying({
            digestMultibase: passport.reference.digestMultibase,
            effectiveFrom: AFTER,
          }),
        }),
      ],
      [
        'by a stranger',
        ['ISSUER_NOT_AUTHORISED'],
        () => ({ notice: mild, by: consortium.parties.miner }),
      ],
      [
        'by one who accredited the accreditor alone',
        ['ISSUER_NOT_AUTHORISED'],
        () => ({ notice: mild, by: consortium.parties.schemeOwner }),
      ],
      [
        'by a key that the policy has distrusted since',
        ['DISTRUSTED'],
        () => ({
          notice: mild,
          by: consortium.parties.accreditationBody,
          policy: {
            ...trusting,
            distrust: [
              {
                key: consortium.parties.accreditationBody.signer.publicKey.thumbprint,
                since: '2026-09-30T23:00:00Z',
                reason: 'a stolen key',
              },
            ],
          },
        }),
      ],
      [
        'by an issuer that the policy has distrusted since',
        ['DISTRUSTED'],
        () => ({
          notice: mild,
          by: consortium.parties.accreditationBody,
          policy: {
            ...trusting,
            distrust: [
              {
                did: consortium.parties.accreditationBody.did,
                since: '2026-09-30T23:00:00Z',
                reason: 'under investigation',
              },
            ],
          },
        }),
      ],
      [
        'that the policy distrusts by its id',
        ['DISTRUSTED'],
        () => ({
          notice: { ...mild, credential: { id: 'urn:example:distrusted' } },
          policy: {
            ...trusting,
            distrust: [{ credential: 'urn:example:distrusted', reason: 'not believed' }],
          },
        }),
      ],
    ]
    for (const [what, found, asked] of refused) {
      it(`${what} narrows nothing`, async () => {
        const verdict = await ofAttestation({ policy: trusting, ...asked() })
        assert.deepEqual(grave(verdict), [...found, 'REVOKED'].sort())
      })
    }

    it('by the body that accredited the issuer counts', async () => {
      const by = consortium.parties.accreditationBody
      const verdict = await ofAttestation({ notice: mild, by, policy: trusting })
      assert.equal(verdict.outcome, 'accepted')
      assert.ok(lesser(verdict).includes('ENDED_SINCE'))
    })

    it('that was changed after it was signed is another than the list names', async () => {
      const { climateBody } = consortium.parties
      const notice = await consortium.notice(climateBody, attestation, from(BEFORE))
      const lists = [
        ...(await consortium.statusLists()).filter(
          ({ secured }) => secured.issuer !== climateBody.did,
        ),
        ...(await consortium.board.lists(climateBody, {
          revoked: [attestation.id],
          notices: [{ about: attestation.id, notice }],
        })),
      ]
      const text = Buffer.from(
        await consortium.presentation({ passport, lists, add: [notice] }),
      ).toString()
      const changed = text.replace('"reason":"misstatement"', '"reason":"ceased"')
      assert.notEqual(changed, text)
      const verdict = await consortium.verifier().verifyPassport(Buffer.from(changed))
      assert.deepEqual(grave(verdict), ['DIGEST_MISMATCH', 'PROOF_INVALID'])
    })
  })

  describe('of an accreditation', () => {
    const ofClimateBody = (asked?: Asked) => {
      const accreditation = consortium.accreditations.get('climateBody')
      assert.ok(accreditation !== undefined)
      return withdrawing(accreditation, consortium.parties.accreditationBody, asked)
    }
    const lastAttested = DATES.attestations.created
    const sinceThen = from('2026-03-16T09:00:01Z')

    it('from before an attestation was signed rejects', async () => {
      const verdict = await ofClimateBody({ notice: from(lastAttested), policy: trusting })
      assert.deepEqual(grave(verdict), ['REVOKED'])
    })

    it('after the attestations were signed leaves open when they were', async () => {
      const verdict = await ofClimateBody({ notice: sinceThen })
      assert.deepEqual(grave(verdict), ['TIME_UNPROVEN'])
      const open = verdict.findings.filter(({ code }) => code === 'TIME_UNPROVEN')
      assert.ok(open.some(({ credential }) => credential === attestation.id))
    })

    it('after the attestations were signed is a note where signers are believed when', async () => {
      const verdict = await ofClimateBody({ notice: sinceThen, policy: trusting })
      assert.equal(verdict.outcome, 'accepted')
      assert.deepEqual(lesser(verdict), ['ENDED_SINCE', 'TIME_SELF_ASSERTED'])
    })

    it('is not cured by a renewal', async () => {
      const renewal = await consortium.accreditation(consortium.parties.climateBody, {
        credential: { id: 'https://accreditationbody.example/accreditations/renewed' },
      })
      const verdict = await ofClimateBody({ notice: sinceThen, parts: { add: [renewal] } })
      assert.deepEqual(grave(verdict), ['TIME_UNPROVEN'])
    })

    it('further up the chain is judged by what was signed under it', async () => {
      const above = consortium.accreditations.get('accreditationBody')
      assert.ok(above !== undefined)
      const { schemeOwner } = consortium.parties
      const { created } = DATES.accreditations
      const before = await withdrawing(above, schemeOwner, { notice: from(created) })
      assert.deepEqual(grave(before), ['REVOKED'])
      const since = from('2025-01-01T08:00:01Z')
      const after = await withdrawing(above, schemeOwner, { notice: since })
      assert.deepEqual(grave(after), ['TIME_UNPROVEN'])
      const trusted = await withdrawing(above, schemeOwner, { notice: since, policy: trusting })
      assert.equal(trusted.outcome, 'accepted')
    })
  })

  /** The chain signed anew on a changed accreditation of the climate body. */
  async function rebuilt(change: Change) {
    const { climateBody } = consortium.parties
    const changed = await consortium.accreditation(climateBody, change)
    const attestations = await Promise.all(
      consortium.specs.map((spec, index) => {
        const honest = consortium.attestations[index]
        assert.ok(honest !== undefined)
        return spec.by === climateBody
          ? consortium.attestation(spec, { subject: { accreditation: changed.reference } })
          : honest
      }),
    )
    const accreditations = [
      changed,
      ...[...consortium.accreditations].flatMap(([body, each]) =>
        body === climateBody.key ? [] : [each],
      ),
    ]
    const parts = {
      passport: await consortium.passport({}, { attestations }),
      attestations,
      accreditations,
    }
    return { changed, parts }
  }

  describe('further up than the accreditation', () => {
    const above = () => {
      const accreditation = consortium.accreditations.get('accreditationBody')
      assert.ok(accreditation !== undefined)
      return accreditation
    }

    it('from before it was signed rejects, later than what it rests on', async () => {
      const { parts } = await rebuilt({ created: '2025-06-01T00:00:00Z' })
      const { schemeOwner } = consortium.parties
      const asked = { parts, policy: trusting }
      const before = from('2025-06-01T00:00:00Z')
      const verdict = await withdrawing(above(), schemeOwner, { notice: before, ...asked })
      assert.deepEqual(grave(verdict), ['REVOKED'])
      const after = from('2025-06-01T00:00:01Z')
      const good = await withdrawing(above(), schemeOwner, { notice: after, ...asked })
      assert.equal(good.outcome, 'accepted')
    })

    it('is carried all the way down', async () => {
      const { accreditationBody, schemeOwner } = consortium.parties
      const signer = generateSigner()
      const delegate: Party = { ...accreditationBody, key: 'delegate', signer, did: signer.did }
      const between = await consortium.accreditation(accreditationBody, {
        credential: {
          id: 'https://accreditationbody.example/accreditations/delegate',
          issuer: accreditationBody.did,
          credentialStatus: consortium.board.entriesFor(accreditationBody, 'delegate'),
        },
        subject: {
          id: delegate.did,
          keys: [{ ...listing, thumbprint: signer.publicKey.thumbprint }],
          accreditedBy: above().reference,
        },
        signer: accreditationBody.signer,
      })
      const { parts } = await rebuilt({
        credential: {
          issuer: delegate.did,
          credentialStatus: consortium.board.entriesFor(delegate, 'climate'),
        },
        subject: { accreditedBy: between.reference },
        signer,
      })
      const add = [between, ...(await consortium.board.lists(delegate))]
      const own = parts.attestations.find(({ id }) => id === attestation.id)
      const unproven = async (notice: Change | null, listed?: Withdrawn) => {
        const asked = {
          notice,
          parts: { ...parts, add },
          ...(listed === undefined ? {} : { listed }),
        }
        const verdict = await withdrawing(above(), schemeOwner, asked)
        return verdict.findings.flatMap(({ code, credential }) =>
          code === 'TIME_UNPROVEN' ? [credential] : [],
        )
      }
      assert.deepEqual(await unproven(null, {}), [])
      assert.ok((await unproven(from('2026-09-25T00:00:00Z'))).includes(own?.id ?? ''))
    })
  })

  it('above a renewal lets that keep nothing alive', async () => {
    const { climateBody, accreditationBody, schemeOwner } = consortium.parties
    const { parts } = await rebuilt({ credential: { validUntil: '2026-09-30T23:59:59Z' } })
    const above = await consortium.accreditation(accreditationBody, {
      credential: {
        id: 'https://schemeowner.example/accreditations/second',
        credentialStatus: consortium.board.entriesFor(schemeOwner, 'second'),
      },
    })
    const renewal = await consortium.accreditation(climateBody, {
      credential: { id: 'https://accreditationbody.example/accreditations/renewed' },
      subject: { accreditedBy: above.reference },
    })
    const more = { ...parts, add: [above, renewal] }
    const good = await withdrawing(above, schemeOwner, { listed: {}, notice: null, parts: more })
    assert.equal(good.outcome, 'accepted')
    const change = from('2026-09-25T00:00:00Z')
    const notice = await consortium.notice(schemeOwner, above, change)
    const listed = { revoked: ['second'], notices: [{ about: 'second', notice }] }
    const asked = { listed, notice: change, parts: more }
    assert.deepEqual(grave(await withdrawing(above, schemeOwner, asked)), ['TIME_UNPROVEN'])
  })

  it('of a renewal lets it keep nothing alive', async () => {
    const { climateBody, accreditationBody } = consortium.parties
    const { parts: rest } = await rebuilt({ credential: { validUntil: '2026-09-30T23:59:59Z' } })
    const renewal = await consortium.accreditation(climateBody, {
      credential: {
        id: 'https://accreditationbody.example/accreditations/withdrawn-renewal',
        credentialStatus: consortium.board.entriesFor(accreditationBody, 'renewal'),
      },
    })
    const parts = { ...rest, add: [renewal] }
    const good = await withdrawing(renewal, accreditationBody, { listed: {}, notice: null, parts })
    assert.equal(good.outcome, 'accepted')
    const notice = await consortium.notice(accreditationBody, renewal, from(AFTER))
    const listed = { revoked: ['renewal'], notices: [{ about: 'renewal', notice }] }
    const verdict = await withdrawing(renewal, accreditationBody, {
      listed,
      notice: from(AFTER),
      parts,
    })
    assert.deepEqual(grave(verdict), ['TIME_UNPROVEN'])
  })

  describe('of the manufacturer’s identity', () => {
    const ofIdentity = (asked?: Asked) => {
      const identity = consortium.identities.get('packMaker')
      assert.ok(identity !== undefined)
      return withdrawing(identity, consortium.parties.registrar, asked)
    }

    it('from before the passport was signed leaves its issuer unregistered', async () => {
      const verdict = await ofIdentity({ notice: from(BEFORE), policy: trusting })
      assert.deepEqual(grave(verdict), ['ISSUER_NOT_AUTHORISED'])
    })

    it('after the passport was signed leaves open when that was', async () => {
      const verdict = await ofIdentity({ notice: from(AFTER) })
      assert.deepEqual(grave(verdict), ['TIME_UNPROVEN'])
      const [open] = verdict.findings.filter(({ code }) => code === 'TIME_UNPROVEN')
      assert.equal(open?.credential, passport.id)
      const trusted = await ofIdentity({ notice: from(AFTER), policy: trusting })
      assert.equal(trusted.outcome, 'accepted')
    })
  })

  describe('of the passport itself', () => {
    const ofPassport = (asked?: Asked) => withdrawing(passport, consortium.parties.packMaker, asked)

    it('rejects from the instant on from which it takes effect', async () => {
      const notice = from('2026-09-25T00:00:00Z')
      assert.deepEqual(grave(await ofPassport({ notice })), ['REVOKED'])
      const then = await ofPassport({ notice, at: '2026-09-25T00:00:00Z' })
      assert.deepEqual(grave(then), ['REVOKED'])
      const before = await ofPassport({ notice, at: '2026-09-24T23:59:59Z' })
      assert.equal(before.outcome, 'accepted')
      assert.deepEqual(lesser(before), ['ENDED_SINCE', 'HISTORICAL', 'STATUS_LATER'])
    })

    it('that was void when it was signed is void to a clock that runs behind', async () => {
      const at = '2026-09-20T11:59:30Z'
      const verdict = await ofPassport({ notice: voidFrom(PASSPORT_SIGNED), at })
      assert.deepEqual(grave(verdict), ['REVOKED'])
    })
  })

  describe('of a credential that is asked for by itself', () => {
    /** By its issuer, from before now or after it. */
    const cases: [string, () => Signed | undefined, () => Party][] = [
      ['an attestation', () => attestation, () => consortium.parties.climateBody],
      [
        'an accreditation',
        () => consortium.accreditations.get('climateBody'),
        () => consortium.parties.accreditationBody,
      ],
      [
        'an identity',
        () => consortium.identities.get('packMaker'),
        () => consortium.parties.registrar,
      ],
    ]
    for (const [what, find, issuer] of cases) {
      it(`rejects ${what} from the instant on from which it takes effect`, async () => {
        const about = find()
        assert.ok(about !== undefined)
        const by = issuer()
        const notice = await consortium.notice(by, about, from('2026-09-25T00:00:00Z'))
        const named = { revoked: [about.id], notices: [{ about: about.id, notice }] }
        const lists = [
          ...(await consortium.statusLists()).filter(({ secured }) => secured.issuer !== by.did),
          ...(await consortium.board.lists(by, named)),
        ]
        const rest = await consortium.presentation({ passport, lists, add: [notice] })
        const ask = (at: string) =>
          consortium.verifier().verifyCredential(about.bytes, { with: [rest], at })
        const codesAt = async (at: string) => codes((await ask(at)).findings, ['error', 'unknown'])
        assert.deepEqual(await codesAt('2026-09-25T00:00:00Z'), ['REVOKED'])
        assert.deepEqual(await codesAt('2026-09-24T23:59:59Z'), [])
      })
    }
  })

  describe('for a time', () => {
    const suspended = async (asked: Asked & { readonly since?: string } = {}) => {
      const { since, ...rest } = asked
      const { climateBody } = consortium.parties
      const change = since === undefined ? null : from(since)
      const named =
        change === null
          ? []
          : [
              {
                about: attestation.id,
                notice: await consortium.notice(climateBody, attestation, change),
              },
            ]
      const listed = { suspended: [attestation.id], suspensionNotices: named }
      return ofAttestation({ notice: change, listed, ...rest })
    }

    it('rejects while it lasts, with a notice or without, whatever the policy rescores', async () => {
      const policy = { uncountedAttestation: 'rescore', ...trusting }
      assert.deepEqual(grave(await suspended({ policy })), ['SUSPENDED'])
      assert.deepEqual(grave(await suspended({ policy, since: AFTER })), ['SUSPENDED'])
    })

    it('begins when its notice says so', async () => {
      const at = '2026-09-25T00:00:00Z'
      const verdict = await suspended({ since: '2026-09-25T00:00:01Z', at })
      assert.equal(verdict.outcome, 'accepted')
      assert.ok(lesser(verdict).includes('ENDED_SINCE'))
      assert.deepEqual(grave(await suspended({ at })), ['SUSPENDED'])
    })
  })

  it('of what an adverse conclusion makes void is found beside it', async () => {
    const adverse = await consortium.attestation(climate, {
      subject: { engagement: { ...ENGAGEMENT, conclusion: 'adverse' } },
    })
    const attestations = consortium.replacing(adverse)
    const parts = { attestations, passport: await consortium.passport({}, { attestations }) }
    const { climateBody } = consortium.parties
    const verdict = await withdrawing(adverse, climateBody, { notice: from(BEFORE), parts })
    assert.deepEqual(grave(verdict), ['CONCLUSION_NOT_ACCEPTED', 'REVOKED'])
  })
})
