import assert from 'node:assert/strict'
import {
  type CredentialVerdict,
  createVerifier,
  type VerifyOptions,
} from '@battery-passport/verifier'
import { finding } from '../../verifier/findings/findings.ts'
import { addMonths } from '../../verifier/reading/calendar.ts'
import { Report } from '../../verifier/report.ts'
import { Consortium, clockAt, presentationOf } from '../support/consortium.ts'

function grave({ findings }: CredentialVerdict): string[] {
  const found = findings.filter(({ severity }) => severity === 'error' || severity === 'unknown')
  return [...new Set(found.map(({ code }) => code))].sort()
}

describe('a credential by itself', () => {
  let consortium: Consortium
  let rest: Uint8Array

  before(async () => {
    consortium = await Consortium.assemble()
    rest = await consortium.presentation()
  })

  const verify = (bytes: Uint8Array) =>
    consortium.verifier().verifyCredential(bytes, { with: [rest] })

  it('is accepted when it is an attestation with its chain', async () => {
    const [attestation] = consortium.attestations
    assert.ok(attestation !== undefined)
    const verdict = await verify(attestation.bytes)
    assert.deepEqual(grave(verdict), [])
    assert.equal(verdict.outcome, 'accepted')
  })

  it('is accepted when it is an accreditation or an identity', async () => {
    for (const signed of [
      consortium.accreditations.get('climateBody'),
      consortium.identities.get('packMaker'),
    ]) {
      assert.ok(signed !== undefined)
      assert.equal((await verify(signed.bytes)).outcome, 'accepted')
    }
  })

  it('is an accreditation that a body delegated by a right that has ended, and was renewed', async () => {
    const { accreditationBody, climateBody } = consortium.parties
    const ended = await consortium.accreditation(accreditationBody, {
      credential: { validUntil: '2026-09-25T00:00:00Z' },
    })
    const delegated = await consortium.accreditation(climateBody, {
      subject: { accreditedBy: ended.reference },
    })
    const lists = await consortium.statusLists()
    const verifyWith = (...others: readonly Parameters<typeof presentationOf>[0][number][]) =>
      consortium.verifier().verifyCredential(delegated.bytes, {
        with: [presentationOf([ended, ...lists, ...others])],
      })
    assert.deepEqual(grave(await verifyWith()), ['TIME_UNPROVEN'])
    const renewed = consortium.accreditations.get('accreditationBody')
    assert.ok(renewed !== undefined)
    const verdict = await verifyWith(renewed)
    assert.deepEqual(grave(verdict), [])
    assert.equal(verdict.outcome, 'accepted')
    const [entry] = renewed.secured.credential.credentialSubject.scope
    for (const subject of [{ mayDelegate: false }, { scope: [{ ...entry, stages: ['cell'] }] }]) {
      const less = await consortium.accreditation(accreditationBody, { subject })
      assert.deepEqual(grave(await verifyWith(less)), ['TIME_UNPROVEN'])
    }
  })

  it('is refused when it is what a party says of itself', async () => {
    const { packMaker } = consortium.parties
    const own = await consortium.identity(packMaker, {
      credential: {
        issuer: packMaker.did,
        credentialStatus: consortium.board.entriesFor(packMaker, 'urn:x:own'),
      },
      signer: packMaker.signer,
    })
    assert.deepEqual(grave(await verify(own.bytes)), ['NOT_INDEPENDENT'])
  })

  it('is refused when it is not of the issuer, or not about what is expected', async () => {
    const { packMaker, climateBody } = consortium.parties
    const signed = consortium.accreditations.get('climateBody')
    assert.ok(signed !== undefined)
    const expecting = (asked: VerifyOptions) =>
      consortium.verifier().verifyCredential(signed.bytes, { ...asked, with: [rest] })
    const { issuer } = JSON.parse(new TextDecoder().decode(signed.bytes))
    const met = await expecting({ expectIssuer: issuer, expectSubject: climateBody.did })
    assert.deepEqual([met.outcome, grave(met)], ['accepted', []])
    for (const [asked, code] of [
      [{ expectIssuer: packMaker.did }, 'ISSUER_MISMATCH'],
      [{ expectSubject: packMaker.did }, 'SUBJECT_UNEXPECTED'],
    ] as const) {
      const verdict = await expecting(asked)
      assert.deepEqual([verdict.outcome, grave(verdict)], ['rejected', [code]])
    }
  })
})

describe('the attestations of a presentation', () => {
  let consortium: Consortium

  before(async () => {
    consortium = await Consortium.assemble()
  })

  it('are each walked to their anchor', async () => {
    const verdict = await consortium.verifier().verifyAttestations(await consortium.presentation())
    assert.equal(verdict.outcome, 'accepted')
    const walked = verdict.chain.filter(({ type }) => type === 'RulebookAttestation')
    assert.equal(walked.length, consortium.attestations.length)
    assert.ok(walked.every(({ result }) => result === 'passed'))
  })

  it('are of many: who expects one issuer or subject of them is told', async () => {
    const verifier = consortium.verifier()
    const bytes = await consortium.presentation()
    for (const asked of [{ expectIssuer: 'did:example:1' }, { expectSubject: 'urn:x:1' }]) {
      const [name] = Object.keys(asked)
      // @ts-expect-error: programs without types ask it all the same
      await assert.rejects(verifier.verifyAttestations(bytes, asked), (error: unknown) => {
        assert.ok(error instanceof TypeError)
        return error.message.startsWith(`${name}: expected nothing`)
      })
    }
  })

  it('are refused when there is none', async () => {
    const identities = [...consortium.identities.values()]
    const verdict = await consortium.verifier().verifyAttestations(presentationOf(identities))
    assert.deepEqual(grave(verdict), ['SCHEMA'])
  })

  it('are refused when a manufacturer attests its own battery', async () => {
    const spec = consortium.specs.find(({ facility }) => facility === null)
    assert.ok(spec !== undefined)
    const own = await consortium.attestation(spec, { subject: { manufacturer: spec.by.did } })
    const verdict = await consortium
      .verifier()
      .verifyAttestations(
        await consortium.presentation({ attestations: consortium.replacing(own) }),
      )
    assert.deepEqual(grave(verdict), ['NOT_INDEPENDENT'])
  })

  it('are left open when nobody has their rulebook at hand', async () => {
    const verifier = createVerifier({ policy: consortium.policy(), clock: clockAt() })
    const verdict = await verifier.verifyAttestations(await consortium.presentation())
    assert.deepEqual(grave(verdict), ['RULEBOOK_UNKNOWN'])
    assert.equal(verdict.outcome, 'indeterminate')
  })

  it('are refused when they name another rulebook than the one with that digest', async () => {
    const [spec] = consortium.specs
    assert.ok(spec !== undefined)
    const pin = consortium.pin(consortium.rulebook(spec.rulebook))
    const changed = await consortium.attestation(spec, {
      subject: { rulebook: { ...pin, version: '9.0.0' } },
    })
    const attestations = consortium.replacing(changed)
    const verdict = await consortium
      .verifier()
      .verifyAttestations(await consortium.presentation({ attestations }))
    assert.ok(grave(verdict).includes('RULEBOOK_MISMATCH'))
  })
})

describe('a report', () => {
  const at = {
    credential: 'urn:x:1',
    pointer: '/credentialStatus/0',
    detail: 'revoked',
    expected: 'not set',
    found: 'set',
  }

  it('keeps the worse of two findings at one place, whichever came first', () => {
    for (const order of [
      ['warning', 'error'],
      ['error', 'warning'],
    ] as const) {
      const report = new Report()
      for (const severity of order) report.add([finding('REVOKED', { ...at, severity })])
      assert.deepEqual(
        report.findings.map(({ severity }) => severity),
        ['error'],
      )
      assert.equal(report.isClean, false)
    }
  })
})

describe('months', () => {
  const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000

  it('end on the last day where the day does not exist', () => {
    assert.equal(addMonths(day('2026-01-31'), 1), day('2026-02-28'))
    assert.equal(addMonths(day('2027-08-31'), 6), day('2028-02-29'))
    assert.equal(addMonths(day('2026-11-15'), 14), day('2028-01-15'))
  })

  it('are right in the first century, too', () => {
    assert.equal(addMonths(day('0050-01-01'), 12), day('0051-01-01'))
  })
})
