import assert from 'node:assert/strict'
import {
  type Finding,
  type FindingCode,
  finding,
  VERDICT_VERSION,
} from '@battery-passport/verifier'
import type { PrintedVerdict } from '@battery-passport/verifier/schemas'
import type { Answer } from '../../../cli/demo/buyer.ts'
import { expectVerdict } from '../../../cli/demo/expect-verdict.ts'
import { CommandError } from '../../../cli/errors.ts'

const PASSPORT = 'urn:uuid:00000000-0000-4000-8000-000000000001'
const ATTESTATION = 'urn:uuid:00000000-0000-4000-8000-000000000002'
const DIGEST = 'zQmRejectedNothingIsLookedAtHere'

function found(code: FindingCode, credential: string): Finding {
  return finding(code, {
    credential,
    pointer: '',
    detail: 'For the test.',
    expected: 'nothing',
    found: 'something',
  })
}

function rejected(first: Finding, ...more: readonly Finding[]): Answer {
  const link: PrintedVerdict['chain'][number] = {
    credential: PASSPORT,
    type: 'BatteryPassport',
    issuer: 'did:key:z6Mk',
    pointer: '',
    digestMultibase: DIGEST,
    result: 'failed',
    restsOn: [],
  }
  return {
    exitCode: 1,
    text: '',
    verdict: {
      version: VERDICT_VERSION,
      at: '2026-11-23T12:00:00Z',
      input: { digestMultibase: DIGEST },
      policy: { digestMultibase: DIGEST },
      chain: [link],
      outcome: 'rejected',
      score: null,
      findings: [first, ...more],
    },
  }
}

const expected = [{ code: 'REVOKED', on: 'attestation' }] as const

describe('What the demo says of a verdict', () => {
  it('is right for exactly the findings it names; notes and warnings are free', () => {
    const note = found('CREDENTIAL_UNUSED', ATTESTATION)
    expectVerdict('t', rejected(found('REVOKED', ATTESTATION), note), 'rejected', expected)
    const twice = [found('REVOKED', ATTESTATION), found('REVOKED', ATTESTATION)] as const
    expectVerdict('t', rejected(...twice), 'rejected', expected)
  })

  it('is wrong for another code, another place, one more, or one less', () => {
    for (const answer of [
      rejected(found('EXPIRED', ATTESTATION)),
      rejected(found('REVOKED', PASSPORT)),
      rejected(found('REVOKED', ATTESTATION), found('SCORE_MISMATCH', PASSPORT)),
      rejected(found('CREDENTIAL_UNUSED', ATTESTATION)),
    ]) {
      assert.throws(() => expectVerdict('t', answer, 'rejected', expected), CommandError)
    }
  })

  it('is wrong for another outcome or exit code', () => {
    const answer = rejected(found('REVOKED', ATTESTATION))
    const wrong = () => expectVerdict('t', answer, 'indeterminate', expected)
    assert.throws(wrong, /REVOKED on the attestation|not as said/)
    const odd = { ...answer, exitCode: 70 }
    assert.throws(() => expectVerdict('t', odd, 'rejected', expected), CommandError)
  })
})
