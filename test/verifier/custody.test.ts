import assert from 'node:assert/strict'
import type { CredentialVerdict, PassportVerdict } from '@battery-passport/verifier'
import {
  type Change,
  Consortium,
  DATES,
  type Signed,
  signedDocument,
  type Withdrawn,
} from '../support/consortium.ts'

type Custody = Signed<'CustodyAttestation'>

function codes(
  { findings }: Pick<CredentialVerdict, 'findings'>,
  severities: readonly string[],
): string[] {
  const found = findings.filter(({ severity }) => severities.includes(severity))
  return [...new Set(found.map(({ code }) => code))].sort()
}
const grave = (verdict: PassportVerdict | CredentialVerdict) => codes(verdict, ['error', 'unknown'])
const warnings = (verdict: PassportVerdict) => codes(verdict, ['warning'])

/** What a case puts in the place of the honest. */
interface Sent {
  readonly custody?: readonly Custody[]
  readonly passport?: Change
  readonly policy?: Readonly<Record<string, unknown>>
  readonly at?: string
  readonly withdrawn?: Withdrawn
  readonly add?: readonly Signed[]
  readonly omit?: (signed: Signed) => boolean
}

describe('a custody attestation', () => {
  let consortium: Consortium
  let accreditation: Signed<'VerifierAccreditation'>
  let custody: Custody

  before(async () => {
    consortium = await Consortium.assemble()
    accreditation = await consortium.custodyAccreditation()
    custody = await consortium.custody(accreditation)
  })

  async function bytesOf(sent: Sent): Promise<Uint8Array> {
    const { custody: named = [custody], withdrawn, add = [], omit = () => false } = sent
    const passport = await consortium.passport(sent.passport, { custody: named })
    const { productBody } = consortium.parties
    const lists =
      withdrawn === undefined
        ? await consortium.statusLists()
        : [
            ...(await consortium.statusLists()).filter(
              ({ secured }) => secured.issuer !== productBody.did,
            ),
            ...(await consortium.board.lists(productBody, withdrawn)),
          ]
    return consortium.presentation({
      passport,
      lists,
      add: [accreditation, ...new Set(named), ...add],
      omit,
    })
  }

  const verify = async (sent: Sent = {}) =>
    consortium.verifier(sent.policy, sent.at).verifyPassport(await bytesOf(sent))
  const changed = (change: Change, id?: string) => consortium.custody(accreditation, change, id)
  const assuring = async (subject: Readonly<Record<string, unknown>>, id?: string) =>
    changed({ subject }, id)
  const row = (index: number) => {
    const found = consortium.supplyChain[index]
    assert.ok(found !== undefined)
    return found
  }

  describe('that covers every row', () => {
    it('gives the score its level', async () => {
      for (const assuranceLevel of ['limited', 'reasonable']) {
        const verdict = await verify({ custody: [await assuring({ assuranceLevel })] })
        assert.deepEqual(grave(verdict), [])
        assert.deepEqual(warnings(verdict), [])
        assert.equal(verdict.score?.shareAssurance, assuranceLevel)
      }
    })

    it('meets a policy that asks for its level, and no higher one', async () => {
      const met = await verify({ policy: { minimumShareAssurance: 'limited' } })
      assert.deepEqual(grave(met), [])
      const unmet = await verify({ policy: { minimumShareAssurance: 'reasonable' } })
      assert.deepEqual(grave(unmet), ['POLICY_MINIMUM'])
    })

    it('is a link of the chain that rests on its accreditation', async () => {
      const { chain } = await verify()
      const link = chain.find(({ type }) => type === 'CustodyAttestation')
      assert.equal(link?.result, 'passed')
      assert.equal(link?.restsOn.length, 1)
    })

    it('may be of several, each for its rows: the lowest level counts', async () => {
      const first = await assuring({
        supplyChain: consortium.supplyChain.slice(0, 2),
        assuranceLevel: 'reasonable',
      })
      const rest = { supplyChain: consortium.supplyChain.slice(2) }
      const second = await assuring(rest, 'https://productbody.example/custody/rest')
      const verdict = await verify({ custody: [first, second] })
      assert.deepEqual(grave(verdict), [])
      assert.equal(verdict.score?.shareAssurance, 'limited')
    })

    it('does not make a claim of another level right', async () => {
      const { score } = (await consortium.passport()).secured.credential.credentialSubject
      for (const shareAssurance of ['none', 'reasonable']) {
        const verdict = await verify({
          passport: { subject: { score: { ...score, shareAssurance } } },
        })
        assert.deepEqual(grave(verdict), ['SCORE_MISMATCH'])
      }
    })
  })

  it('of which there is none leaves every row uncovered', async () => {
    const every = consortium.supplyChain.map((_, index) => index).join(', ')
    const { findings } = await verify({ custody: [] })
    const [unassured] = findings.filter(({ code }) => code === 'SHARES_UNASSURED')
    assert.equal(unassured?.found, `not covered: ${every}`)
    assert.match(unassured.detail, /^No custody attestation covers the supply-chain shares/)
  })

  it('says nothing of a battery where it was not signed by its issuer', async () => {
    const other = { id: 'urn:x:another' }
    const honest = await changed({ subject: other })
    const document = JSON.parse(new TextDecoder().decode(honest.bytes))
    const validUntil = '2027-03-14T23:59:59Z'
    const forged = signedDocument('CustodyAttestation', { ...document, validUntil })
    const codes = async (of: Custody) =>
      grave(await verify({ custody: [of] })).filter((code) => code !== 'SCORE_MISMATCH')
    assert.deepEqual(await codes(forged), ['PROOF_INVALID'])
    assert.notDeepEqual(await codes(honest), [])
  })

  describe('that leaves a row uncovered', () => {
    for (const [what, difference] of [
      ['another share', { share: 6999 }],
      ['another facility', { facility: 'urn:epc:id:sgln:9506000.99909.0' }],
      ['another stage', { stage: 'smelting' }],
      ['another material', { material: 'cobalt' }],
      ['another custody model', { custodyModel: 'mass-balance' }],
    ] as const) {
      it(`by ${what} assures nothing as a whole`, async () => {
        const supplyChain = consortium.supplyChain.map((each, index) =>
          index === 1 ? { ...each, ...difference } : each,
        )
        const verdict = await verify({ custody: [await assuring({ supplyChain })] })
        assert.deepEqual(grave(verdict), [])
        assert.equal(verdict.score?.shareAssurance, 'none')
        const [unassured] = verdict.findings.filter(({ code }) => code === 'SHARES_UNASSURED')
        assert.equal(unassured?.found, 'not covered: 1')
        assert.match(unassured.detail, /covers some of the supply-chain shares/)
      })
    }

    it('does not meet a policy that asks for assurance', async () => {
      const partial = await assuring({ supplyChain: [row(0)] })
      const policy = { minimumShareAssurance: 'limited' }
      assert.deepEqual(grave(await verify({ custody: [partial], policy })), ['POLICY_MINIMUM'])
    })
  })

  const refused: readonly [string, readonly string[], () => Promise<Sent>][] = [
    [
      'about another model',
      ['SUBJECT_MISMATCH'],
      async () => ({ custody: [await assuring({ id: 'https://id.packmaker.example/01/1' })] }),
    ],
    [
      'about a batch the passport does not name',
      ['SUBJECT_MISMATCH'],
      async () => ({ custody: [await assuring({ granularity: 'batch' })] }),
    ],
    [
      'of another manufacturer',
      ['SUBJECT_MISMATCH'],
      async () => ({
        custody: [await assuring({ manufacturer: consortium.parties.refiner.did })],
      }),
    ],
    [
      'with no row of this battery',
      ['ACTIVITY_MISMATCH'],
      async () => ({ custody: [await assuring({ supplyChain: [{ ...row(0), share: 1 }] })] }),
    ],
    [
      'with several shares of one facility',
      ['SHARES_INVALID'],
      async () => ({
        custody: [await assuring({ supplyChain: [row(1), { ...row(1), share: 2000 }] })],
      }),
    ],
    [
      'for another production window',
      ['PRODUCTION_WINDOW'],
      async () => ({
        custody: [
          await assuring({ productionWindow: { from: '2025-01-01', until: '2026-09-14' } }),
        ],
      }),
    ],
    [
      'on a period too long ago',
      ['PERIOD'],
      async () => ({
        custody: [await assuring({ period: { from: '2019-01-01', until: '2019-12-31' } })],
      }),
    ],
    [
      'stated inside its period',
      ['STATEMENT_DATE'],
      async () => ({ custody: [await assuring({ statementDate: '2025-12-31' })] }),
    ],
    [
      'stated after it was signed',
      ['STATEMENT_DATE'],
      async () => ({ custody: [await assuring({ statementDate: '2026-03-17' })] }),
    ],
    [
      'that had ended when the passport was signed',
      ['EXPIRED'],
      async () => ({
        custody: [await changed({ credential: { validUntil: '2026-09-20T11:59:59Z' } })],
      }),
    ],
    [
      'of which a byte was changed',
      ['DIGEST_MISMATCH'],
      async () => {
        const other = await assuring({ assuranceLevel: 'reasonable' })
        return { add: [other], omit: (signed) => signed === custody }
      },
    ],
    [
      'that is not at hand',
      ['REFERENCE_MISSING'],
      async () => ({ omit: (signed) => signed === custody }),
    ],
    [
      'whose accreditation is not at hand',
      ['REFERENCE_MISSING'],
      async () => ({ omit: (signed) => signed === accreditation }),
    ],
    [
      'whose list is not at hand',
      ['STATUS_UNREACHABLE'],
      async () => ({
        omit: ({ type, secured }) =>
          type === 'BitstringStatusListCredential' &&
          secured.issuer === consortium.parties.productBody.did,
      }),
    ],
    [
      'that is named twice',
      ['ATTESTATION_CONFLICT'],
      async () => ({ custody: [custody, custody] }),
    ],
    [
      'for a row that another assures at a higher level',
      ['ATTESTATION_CONFLICT'],
      async () => {
        const better = { assuranceLevel: 'reasonable', supplyChain: [row(0)] }
        return {
          custody: [custody, await assuring(better, 'https://productbody.example/custody/0')],
        }
      },
    ],
    [
      'of another body than the accredited one',
      ['ISSUER_NOT_AUTHORISED', 'STATUS_LIST_INVALID'],
      async () => {
        const { socialBody } = consortium.parties
        const { did: issuer, signer } = socialBody
        return { custody: [await changed({ credential: { issuer }, signer })] }
      },
    ],
    ['that is withdrawn', ['REVOKED'], async () => ({ withdrawn: { revoked: [custody.id] } })],
    ['that is suspended', ['SUSPENDED'], async () => ({ withdrawn: { suspended: [custody.id] } })],
  ]

  for (const [what, expected, sent] of refused) {
    it(`${what} is refused with ${expected.join(', ')}`, async () => {
      assert.deepEqual(grave(await verify(await sent())), expected)
    })
  }

  describe('on an accreditation', () => {
    async function onAccreditation(change: Change, policy = {}) {
      const other = await consortium.custodyAccreditation(change)
      const one = await consortium.custody(other)
      const omit = (signed: Signed) => signed === accreditation
      return verify({ custody: [one], add: [other], omit, policy })
    }
    const scope = {
      rulebook: 'chain-of-custody',
      assuranceLevels: ['limited', 'reasonable'],
      engagementTypes: ['verification'],
      subjectTypes: ['Battery'],
      stages: ['*'],
      materials: ['*'],
      countries: ['*'],
    }

    it('for exactly its stages, materials and level is accepted', async () => {
      const exact = {
        ...scope,
        assuranceLevels: ['limited'],
        stages: ['mining', 'refining', 'cell', 'pack'],
        materials: ['lithium', 'nickel'],
      }
      const verdict = await onAccreditation({ subject: { scope: [exact] } })
      assert.deepEqual(grave(verdict), [])
      assert.equal(verdict.score?.shareAssurance, 'limited')
    })

    for (const [what, narrowed] of [
      ['a rulebook alone', { rulebook: 'small-climate' }],
      ['another level', { assuranceLevels: ['reasonable'] }],
      ['facilities alone', { subjectTypes: ['Facility'] }],
      ['not all of its stages', { stages: ['mining', 'refining', 'cell'] }],
      ['not all of its materials', { materials: ['nickel'] }],
    ] as const) {
      const withDigests = () =>
        'rulebook' in narrowed ? { rulebookDigests: [consortium.method.digestMultibase] } : {}

      it(`for ${what} is refused with ACCREDITATION_SCOPE`, async () => {
        const entry = { ...scope, ...narrowed, ...withDigests() }
        const verdict = await onAccreditation({ subject: { scope: [entry] } })
        assert.deepEqual(grave(verdict), ['ACCREDITATION_SCOPE'])
      })

      it(`for ${what} does not count where the policy rescores`, async () => {
        const entry = { ...scope, ...narrowed, ...withDigests() }
        const policy = { uncountedAttestation: 'rescore' }
        const verdict = await onAccreditation({ subject: { scope: [entry] } }, policy)
        assert.equal(verdict.outcome, 'accepted')
        assert.equal(verdict.score?.shareAssurance, 'none')
      })
    }

    it('that had ended is refused with ACCREDITATION_TIME', async () => {
      const validUntil = '2026-03-01T00:00:00Z'
      assert.deepEqual(grave(await onAccreditation({ credential: { validUntil } })), [
        'ACCREDITATION_TIME',
      ])
    })
  })

  describe('of a body', () => {
    it('in the group of the manufacturer is refused with NOT_INDEPENDENT', async () => {
      const { productBody } = consortium.parties
      const passport = { subject: { manufacturerGroup: productBody.ultimateParentLei } }
      assert.ok(grave(await verify({ passport })).includes('NOT_INDEPENDENT'))
    })

    it('in the group of an operator of its rows is refused, where that is registered', async () => {
      const { miner, productBody } = consortium.parties
      const related = await consortium.identity(miner, {
        credential: { id: 'https://registrar.example/identities/miner-group' },
        subject: { ultimateParentLei: productBody.ultimateParentLei },
      })
      const verdict = await verify({ add: [related] })
      assert.deepEqual(grave(verdict), ['NOT_INDEPENDENT'])
      const pack = await assuring({ supplyChain: [row(4)] })
      assert.deepEqual(grave(await verify({ add: [related], custody: [pack] })), [])
    })

    it('in the group that an attestation says an operator is of is refused', async () => {
      const { miner, productBody } = consortium.parties
      const own = consortium.specs.findIndex(({ facility }) => facility?.operator === miner)
      const spec = consortium.specs[own]
      assert.ok(spec !== undefined)
      const attestation = await consortium.attestation(spec, {
        subject: { operatorGroup: productBody.ultimateParentLei },
      })
      const attestations = consortium.replacing(attestation)
      const passport = await consortium.passport({}, { attestations, custody: [custody] })
      const bytes = await consortium.presentation({
        passport,
        attestations,
        add: [accreditation, custody],
      })
      const verdict = await consortium.verifier().verifyPassport(bytes)
      assert.deepEqual(grave(verdict), ['NOT_INDEPENDENT'])
      const [finding] = verdict.findings.filter(({ code }) => code === 'NOT_INDEPENDENT')
      assert.equal(finding?.credential, custody.id)
    })
  })

  describe('that is withdrawn', () => {
    it('lowers the score that counts now where the policy rescores', async () => {
      const policy = { uncountedAttestation: 'rescore' }
      const verdict = await verify({ withdrawn: { revoked: [custody.id] }, policy })
      assert.equal(verdict.outcome, 'accepted')
      assert.deepEqual(warnings(verdict), [
        'REVOKED',
        'SCORE_CHANGED_SINCE_ISSUE',
        'SHARES_UNASSURED',
      ])
      assert.equal(verdict.score?.shareAssurance, 'none')
      const [change] = verdict.findings.filter(({ code }) => code === 'SCORE_CHANGED_SINCE_ISSUE')
      assert.match(change?.expected ?? '', /shares assured: limited as issued$/)
      assert.match(change?.found ?? '', /shares assured: none now$/)
    })

    it('fails a policy that rescores and asks for assured shares', async () => {
      const policy = { uncountedAttestation: 'rescore', minimumShareAssurance: 'limited' }
      const verdict = await verify({ withdrawn: { revoked: [custody.id] }, policy })
      assert.deepEqual(grave(verdict), ['POLICY_MINIMUM'])
    })

    it('after the passport was signed leaves open when that was', async () => {
      const { productBody } = consortium.parties
      const notice = await consortium.notice(productBody, custody, {
        subject: { effectiveFrom: '2026-09-25T00:00:00Z' },
      })
      const withdrawn = { revoked: [custody.id], notices: [{ about: custody.id, notice }] }
      assert.deepEqual(grave(await verify({ withdrawn, add: [notice] })), ['TIME_UNPROVEN'])
      const policy = { acceptSelfAssertedTime: true }
      const trusting = await verify({ withdrawn, add: [notice], policy })
      assert.deepEqual(grave(trusting), [])
      assert.equal(trusting.score?.shareAssurance, 'limited')
    })
  })

  it('that has ended since leaves open when the passport was signed', async () => {
    const short = await changed({ credential: { validUntil: '2026-09-25T00:00:00Z' } })
    assert.deepEqual(grave(await verify({ custody: [short] })), ['TIME_UNPROVEN'])
    const before = await verify({ custody: [short], at: DATES.passport.created, policy: {} })
    assert.ok(!grave(before).includes('TIME_UNPROVEN'))
  })

  it('is remembered only with what it says', async () => {
    const verifier = consortium.verifier()
    const none = await bytesOf({ custody: [] })
    const limited = await bytesOf({})
    const reasonable = await bytesOf({
      custody: [await assuring({ assuranceLevel: 'reasonable' })],
    })
    const revoked = await bytesOf({ withdrawn: { revoked: [custody.id] } })
    for (const _ of ['first', 'again']) {
      const levels = []
      for (const bytes of [none, limited, reasonable, revoked]) {
        const { score } = await verifier.verifyPassport(bytes)
        levels.push(score?.shareAssurance ?? null)
      }
      assert.deepEqual(levels, ['none', 'limited', 'reasonable', null])
    }
  })

  describe('by itself', () => {
    const alone = async (signed: Custody) =>
      consortium.verifier().verifyCredential(signed.bytes, { with: [await bytesOf({})] })

    it('is accepted with its chain', async () => {
      assert.deepEqual(grave(await alone(custody)), [])
    })

    it('is refused for what it says', async () => {
      const early = await assuring({ statementDate: '2025-12-31' })
      assert.deepEqual(grave(await alone(early)), ['STATEMENT_DATE'])
    })

    it('is walked among the attestations of a presentation', async () => {
      const verdict = await consortium.verifier().verifyAttestations(await bytesOf({}))
      const link = verdict.chain.find(({ type }) => type === 'CustodyAttestation')
      assert.equal(link?.result, 'passed')
      const early = await assuring({ statementDate: '2025-12-31' })
      const refused = await consortium
        .verifier()
        .verifyAttestations(await bytesOf({ custody: [early] }))
      assert.deepEqual(grave(refused), ['STATEMENT_DATE'])
    })
  })
})
