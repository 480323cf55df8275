import assert from 'node:assert/strict'
import type { Attestation } from '@battery-passport/verifier'
import type { AttestationExam } from '../../verifier/statements/attestation-exam.ts'
import { examinedEvidence } from '../../verifier/statements/evidence.ts'
import { Consortium, type Signed } from '../support/consortium.ts'

describe('evidence that is used twice', () => {
  let consortium: Consortium
  /** What the refinery shows for the climate is the report about the mine. */
  let copied: readonly Signed<'RulebookAttestation'>[]

  before(async () => {
    consortium = await Consortium.assemble()
    const { facilities, specs } = consortium
    const [mine, refinery] = [facilities.mine, facilities.refinery].map((facility) =>
      specs.find((spec) => spec.facility === facility && spec.rulebook === 'small-climate'),
    )
    assert.ok(mine && refinery)
    const [file, own] = [mine, refinery].map((spec) => {
      const { evidenceFiles } = consortium.attestedSubject(spec)
      assert.ok(Array.isArray(evidenceFiles))
      return evidenceFiles[0]
    })
    const evidenceFiles = [{ ...own, digestMultibase: file.digestMultibase }]
    const attestation = await consortium.attestation(refinery, { subject: { evidenceFiles } })
    copied = consortium.replacing(attestation)
  })

  it('for facilities of two operators rejects; a file of its own does not', async () => {
    const verify = async (attestations: readonly Signed<'RulebookAttestation'>[]) => {
      const passport = await consortium.passport({}, { attestations })
      const presentation = await consortium.presentation({ passport, attestations })
      return consortium.verifier().verifyPassport(presentation)
    }
    const { outcome, findings } = await verify(copied)
    assert.equal(outcome, 'rejected')
    const errors = findings.filter(({ severity }) => severity === 'error')
    assert.deepEqual([...new Set(errors.map(({ code }) => code))], ['DUPLICATE_EVIDENCE'])
    assert.equal((await verify(consortium.attestations)).outcome, 'accepted')
  })

  it('is asked again where the facilities of the same exams are called otherwise', () => {
    const exams = copied.map(
      ({ secured }): AttestationExam => ({
        attestation: secured,
        authentic: true,
        findings: [],
        used: [],
        uncounted: null,
        withdrawnIndicators: [],
        ended: [],
      }),
    )
    const ownName = ({ credential }: Attestation) => credential.credentialSubject.id
    const remembered = new WeakMap()
    const ask = (facilityOf: (attestation: Attestation) => string) => {
      const findings = examinedEvidence(exams, facilityOf, remembered)
      assert.deepEqual(findings, examinedEvidence(exams, facilityOf, new WeakMap()))
      return findings.length
    }
    const [twice, once] = [ask(ownName), ask(() => 'one facility under two names')]
    assert.ok(twice > 0)
    assert.equal(once, 0)
    assert.equal(ask(ownName), twice)
    const none = exams.map((exam) => ({ ...exam, authentic: false }))
    assert.deepEqual(examinedEvidence(none, ownName, remembered), [])
  })
})
