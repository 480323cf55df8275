import assert from 'node:assert/strict'
import { BoundedCache, generateSigner } from '@battery-passport/keys'
import { listsSeen } from '@battery-passport/verifier'
import { type BitstringResult, MAXIMUM_BYTES } from '../../verifier/reading/bitstring.ts'
import { decodedLists } from '../../verifier/status/decoded-lists.ts'
import {
  aboutFindings,
  answeredIndicators,
  noticeFindings,
  sinceOf,
} from '../../verifier/status/notice-rules.ts'
import { newestSeen } from '../../verifier/status/seen-lists.ts'
import {
  keysInWords,
  notSigned,
  ownSigner,
  signersOf,
  startInWords,
} from '../../verifier/status/status-signers.ts'
import { supposedWithdrawal } from '../../verifier/status/supposed-withdrawal.ts'
import { type Withdrawal, withdrawalEffects } from '../../verifier/status/withdrawal.ts'
import { Consortium, type Signed } from '../support/consortium.ts'

const INSTANT = '2026-09-20T12:00:00Z'
const AT = Date.parse(INSTANT) / 1000

describe('What is said of a status, piece by piece:', () => {
  let consortium: Consortium
  let attestation: Signed<'RulebookAttestation'>
  let passport: Signed<'BatteryPassport'>

  before(async () => {
    consortium = await Consortium.assemble()
    attestation = consortium.attestations[0] ?? assert.fail()
    passport = await consortium.passport()
  })

  /** A notice about the attestation, as it is after its subject was changed. */
  const noticeOf = async (subject: Readonly<Record<string, unknown>>) => {
    const { secured } = await consortium.notice(consortium.parties.climateBody, attestation)
    const { effectiveFrom: _, ...honest } = secured.credential.credentialSubject
    const credentialSubject = { ...honest, ...subject }
    return { ...secured, credential: { ...secured.credential, credentialSubject } }
  }

  describe('a notice', () => {
    it('begins when it takes effect, or is void from, by the name of that', async () => {
      assert.deepEqual(sinceOf(await noticeOf({ effectiveFrom: INSTANT })), {
        member: 'effectiveFrom',
        text: INSTANT,
      })
      assert.deepEqual(sinceOf(await noticeOf({ voidFrom: INSTANT })), {
        member: 'voidFrom',
        text: INSTANT,
      })
      assert.deepEqual(sinceOf(await noticeOf({})), { member: 'voidFrom', text: '' })
    })

    it('that begins at no instant, or too late, is refused at the place of it', async () => {
      for (const [subject, pointer, found] of [
        [{ voidFrom: 'once' }, '/credentialSubject/voidFrom', 'once'],
        [{ effectiveFrom: 'once' }, '/credentialSubject/effectiveFrom', 'once'],
        [{ voidFrom: '2039-01-01T00:00:00Z' }, '/credentialSubject/voidFrom', undefined],
      ] as const) {
        const notice = await noticeOf(subject)
        const [fault, ...more] = noticeFindings(notice, attestation.secured)
        assert.equal(fault?.code, 'SCHEMA')
        assert.equal(fault.pointer, pointer)
        if (found !== undefined) assert.equal(fault.found, found)
        assert.deepEqual(more, [])
      }
      assert.deepEqual(
        noticeFindings(await noticeOf({ voidFrom: INSTANT }), attestation.secured),
        [],
      )
    })

    it('is about the credential of that id and those bytes, and the issuer must mend it', async () => {
      assert.deepEqual(aboutFindings(await noticeOf({}), attestation.secured), [])
      for (const [subject, member] of [
        [{ id: 'urn:example:other' }, 'id'],
        [{ digestMultibase: passport.reference.digestMultibase }, 'digestMultibase'],
        [{ id: 'urn:example:other', digestMultibase: 'zQmOther' }, 'id'],
      ] as const) {
        const [fault] = aboutFindings(await noticeOf(subject), attestation.secured)
        assert.equal(fault?.code, 'DIGEST_MISMATCH')
        assert.equal(fault.pointer, `/credentialSubject/${member}`)
        assert.equal(fault.whose, 'issuer')
      }
    })

    it('withdraws answers of an attestation that gives them, and of nothing else', () => {
      const { credential } = attestation.secured
      const indicators = credential.credentialSubject.results.map(({ indicator }) => indicator)
      assert.deepEqual(answeredIndicators(attestation.secured), new Set(indicators))
      assert.equal(answeredIndicators({ type: 'BatteryPassport', credential }), null)
      const { credential: other } = passport.secured
      assert.equal(answeredIndicators({ type: 'RulebookAttestation', credential: other }), null)
    })
  })

  describe('the status lists of one verification', () => {
    const list = async (digestMultibase: string) => {
      const [signed] = await consortium.board.lists(consortium.parties.climateBody)
      return { ...(signed ?? assert.fail()).secured, digestMultibase }
    }

    it('take the room that they need, and none that they could have needed', async () => {
      for (const [length, holds] of [
        [MAXIMUM_BYTES, 64],
        [MAXIMUM_BYTES / 2, 128],
      ] as const) {
        const remembered = new BoundedCache<BitstringResult>(256)
        const bits = new Uint8Array(length)
        const decoded = decodedLists(remembered)
        for (let number = 0; number < holds; number++) {
          remembered.set(`zQm${number}`, { ok: true, bits })
          assert.notEqual(decoded.bitsOf(await list(`zQm${number}`)), null, `${number}`)
        }
        assert.equal(decoded.bitsOf(await list('zQmOneMore')), null)
      }
    })
  })

  describe('what is remembered of lists', () => {
    it('is of lists that passed, and have a date', async () => {
      const bytes = await consortium.presentation({ passport })
      const { chain } = await consortium.verifier().verifyPassport(bytes)
      const link = chain.find(({ type }) => type === 'BitstringStatusListCredential')
      assert.ok(link !== undefined)
      const seen = (change: Partial<typeof link>) => listsSeen({ chain: [{ ...link, ...change }] })
      const { issuer, credential: id } = link
      const signedAt = INSTANT
      assert.deepEqual(seen({ signedAt }), [{ issuer, id, created: AT }])
      assert.deepEqual(seen({ signedAt, type: 'RulebookAttestation' }), [])
      assert.deepEqual(seen({ signedAt, result: 'unknown' }), [])
      const { signedAt: _, ...undated } = link
      assert.deepEqual(listsSeen({ chain: [undated] }), [])
      assert.deepEqual(seen({ signedAt: 'once' }), [])
    })

    it('is the newest edition, also where all are from before the epoch', () => {
      const name = { id: 'urn:example:list' }
      const signers = [...ownSigner('did:example:a'), ...ownSigner('did:example:b')]
      const known = (a: number | null, b: number | null) =>
        newestSeen(name, { newest: ({ issuer }) => (issuer.endsWith('a') ? a : b) }, signers)
      assert.equal(known(-5, null), -5)
      assert.equal(known(-5, -7), -5)
      assert.equal(known(null, 3), 3)
      assert.equal(known(null, null), null)
    })
  })

  describe('a withdrawal', () => {
    const withdrawal: Withdrawal = {
      purpose: 'revocation',
      credential: 'urn:example:credential',
      pointer: '/credentialStatus/0',
      since: AT,
      withdraws: 'whole',
      said: 'somebody says so',
      expected: 'entry 7 of a list not set',
    }
    const effects = (change: Partial<Withdrawal>, reliedOnAt: number, at: number) => {
      const found = withdrawalEffects([{ ...withdrawal, ...change }], reliedOnAt, { at })
      const { findings, ended, isRevoked, indicators } = found
      for (const { credential, pointer } of [...findings, ...ended.map(({ note }) => note)]) {
        assert.equal(credential, withdrawal.credential)
        assert.equal(pointer, withdrawal.pointer)
      }
      const told = ({ code, expected, found }: (typeof findings)[number]) =>
        `${code}: ${expected}; ${found}`
      return {
        findings: findings.map(told),
        ended: ended.map(({ last, note }) => `${last - AT} ${told(note)}`),
        isRevoked,
        indicators,
      }
    }
    const nothing = { findings: [], ended: [], isRevoked: false, indicators: [] }
    const set = `entry 7 of a list not set; set, from ${INSTANT} on`
    const toCome = `ENDED_SINCE: not withdrawn; ${INSTANT}`
    const INDICATORS = ['small.first', 'small.second']

    const cases: readonly [string, Partial<Withdrawal>, number, number, object][] = [
      [
        'of the whole is void from its second on',
        {},
        AT,
        AT,
        { findings: [`REVOKED: ${set}`], isRevoked: true },
      ],
      [
        'is void where it was relied on then, whatever is asked for',
        {},
        AT,
        AT - 9,
        { findings: [`REVOKED: ${set}`], isRevoked: true },
      ],
      [
        'from the beginning is void before any instant',
        { since: null },
        -9,
        -9,
        { findings: ['REVOKED: entry 7 of a list not set; set'], isRevoked: true },
      ],
      [
        'has ended where it was relied on a second before',
        {},
        AT - 1,
        AT,
        { ended: [`-1 ENDED_SINCE: not withdrawn at ${INSTANT}; set, from ${INSTANT} on`] },
      ],
      [
        'is to come where it is asked about a second before',
        {},
        AT - 1,
        AT - 1,
        { findings: [toCome] },
      ],
      [
        'for a time holds from its second on',
        { purpose: 'suspension' },
        0,
        AT,
        { findings: [`SUSPENDED: ${set}`] },
      ],
      [
        'for a time from the beginning holds at any instant',
        { purpose: 'suspension', since: null },
        0,
        -9,
        { findings: ['SUSPENDED: entry 7 of a list not set; set'] },
      ],
      [
        'for a time is to come a second before',
        { purpose: 'suspension' },
        AT,
        AT - 1,
        { findings: [toCome] },
      ],
      [
        'in part counts from its second on',
        { withdraws: INDICATORS },
        0,
        AT,
        {
          findings: ['WITHDRAWN_IN_PART: nothing withdrawn; small.first, small.second'],
          indicators: INDICATORS,
        },
      ],
      [
        'in part from the beginning counts at any instant',
        { withdraws: INDICATORS, since: null },
        0,
        -9,
        {
          findings: ['WITHDRAWN_IN_PART: nothing withdrawn; small.first, small.second'],
          indicators: INDICATORS,
        },
      ],
      [
        'in part is to come a second before',
        { withdraws: INDICATORS },
        AT,
        AT - 1,
        { findings: [toCome] },
      ],
    ]
    for (const [what, change, reliedOnAt, at, expected] of cases) {
      it(what, () => assert.deepEqual(effects(change, reliedOnAt, at), { ...nothing, ...expected }))
    }
  })

  describe('who may say how a credential stands', () => {
    const { publicKey } = generateSigner()
    const other = generateSigner().publicKey
    const may = (change: object) => [
      { did: 'did:example:a', keys: null, from: null, signsLists: true, ...change },
    ]
    const by = (issuer: string, created = AT) => ({ issuer, created })

    it('is one of those who are named, from then on, with a key that is listed', () => {
      const [a, b] = [by('did:example:a'), by('did:example:b')]
      assert.equal(notSigned(b, may({}), null), 'issuer')
      assert.equal(notSigned(a, [], null), 'issuer')
      assert.equal(notSigned(a, may({}), publicKey), null)
      assert.equal(notSigned(a, may({ from: AT }), null), null)
      assert.equal(notSigned(a, may({ from: AT + 1 }), null), 'time')
      assert.equal(notSigned(by('did:example:a', -9), may({}), null), null)
      const listed = may({ keys: new Set([publicKey.thumbprint]) })
      assert.equal(notSigned(a, listed, null), null)
      assert.equal(notSigned(a, listed, publicKey), null)
      assert.equal(notSigned(a, listed, other), 'key')
      // Named twice: one of the two is enough, and only the one whose time has come.
      assert.equal(notSigned(a, [...listed, ...may({ from: AT })], other), null)
      assert.equal(notSigned(a, [...listed, ...may({ from: AT + 1 })], other), 'key')
    })

    it('is told with the keys that are listed, each once, and when it begins first', () => {
      const signers = [
        ...may({ keys: new Set(['one', 'two']), from: AT + 9 }),
        ...may({ keys: new Set(['two', 'three']), from: AT }),
        ...may({}),
        ...may({ did: 'did:example:b', keys: new Set(['four']), from: 0 }),
      ]
      assert.equal(keysInWords(signers, 'did:example:a'), 'one of one, two, three')
      assert.equal(startInWords(signers, 'did:example:a'), `not before ${INSTANT}`)
    })

    it('is the body itself, whom it named to follow it, and by notices who accredited it', () => {
      const { secured } = consortium.accreditations.get('climateBody') ?? assert.fail()
      const { credential } = secured
      const credentialSubject = {
        ...credential.credentialSubject,
        statusSuccessor: 'did:example:b',
      }
      const naming = { ...secured, credential: { ...credential, credentialSubject } }
      const [above] = ownSigner('did:example:above')
      const furtherUp = { ...(above ?? assert.fail()), did: 'did:example:top', signsLists: false }
      const found = signersOf(secured, [naming], [above ?? assert.fail(), furtherUp])
      const keys = new Set(credentialSubject.keys.map(({ thumbprint }) => thumbprint))
      const from = secured.validity.from
      assert.deepEqual(found, [
        { did: credentialSubject.id, keys, from: null, signsLists: true },
        { did: 'did:example:b', keys: null, from, signsLists: true },
        { did: 'did:example:above', keys: null, from: null, signsLists: false },
      ])
    })
  })

  describe('what is supposed', () => {
    const supposed = { issuer: null, withdraws: 'whole', since: null } as const

    it('of a credential is told as an issuer would, with the place of its entry', () => {
      const { secured } = attestation
      const { credentialStatus } = secured.credential
      const position = credentialStatus.findIndex(
        ({ statusPurpose }) => statusPurpose === 'revocation',
      )
      const entry = credentialStatus[position] ?? assert.fail()
      const expected = {
        purpose: 'revocation',
        credential: secured.id,
        pointer: `/credentialStatus/${position}`,
        since: null,
        withdraws: 'whole',
        said: 'so it is supposed here, from the beginning on; no status list says so',
        expected: `entry ${entry.statusListIndex} of ${entry.statusListCredential} not set`,
      }
      const asked = { ...supposed, credential: secured.id }
      assert.deepEqual(supposedWithdrawal(secured, asked), expected)
      assert.deepEqual(supposedWithdrawal(secured, { ...asked, issuer: secured.issuer }), expected)
      assert.deepEqual(supposedWithdrawal(secured, { ...asked, since: AT }), {
        ...expected,
        since: AT,
        said: `so it is supposed here, from ${INSTANT} on; no status list says so`,
      })
      const [first] = secured.credential.credentialSubject.results
      const part = [first?.indicator ?? assert.fail()]
      assert.deepEqual(supposedWithdrawal(secured, { ...asked, withdraws: [...part, 'no.such'] }), {
        ...expected,
        withdraws: part,
      })
    })

    it('of another, of another issuer, or of no answer is nothing', () => {
      const { secured } = attestation
      const asked = { ...supposed, credential: secured.id }
      assert.equal(supposedWithdrawal(secured, null), null)
      assert.equal(supposedWithdrawal(passport.secured, asked), null)
      assert.equal(supposedWithdrawal(secured, { ...asked, issuer: 'did:example:a' }), null)
      assert.equal(supposedWithdrawal(secured, { ...asked, withdraws: ['no.such'] }), null)
      const ofPassport = { ...asked, credential: passport.id, withdraws: ['no.such'] }
      assert.equal(supposedWithdrawal(passport.secured, ofPassport), null)
    })

    it('of what has no status is nothing', async () => {
      const [list] = await consortium.board.lists(consortium.parties.climateBody)
      const { secured } = list ?? assert.fail()
      assert.equal(supposedWithdrawal(secured, { ...supposed, credential: secured.id }), null)
    })
  })
})
