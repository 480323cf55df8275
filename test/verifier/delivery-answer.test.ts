import assert from 'node:assert/strict'
import {
  createVerifier,
  type Finding,
  finding,
  type PassportVerdict,
  type Severity,
  verifyMany,
} from '@battery-passport/verifier'
import { askedOfAll } from '../../verifier/delivery/delivery.ts'
import { answerOf } from '../../verifier/delivery/delivery-answer.ts'
import { verdictText } from '../../verifier/delivery/verdict-text.ts'
import { Consortium, clockAt } from '../support/consortium.ts'

describe('the answer on what was delivered', () => {
  let verdict: PassportVerdict
  before(async () => {
    const consortium = await Consortium.assemble()
    const verifier = createVerifier({ policy: consortium.policy(), clock: clockAt() })
    verdict = await verifier.verifyPassport((await consortium.passport()).bytes)
  })

  const place = { credential: 'urn:a', pointer: '', detail: 'It is so.', expected: 'a', found: 'b' }
  /** The verdict with findings of one code, of these severities. */
  const found = (...severities: readonly Severity[]): PassportVerdict =>
    withFindings(severities.map((severity) => ({ ...finding('EXPIRED', place), severity })))
  const withFindings = (findings: readonly Finding[]): PassportVerdict =>
    Object.assign({ ...verdict }, { findings })
  const codesOf = (verdict: PassportVerdict) => answerOf({ verdict, battery: null }, 'brief').codes

  it('tells a code once, with the worst severity it has', () => {
    for (const [severities, worst] of [
      [['note'], 'note'],
      [['note', 'warning'], 'warning'],
      [['warning', 'note'], 'warning'],
      [['unknown', 'error', 'note'], 'error'],
      [['error', 'unknown'], 'error'],
    ] as const) {
      assert.deepEqual(codesOf(found(...severities)), [{ code: 'EXPIRED', severity: worst }])
    }
    assert.deepEqual(codesOf(found()), [])
    const both = [...found('note').findings, finding('SCHEMA', place)]
    assert.deepEqual(codesOf(withFindings(both)), [
      { code: 'EXPIRED', severity: 'note' },
      { code: 'SCHEMA', severity: 'error' },
    ])
  })

  it('is the whole verdict as text, or what it comes to, and never both', () => {
    const whole = answerOf({ verdict, battery: 'urn:battery' }, 'text')
    const { chain, findings } = verdict
    const [first] = chain
    assert.ok(first)
    const { credential, digestMultibase } = first
    const common = { outcome: verdict.outcome, codes: codesOf(verdict), battery: 'urn:battery' }
    assert.deepEqual(whole, { ...common, brief: null, text: JSON.stringify(verdict) })
    assert.deepEqual(answerOf({ verdict, battery: 'urn:battery' }, 'brief'), {
      ...common,
      brief: { outcome: verdict.outcome, findings, passport: { credential, digestMultibase } },
      text: null,
    })
    const none = answerOf({ verdict: { ...verdict, chain: [] }, battery: null }, 'brief')
    assert.equal(none.brief?.passport, null)
  })

  it('is written again when what it tells may have changed', () => {
    const reasons = ['a']
    const changing: PassportVerdict = { ...verdict, chain: [] }
    Object.assign(changing, { score: reasons })
    assert.equal(verdictText(changing), JSON.stringify(changing))
    reasons.push('b')
    assert.equal(verdictText(changing), JSON.stringify(changing))
  })

  it('is made of what is frozen only once', () => {
    let written = 0
    const link = Object.freeze({
      toJSON: () => {
        written++
        return 'link'
      },
    })
    const one = { ...verdict }
    Object.assign(one, { chain: [link, link], score: link })
    assert.match(verdictText(one), /"chain":\["link","link"\]/)
    assert.match(verdictText(one), /"score":"link"/)
    assert.equal(written, 1)
  })
})

describe('what is asked of all inputs of a delivery', () => {
  it('is what was asked, and nothing that was left out', () => {
    const whole = { at: '2026-10-01T00:00:00Z', expectSubject: 'urn:a', expectIssuer: 'did:b' }
    assert.deepEqual(askedOfAll(whole), whole)
    assert.deepEqual(askedOfAll({}), {})
    for (const [name, value] of Object.entries(whole)) {
      assert.deepEqual(askedOfAll({ [name]: value }), { [name]: value })
    }
  })

  it('holds for each that does not ask otherwise', async () => {
    const consortium = await Consortium.assemble()
    const { bytes } = await consortium.passport()
    const rejected = async (asked: object, own: object) => {
      const deps = { clock: clockAt(), ...asked }
      const codes: string[] = []
      for await (const { findings } of verifyMany([{ bytes, ...own }], consortium.policy(), deps)) {
        for (const { code } of findings)
          if (/^(SUBJECT_UNEXPECTED|ISSUER_MISMATCH)$/.test(code)) codes.push(code)
      }
      return codes
    }
    const { packMaker, miner } = consortium.parties
    assert.deepEqual(await rejected({}, {}), [])
    assert.deepEqual(await rejected({ expectIssuer: miner.did }, {}), ['ISSUER_MISMATCH'])
    assert.deepEqual(
      await rejected({ expectIssuer: miner.did }, { expectIssuer: packMaker.did }),
      [],
    )
    assert.deepEqual(await rejected({ expectSubject: 'urn:other' }, {}), ['SUBJECT_UNEXPECTED'])
  })
})
