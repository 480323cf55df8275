import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import {
  digestMultibase,
  digestOfDocument,
  jcs,
  type VerificationReceipt,
} from '@battery-passport/contexts'
import {
  didDocument,
  generateSigner,
  readDidDocument,
  SecuringError,
  secure,
} from '@battery-passport/keys'
import {
  type AcceptedScore,
  type DeliveryVerdict,
  decodeInput,
  type FindingCode,
  finding,
  type VerifyOptions,
} from '@battery-passport/verifier'
import {
  checkReceipt,
  issueReceipt,
  type ReceiptExpectations,
  type ReceiptQuestion,
  type SignedReceipt,
} from '@battery-passport/verifier/receipts'
import { presentationOf } from '../support/consortium/presentation.ts'
import {
  BATTERY_ID,
  Consortium,
  clockAt,
  NOW,
  type PresentationParts,
} from '../support/consortium.ts'

const ID = 'urn:uuid:5d0f8a5e-2a40-4a2e-9a53-0d6f3c1f7b10'
const encoder = new TextEncoder()

const bytesOf = (document: object) => encoder.encode(JSON.stringify(document))

describe('a receipt', () => {
  const signer = generateSigner()
  let consortium: Consortium
  let input: Uint8Array
  let receipt: SignedReceipt

  /** Verifies and writes the receipt of it. */
  const receiptOf = async (
    bytes: Uint8Array,
    {
      policy = {},
      at = NOW,
      asked = {},
      by = signer,
    }: {
      readonly policy?: Readonly<Record<string, unknown>>
      readonly at?: string
      readonly asked?: VerifyOptions & { readonly with?: readonly Uint8Array[] }
      readonly by?: typeof signer
    } = {},
  ) => {
    const verification = await consortium.verifier(policy, at).verifyDelivery(bytes, asked)
    return issueReceipt({
      id: ID,
      verification,
      ...(asked.with === undefined ? {} : { with: asked.with }),
      policy: consortium.policy(policy),
      clock: clockAt(at),
      signer: by,
    })
  }
  const check = (
    document: object,
    more: Partial<ReceiptExpectations> & { readonly at?: string; readonly now?: string } = {},
  ) => {
    const { now = NOW, ...question } = more
    const expectIssuer = issuerOf(document)
    return checkReceipt(bytesOf(document), { clock: clockAt(now), expectIssuer, ...question })
  }
  const codes = async (...[document, more]: Parameters<typeof check>) => {
    const { holds, findings } = await check(document, more)
    assert.equal(holds, findings.length === 0)
    for (const { expected, found, remedy } of findings) assert.ok(expected && found && remedy)
    return findings.map(({ code }) => code)
  }

  before(async () => {
    consortium = await Consortium.assemble()
    input = await consortium.presentation()
    receipt = await receiptOf(input)
  })

  describe('says', () => {
    it('what was verified, by what, when, and what came of it', async () => {
      const passport = await consortium.passport()
      const verdict = await consortium.verifier().verifyPassport(input)
      const { version } = JSON.parse(
        readFileSync(new URL('../../verifier/package.json', import.meta.url), 'utf8'),
      )
      const { codes: listed, ...subject } = receipt.credentialSubject
      assert.deepEqual(subject, {
        type: 'PassportVerification',
        input: { digestMultibase: digestMultibase(input) },
        passport: passport.reference,
        battery: passport.secured.credential.credentialSubject.id,
        added: [],
        policy: { digestMultibase: consortium.policy().digestMultibase },
        anchors: [
          {
            id: consortium.parties.schemeOwner.did,
            role: 'scheme-owner',
            from: '2020-01-01T00:00:00Z',
            until: '2039-12-31T23:59:59Z',
          },
          {
            id: consortium.parties.registrar.did,
            role: 'registrar',
            from: '2020-01-01T00:00:00Z',
            until: '2039-12-31T23:59:59Z',
          },
        ],
        at: NOW,
        verifiedAt: NOW,
        statusAsOf: '2026-09-30T22:00:00Z',
        verifier: { name: '@battery-passport/verifier', version },
        outcome: 'accepted',
        score: verdict.score,
      })
      assert.deepEqual(
        new Set(listed.map(({ code }) => code)),
        new Set(verdict.findings.map(({ code }) => code)),
      )
      assert.equal(receipt.issuer, signer.did)
      assert.deepEqual(receipt.type, ['VerifiableCredential', 'VerificationReceipt'])
    })

    it('the method and every rulebook by its digest, in the score', () => {
      const { score } = receipt.credentialSubject
      assert.equal(score?.method.digestMultibase, consortium.method.digestMultibase)
      assert.deepEqual(
        score?.rulebooks.map((each) => each.digestMultibase),
        consortium.method.rulebooks.map(({ rulebook }) => consortium.pin(rulebook).digestMultibase),
      )
    })

    it('what was added, in its order', async () => {
      const passport = (await consortium.passport()).bytes
      const rest = await consortium.presentation({ omit: ({ type }) => type === 'BatteryPassport' })
      const [list] = await consortium.statusLists()
      assert.ok(list)
      const added = [rest, list.bytes]
      const { credentialSubject } = await receiptOf(passport, { asked: { with: added } })
      assert.equal(credentialSubject.outcome, 'accepted')
      assert.deepEqual(
        credentialSubject.added.map((each) => each.digestMultibase),
        added.map((bytes) => digestMultibase(bytes)),
      )
    })

    it('each code with its severity once, the worst first, and no score of a rejection', async () => {
      const [first] = consortium.attestations
      assert.ok(first)
      const lists = await consortium.statusLists({ revoked: [first.id] })
      const revoked = await consortium.presentation({ lists })
      const { credentialSubject } = await receiptOf(revoked)
      assert.equal(credentialSubject.outcome, 'rejected')
      assert.ok(!('score' in credentialSubject))
      assert.deepEqual(credentialSubject.codes[0], { code: 'REVOKED', severity: 'error' })
      const rescored = await receiptOf(revoked, { policy: { uncountedAttestation: 'rescore' } })
      assert.equal(rescored.credentialSubject.outcome, 'accepted')
      assert.deepEqual(
        rescored.credentialSubject.codes.filter(({ code }) => code === 'REVOKED'),
        [{ code: 'REVOKED', severity: 'warning' }],
      )
    })

    it('its codes in one order, whatever the order of the findings', async () => {
      const verification = await consortium.verifier().verifyDelivery(encoder.encode('{}'))
      const place = { credential: '', pointer: '', detail: 'It.', expected: 'a', found: 'b' }
      const at = (code: FindingCode) => finding(code, place)
      for (const [first, ...more] of [
        ['SCHEMA', 'EXPIRED', 'REVOKED', 'EXPIRED'],
        ['EXPIRED', 'REVOKED', 'EXPIRED', 'SCHEMA'],
      ] as const) {
        const findings = [at(first), ...more.map(at)] as const
        const { verdict } = verification
        assert.ok(verdict.outcome === 'rejected')
        const made = await issueReceipt({
          id: ID,
          verification: { battery: null, verdict: { ...verdict, findings } },
          policy: consortium.policy(),
          clock: clockAt(),
          signer,
        })
        assert.deepEqual(
          made.credentialSubject.codes.map(({ code }) => code),
          ['EXPIRED', 'REVOKED', 'SCHEMA'],
        )
      }
    })

    it('nothing of a passport where none can be read', async () => {
      const { credentialSubject } = await receiptOf(encoder.encode('not JSON'))
      assert.equal(credentialSubject.outcome, 'rejected')
      for (const member of ['passport', 'battery', 'statusAsOf', 'score']) {
        assert.ok(!(member in credentialSubject), member)
      }
      assert.deepEqual(credentialSubject.codes, [{ code: 'JSON_INVALID', severity: 'error' }])
    })

    it('the instant that was asked for beside the clock', async () => {
      const at = '2026-09-30T23:00:00Z'
      const { credentialSubject, validFrom } = await receiptOf(input, { asked: { at } })
      assert.deepEqual([validFrom, credentialSubject.at], [at, at])
      assert.equal(credentialSubject.verifiedAt, NOW)
    })
  })

  describe('lasts', () => {
    const endOf = async (parts: PresentationParts, policy = {}) =>
      (await receiptOf(await consortium.presentation(parts), { policy })).validUntil

    it('until the first of the lists it rests on ends', async () => {
      assert.equal(receipt.validUntil, '2026-10-07T22:00:00Z')
      const { climateBody } = consortium.parties
      const validUntil = '2026-10-02T06:00:00Z'
      const early = await consortium.board.lists(climateBody, {}, { credential: { validUntil } })
      const others = (await consortium.statusLists()).filter(
        ({ id }) => !early.some((list) => list.id === id),
      )
      assert.equal(await endOf({ lists: [...early, ...others] }), validUntil)
    })

    it('until the first of them is older than the policy allows', async () => {
      const policy = { statusMaximumAgeSeconds: 86_400 }
      assert.equal(await endOf({}, policy), '2026-10-01T22:00:00Z')
    })

    it('no longer than what it rests on, and not for want of a list that it did not use', async () => {
      const validUntil = '2026-10-03T00:00:00Z'
      const passport = await consortium.passport({ credential: { validUntil } })
      assert.equal(await endOf({ passport }), validUntil)
      const { miner } = consortium.parties
      const strange = await consortium.board.lists(
        miner,
        {},
        { credential: { validUntil: '2026-10-01T01:00:00Z' } },
      )
      assert.equal(await endOf({ add: strange }), '2026-10-07T22:00:00Z')
    })

    it('until its own instant where what it rests on ends then', async () => {
      const passport = await consortium.passport({ credential: { validUntil: NOW } })
      assert.equal(await endOf({ passport }), NOW)
    })

    it('until the end of its lists where what had ended before was judged as such', async () => {
      const passport = await consortium.passport({
        credential: { validUntil: '2026-09-30T23:59:59Z' },
      })
      assert.equal(await endOf({ passport }), '2026-10-07T22:00:00Z')
    })

    it('for its own instant where no list says more', async () => {
      assert.equal((await receiptOf(encoder.encode('{}'))).validUntil, NOW)
      const stale = await receiptOf(input, { asked: { at: '2026-12-01T00:00:00Z' } })
      assert.equal(stale.credentialSubject.outcome, 'indeterminate')
      assert.equal(stale.validUntil, '2026-12-01T00:00:00Z')
    })
  })

  describe('is signed', () => {
    it('by Ed25519 keys alone', async () => {
      const by = generateSigner('P-256')
      await assert.rejects(receiptOf(input, { by }), (error) => error instanceof SecuringError)
    })

    it('only of the policy that was verified under', async () => {
      const verification = await consortium.verifier().verifyDelivery(input)
      const policy = consortium.policy({ requireCurrent: true })
      const request = { id: ID, verification, policy, clock: clockAt(), signer }
      await assert.rejects(issueReceipt(request), /^TypeError: policy: expected zQm/)
    })

    it('only of a policy that was checked', async () => {
      const verification = await consortium.verifier().verifyDelivery(input)
      const policy = JSON.parse('{}')
      const request = { id: ID, verification, policy, clock: clockAt(), signer }
      await assert.rejects(issueReceipt(request), /^TypeError: policy: expected the policy that/)
    })

    it('only in its form', async () => {
      const verification = await consortium.verifier().verifyDelivery(input)
      const policy = consortium.policy()
      const request = { id: 'no id', verification, policy, clock: clockAt(), signer }
      await assert.rejects(issueReceipt(request), /without its form.*\/id/)
    })
  })

  describe('holds', () => {
    it('as it was signed, whoever writes it in whatever order', async () => {
      assert.deepEqual(await check(receipt), {
        holds: true,
        at: NOW,
        receipt: unsigned(),
        findings: [],
      })
      const { proof, ...rest } = receipt
      assert.deepEqual(await codes({ proof, ...rest }), [])
      assert.deepEqual(await codes(JSON.parse(jcs(receipt))), [])
    })

    it('from its instant to its end, and no longer', async () => {
      assert.deepEqual(await codes(receipt, { at: '2026-10-07T22:00:00Z' }), [])
      assert.deepEqual(await codes(receipt, { at: '2026-10-07T22:01:01Z' }), ['EXPIRED'])
      assert.deepEqual(await codes(receipt, { at: '2026-09-30T23:58:59Z' }), ['NOT_YET_VALID'])
      assert.deepEqual(await codes(receipt, { now: '2026-11-01T00:00:00Z' }), ['EXPIRED'])
    })

    it('for what was verified, and for nothing else', async () => {
      const other = encoder.encode(`${new TextDecoder().decode(input)} `)
      const policy = consortium.policy()
      assert.deepEqual(await codes(receipt, { input, policy, with: [] }), [])
      assert.deepEqual(await codes(receipt, { input: other }), ['DIGEST_MISMATCH'])
      const stricter = consortium.policy({ requireCurrent: true })
      assert.deepEqual(await codes(receipt, { policy: stricter }), ['DIGEST_MISMATCH'])
      assert.deepEqual(await codes(receipt, { with: [other] }), ['DIGEST_MISMATCH'])
    })

    it('and otherwise says where it differs, from what, and who can mend it', async () => {
      const other = encoder.encode('another')
      const policy = consortium.policy({ requireCurrent: true })
      const asked = { input: other, policy, with: [other], expectIssuer: 'did:key:z6Mk' } as const
      const more = { expectSubject: 'urn:uuid:another', expectOutcome: 'rejected' } as const
      const { findings } = await check(receipt, { ...asked, ...more })
      const { credentialSubject: subject, issuer } = receipt
      const digest = digestMultibase(other)
      assert.deepEqual(
        findings.map(({ code, pointer, expected, found }) => [code, pointer, expected, found]),
        [
          [
            'DIGEST_MISMATCH',
            '/credentialSubject/input/digestMultibase',
            digest,
            subject.input.digestMultibase,
          ],
          [
            'DIGEST_MISMATCH',
            '/credentialSubject/policy/digestMultibase',
            policy.digestMultibase,
            subject.policy.digestMultibase,
          ],
          ['DIGEST_MISMATCH', '/credentialSubject/added', digest, 'nothing added'],
          ['ISSUER_MISMATCH', '/issuer', 'did:key:z6Mk', issuer],
          [
            'SUBJECT_UNEXPECTED',
            '/credentialSubject/battery',
            'urn:uuid:another',
            subject.battery ?? '',
          ],
          ['OUTCOME_UNEXPECTED', '/credentialSubject/outcome', 'rejected', 'accepted'],
        ],
      )
      assert.deepEqual(
        findings.flatMap(({ code, whose, severity, detail }) =>
          code === 'DIGEST_MISMATCH' ? [[whose, severity, detail.split(' ').at(-1)]] : [],
        ),
        [
          ['holder', 'error', 'input.'],
          ['holder', 'error', 'policy.'],
          ['holder', 'error', 'credentials.'],
        ],
      )
      const outcome = findings.at(-1)
      assert.deepEqual([outcome?.whose, outcome?.severity], ['verifier', 'error'])
    })

    it('and, once it has ended, its reader can verify again', async () => {
      const [ended] = (await check(receipt, { at: '2026-10-07T22:01:01Z' })).findings
      assert.equal(ended?.whose, 'verifier')
      assert.match(ended?.remedy ?? '', /^Verify the passport again/)
    })

    it('for all that was added, in any order', async () => {
      const added = (await consortium.statusLists()).map(({ bytes }) => bytes)
      const made = await receiptOf(input, { asked: { with: added } })
      assert.deepEqual(await codes(made, { with: [...added].reverse() }), [])
      assert.deepEqual(await codes(made, { with: added.slice(1) }), ['DIGEST_MISMATCH'])
      assert.deepEqual(await codes(made), [])
    })

    it('for the issuer, the battery and the outcome that are expected', async () => {
      const { battery } = receipt.credentialSubject
      assert.ok(battery)
      const right = { expectIssuer: signer.did, expectSubject: battery } as const
      assert.deepEqual(await codes(receipt, { ...right, expectOutcome: 'accepted' }), [])
      assert.deepEqual(await codes(receipt, { expectIssuer: generateSigner().did }), [
        'ISSUER_MISMATCH',
      ])
      assert.deepEqual(await codes(receipt, { expectSubject: 'urn:uuid:another' }), [
        'SUBJECT_UNEXPECTED',
      ])
      assert.deepEqual(await codes(receipt, { expectOutcome: 'rejected' }), ['OUTCOME_UNEXPECTED'])
    })
  })

  describe('does not hold', () => {
    const changed = (change: object): object => ({
      ...receipt,
      credentialSubject: { ...receipt.credentialSubject, ...change },
    })

    it('with anything changed after it was signed', async () => {
      for (const document of [
        changed({ at: '2026-10-01T00:00:01Z' }),
        changed({ score: { ...receipt.credentialSubject.score, value: 9999, upper: 9999 } }),
        changed({ codes: [] }),
        { ...receipt, validUntil: '2036-10-07T22:00:00Z' },
      ]) {
        assert.deepEqual(await codes(document), ['PROOF_INVALID'])
      }
    })

    it('in another form than its own', async () => {
      for (const [document, expected] of [
        [changed({ remark: 'more' }), ['SCHEMA']],
        [changed({ outcome: 'rejected' }), ['SCHEMA']],
        [unsigned(), ['PROOF_MISSING']],
        [{ ...receipt, proof: [receipt.proof, receipt.proof] }, ['PROOF_COUNT']],
        [
          { ...receipt, '@context': [...receipt['@context'], 'urn:x'] },
          ['SCHEMA', 'CONTEXT_NOT_ALLOWED'],
        ],
        [[receipt], ['SCHEMA']],
        [(await consortium.passport()).document, null],
      ] as const) {
        const found = await codes(document)
        if (expected === null) assert.ok(found.includes('SCHEMA'))
        else assert.deepEqual(found, expected)
      }
      const twice = JSON.stringify(receipt).replace('{', '{"issuer":"did:key:z6Mk",')
      const { findings } = await checkReceipt(encoder.encode(twice), {
        clock: clockAt(),
        expectIssuer: signer.did,
      })
      assert.equal(findings[0]?.code, 'JSON_DUPLICATE_KEY')
    })

    it('secured in another way than receipts are', async () => {
      for (const form of ['eddsa-rdfc-2022', 'vc+jwt'] as const) {
        const made = await secure(unsigned(), { signer, form, created: NOW })
        const bytes =
          made.kind === 'compact' ? encoder.encode(made.compact) : bytesOf(made.document)
        const { holds, findings } = await checkReceipt(bytes, {
          clock: clockAt(),
          expectIssuer: signer.did,
        })
        assert.equal(holds, false)
        const expected = form === 'vc+jwt' ? 'JSON_INVALID' : 'PROOF_SUITE_NOT_ALLOWED'
        assert.deepEqual(
          findings.map(({ code }) => code),
          [expected],
        )
      }
    })

    it('signed by another than its issuer, in the future, or by a weak or distrusted signer', async () => {
      const stranger = generateSigner()
      const forged = await receiptOf(input, { by: stranger })
      const named = { ...forged, issuer: signer.did }
      assert.deepEqual(await codes(named), ['KEY_NOT_AUTHORISED'])
      const early = await codes(await receiptOf(input, { at: '2026-10-01T00:02:00Z' }))
      assert.deepEqual(early, ['PROOF_TIME', 'NOT_YET_VALID'])
      const distrust = (rule: object) =>
        consortium.policy({ distrust: [{ ...rule, reason: 'Left the firm.' }] })
      for (const rule of [{ did: signer.did }, { key: signer.publicKey.thumbprint }]) {
        const policy = distrust(rule)
        const made = await receiptOf(input, { policy: { distrust: policy.source.distrust } })
        assert.deepEqual(await codes(made, { policy }), ['DISTRUSTED'])
      }
      const since = distrust({ did: signer.did, since: '2026-10-02T00:00:00Z' })
      const made = await receiptOf(input, { policy: { distrust: since.source.distrust } })
      assert.deepEqual(await codes(made, { policy: since }), ['TIME_UNPROVEN'])
    })

    it('that ends before it begins, is longer than receipts are, or of no battery', async () => {
      const { proof: _, ...rest } = receipt
      const resigned = async (members: object) => {
        const made = await secure(
          { ...rest, ...members },
          { signer, form: 'eddsa-jcs-2022', created: NOW },
        )
        assert.ok(made.kind === 'document')
        return made.document
      }
      const { findings } = await check(await resigned({ validUntil: '2026-09-30T23:59:59Z' }))
      assert.deepEqual(
        findings.map(({ code, pointer }) => [code, pointer]),
        [['SCHEMA', '/validUntil']],
      )
      assert.equal(findings[0]?.whose, 'issuer')
      assert.doesNotMatch(findings[0]?.remedy ?? '', /Verify the passport again/)
      const { validFrom } = rest
      assert.deepEqual(await codes(await resigned({ validFrom, validUntil: validFrom })), [])
      const id = `urn:x:${'a'.repeat(256 * 1024)}`
      assert.ok((await codes({ ...receipt, id })).includes('LIMIT_EXCEEDED'))
      const spaced = encoder.encode(JSON.stringify(receipt) + ' '.repeat(256 * 1024))
      const { findings: oversize } = await checkReceipt(spaced, {
        clock: clockAt(),
        expectIssuer: signer.did,
      })
      assert.deepEqual(
        oversize.map(({ code, pointer }) => [code, pointer]),
        [['LIMIT_EXCEEDED', '']],
      )
      const ofNone = await receiptOf(encoder.encode('no passport'))
      const asked = { expectSubject: BATTERY_ID }
      const unexpected = (await check(ofNone, asked)).findings
      assert.deepEqual(
        unexpected.map(({ code, found }) => [code, found]),
        [['SUBJECT_UNEXPECTED', 'none']],
      )
    })

    it('without the verifier that is trusted: anybody could have signed it', async () => {
      const forged = bytesOf(await receiptOf(input, { by: generateSigner() }))
      const anybody: { readonly clock: ReturnType<typeof clockAt> } = { clock: clockAt() }
      // @ts-expect-error: the compiler asks for it
      await assert.rejects(checkReceipt(forged, anybody), /^TypeError: expectIssuer: expected the/)
      const empty = checkReceipt(forged, { ...anybody, expectIssuer: '' })
      await assert.rejects(empty, /^TypeError: expectIssuer: expected .*, found ""/)
      const { holds, findings } = await checkReceipt(forged, {
        ...anybody,
        expectIssuer: signer.did,
      })
      assert.equal(holds, false)
      assert.deepEqual(
        findings.map(({ code }) => code),
        ['ISSUER_MISMATCH'],
      )
    })

    it('at what is no instant: that is a mistake of who asks', async () => {
      await assert.rejects(check(receipt, { at: 'soon' }), /at: expected RFC 3339/)
      assert.deepEqual(await codes(receipt, { at: NOW }), [])
    })

    it('that cannot be read: its faults are of the input as a whole', async () => {
      for (const [text, code] of [
        ['{"a":1,"a":2}', 'JSON_DUPLICATE_KEY'],
        ['[]', 'SCHEMA'],
        ['{}', 'SCHEMA'],
      ] as const) {
        const { receipt: none, findings } = await checkReceipt(encoder.encode(text), {
          clock: clockAt(),
          expectIssuer: signer.did,
        })
        assert.equal(none, null)
        const [first] = findings
        assert.deepEqual([first?.code, first?.credential], [code, ''])
        if (text !== '{}') assert.equal(first?.pointer, code === 'SCHEMA' ? '' : '/a')
        else assert.ok(findings.every(({ pointer }) => !pointer.startsWith('mutated')))
      }
    })

    it('by a signer whose DID cannot be resolved', async () => {
      const by = generateSigner('Ed25519', 'did:web:verifier.example')
      assert.deepEqual(await codes(await receiptOf(input, { by })), ['DID_UNRESOLVED'])
    })
  })

  describe('of a did:web', () => {
    const by = generateSigner('Ed25519', 'did:web:verifier.example')
    const document = didDocument(by.publicKey, { did: by.did, url: by.verificationMethod })
    const asked = async (
      made: object,
      question: Omit<ReceiptQuestion, 'clock' | 'expectIssuer'>,
      now = NOW,
    ) => {
      const { did: expectIssuer } = by
      const asked = { clock: clockAt(now), expectIssuer, ...question }
      const { findings } = await checkReceipt(bytesOf(made), asked)
      return findings.map(({ code }) => code)
    }

    it('holds under the document that the policy pins, or names by a file', async () => {
      const pinned = { didDocuments: [{ did: by.did, document }] }
      const made = await receiptOf(input, { by, policy: pinned })
      assert.deepEqual(await asked(made, { policy: consortium.policy(pinned) }), [])
      const digest = digestOfDocument(document)
      const named = {
        didDocuments: [{ did: by.did, file: 'verifier.json', digestMultibase: digest }],
      }
      const other = await receiptOf(input, { by, policy: named })
      const policy = consortium.policy(named)
      assert.deepEqual(await asked(other, { policy }), ['DID_UNRESOLVED'])
      assert.deepEqual(await asked(other, { policy, didDocuments: [document] }), [])
    })

    it('holds under the document that a resolver finds', async () => {
      const made = await receiptOf(input, { by })
      const found = readDidDocument(document, by.did)
      const resolver = {
        resolve: async (did: string) => {
          assert.equal(did, by.did)
          return found.ok ? found : assert.fail(found.detail)
        },
      }
      assert.deepEqual(await asked(made, { resolver }), [])
    })

    it('cannot be dated back from behind the end of its key', async () => {
      const [method] = document.verificationMethod
      const revoked = {
        ...document,
        verificationMethod: [{ ...method, revoked: '2026-10-02T00:00:00Z' }],
      }
      const pinned = { didDocuments: [{ did: by.did, document: revoked }] }
      const made = await receiptOf(input, { by, policy: pinned })
      const question = { policy: consortium.policy(pinned), at: NOW }
      assert.deepEqual(await asked(made, question), [])
      const later = await asked(made, question, '2026-10-02T00:00:00Z')
      assert.equal(later.length, 1)
      assert.ok(['KEY_REVOKED', 'TIME_UNPROVEN'].includes(later[0] ?? ''), later.join())
    })
  })

  it('allows clocks to differ by as much as the policy says', async () => {
    const question = { at: '2026-09-30T23:59:30Z' }
    assert.deepEqual(await codes(receipt, question), [])
    const exact = { clockSkewSeconds: 0 }
    const made = await receiptOf(input, { policy: exact })
    const policy = consortium.policy(exact)
    assert.deepEqual(await codes(made, { ...question, policy }), ['NOT_YET_VALID'])
  })

  describe('is evidence of nothing', () => {
    it('for a verifier that is given it as a passport or as an attestation', async () => {
      const verifier = consortium.verifier()
      for (const bytes of [bytesOf(receipt), presentationOf([asSigned(receipt)])]) {
        const verdict = await verifier.verifyPassport(bytes)
        assert.equal(verdict.outcome, 'rejected')
        assert.ok(verdict.findings.some(({ code }) => code === 'SCHEMA'))
        assert.equal((await verifier.verifyCredential(bytes)).outcome, 'rejected')
        assert.deepEqual(
          decodeInput(bytes).documents.map(({ ok }) => ok),
          [false],
        )
      }
    })

    it('in the place of what a passport rests on', async () => {
      const [first, ...others] = consortium.attestations
      assert.ok(first)
      const evidence = { ...receipt, id: first.id }
      const passport = await consortium.passport({
        subject: {
          attestations: [
            { ...first.reference, digestMultibase: digestMultibase(jcs(evidence)) },
            ...others.map(({ reference }) => reference),
          ],
        },
      })
      const bytes = await consortium.presentation({
        passport,
        attestations: others,
        add: [asSigned(evidence)],
      })
      const verdict = await consortium.verifier().verifyPassport(bytes)
      assert.equal(verdict.outcome, 'rejected')
      assert.ok(
        verdict.findings.some(
          ({ code, credential }) => code === 'SCHEMA' && credential === first.id,
        ),
      )
    })

    it('beside a passport: it changes no verdict', async () => {
      const bare = (await consortium.passport()).bytes
      const alone = await consortium.verifier().verifyPassport(bare)
      const beside = await consortium.verifier().verifyPassport(bare, { with: [bytesOf(receipt)] })
      assert.equal(beside.outcome, 'indeterminate')
      const unused = beside.findings.filter(({ code }) => code === 'CREDENTIAL_UNUSED')
      assert.deepEqual(
        unused.map(({ credential }) => credential),
        [ID],
      )
      assert.deepEqual(
        beside.findings.filter((each) => !unused.includes(each)),
        alone.findings,
      )
    })

    it('to the compiler: its score is no AcceptedScore', async () => {
      const checked = await check(receipt)
      assert.ok(checked.holds)
      // @ts-expect-error: only the last step of a verification makes one
      const score: AcceptedScore | undefined = checked.receipt.credentialSubject.score
      assert.ok(score)
      // @ts-expect-error: nor is a receipt a verdict
      const verification: DeliveryVerdict = { verdict: checked.receipt, battery: null }
      assert.ok(verification)
    })
  })

  /** What most of these tests are not about: that the signer is expected. */
  function issuerOf(document: object): string {
    return 'issuer' in document && typeof document.issuer === 'string'
      ? document.issuer
      : signer.did
  }

  function unsigned(): VerificationReceipt {
    const { proof: _, ...rest } = receipt
    return rest
  }
})

/** A receipt as a presentation takes credentials. */
function asSigned(document: { readonly id: string }) {
  const id = document.id
  return { id, document, type: 'RulebookAttestation' } as unknown as Parameters<
    typeof presentationOf
  >[0][number]
}
