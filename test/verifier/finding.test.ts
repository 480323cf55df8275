import assert from 'node:assert/strict'
import { DOCUMENT_LIMITS, type FindingDetails, finding, LIMITS } from '@battery-passport/verifier'
import { Consortium, ENGAGEMENT } from '../support/consortium.ts'

describe('a finding', () => {
  it('cannot be made without what was expected and what was found', () => {
    const place = { credential: '', pointer: '', detail: 'For the test.' }
    // @ts-expect-error: found is missing
    const half: FindingDetails = { ...place, expected: 'something' }
    // @ts-expect-error: expected is missing
    const other: FindingDetails = { ...place, found: 'something' }
    const whole = finding('SCHEMA', { ...half, ...other })
    assert.deepEqual([whole.expected, whole.found], ['something', 'something'])
  })

  it('cannot be changed by who is given it: a verifier that remembers gives it again', async () => {
    const consortium = await Consortium.assemble()
    const [spec] = consortium.specs
    assert.ok(spec !== undefined)
    const adverse = await consortium.attestation(spec, {
      subject: { engagement: { ...ENGAGEMENT, conclusion: 'adverse' } },
    })
    const attestations = consortium.replacing(adverse)
    const passport = await consortium.passport({}, { attestations })
    const bytes = await consortium.presentation({ passport, attestations })
    for (const uncountedAttestation of ['reject', 'rescore']) {
      const verifier = consortium.verifier({ uncountedAttestation })
      for (const time of ['first', 'second']) {
        const { findings } = await verifier.verifyPassport(bytes)
        assert.ok(findings.some(({ code }) => code === 'CONCLUSION_NOT_ACCEPTED'))
        assert.ok(findings.every(Object.isFrozen), time)
      }
    }
  })
})

describe('the limits', () => {
  it('cannot be changed by a program that imports them', () => {
    assert.ok([LIMITS, DOCUMENT_LIMITS].every(Object.isFrozen))
  })
})
