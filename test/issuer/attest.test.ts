import assert from 'node:assert/strict'
import type { FacilitySubject } from '@battery-passport/contexts'
import {
  type AttestationContext,
  type AttestationRequest,
  attest,
  signCredential,
} from '@battery-passport/issuer'
import { generateSigner } from '@battery-passport/keys'
import { type AttestationSpec, Consortium, DATES, type Signed } from '../support/consortium.ts'
import { faultsOf } from './refusal.ts'

/** The request and context from which an honest attestation of the consortium follows. */
function requestOf(
  consortium: Consortium,
  spec: AttestationSpec,
): { readonly request: AttestationRequest; readonly context: AttestationContext } {
  const honest = consortium.attestations[consortium.specs.indexOf(spec)]
  const accreditation = consortium.accreditations.get(spec.by.key)
  assert.ok(honest !== undefined && accreditation !== undefined)
  const { id, validFrom, validUntil, credentialStatus, credentialSubject } =
    honest.secured.credential
  const { rulebook: _, accreditation: __, ...subject } = credentialSubject
  return {
    request: { id, validFrom, validUntil, credentialStatus, subject: subject as never },
    context: {
      signer: spec.by.signer,
      rulebook: consortium.rulebook(spec.rulebook),
      accreditation: accreditation.secured,
      created: DATES.attestations.created,
    },
  }
}

describe('attest', () => {
  let consortium: Consortium
  let spec: AttestationSpec
  let honest: ReturnType<typeof requestOf>
  let subject: FacilitySubject

  before(async () => {
    consortium = await Consortium.assemble()
    const found = consortium.specs.find(({ facility }) => facility !== null)
    assert.ok(found !== undefined)
    spec = found
    honest = requestOf(consortium, spec)
    assert.ok(honest.request.subject.type === 'Facility')
    subject = honest.request.subject as FacilitySubject
  })

  /** The faults of the honest request with members of its subject put over. */
  const refusedWith = (
    members: Readonly<Record<string, unknown>>,
    frame: Partial<AttestationRequest> = {},
    context: Partial<AttestationContext> = {},
  ) =>
    faultsOf('ATTESTATION_REFUSED', () =>
      attest(
        { ...honest.request, ...frame, subject: { ...subject, ...members } as never },
        { ...honest.context, ...context },
      ),
    )
  const engagement = (members: object) => ({ engagement: { ...subject.engagement, ...members } })

  it('makes what the consortium signs, for every facility, rulebook and the battery', () => {
    for (const [at, each] of consortium.specs.entries()) {
      const { request, context } = requestOf(consortium, each)
      assert.deepEqual(attest(request, context), consortium.attestations[at]?.secured.credential)
    }
  })

  it('makes what a verifier accepts when it is signed', async () => {
    const unsecured = attest(honest.request, honest.context)
    const { signer, created } = honest.context as AttestationContext & {
      signer: typeof spec.by.signer
    }
    const signed = await signCredential('RulebookAttestation', unsecured, { signer, created })
    const verdict = await consortium.verifier().verifyAttestations(
      await consortium.presentation({
        passport: signedOf(signed),
        attestations: [],
      }),
    )
    assert.deepEqual(
      verdict.findings.filter(({ severity }) => severity === 'error' || severity === 'unknown'),
      [],
    )
    assert.equal(verdict.outcome, 'accepted')
  })

  it('names every fault of the shape at once', () => {
    assert.deepEqual(
      refusedWith({ country: 'Chile', surplus: 1, period: { from: '2025-02-30', until: 'never' } }),
      [
        'SCHEMA /credentialSubject/country',
        'SCHEMA /credentialSubject/period/from',
        'SCHEMA /credentialSubject/period/until',
        'SCHEMA /credentialSubject/surplus',
      ],
    )
  })

  it('names every wrong answer at once, by its place', () => {
    const [first, second] = subject.results
    assert.ok(first?.answer === 'assessed' && second?.answer === 'assessed')
    assert.deepEqual(
      refusedWith({
        results: [
          { ...first, unit: 'lb/kWh' },
          { ...second, value: 'perhaps' },
          second,
          { indicator: 'climate.unheard-of', answer: 'not-assessed' },
          {
            indicator: second.indicator,
            answer: 'not-applicable',
            condition: 'no-idea',
            assuranceLevel: 'limited',
          },
        ],
      }),
      [
        'ANSWER_INVALID /credentialSubject/results/0/unit',
        'ANSWER_INVALID /credentialSubject/results/1/value',
        'ANSWER_INVALID /credentialSubject/results/2/indicator',
        'ANSWER_INVALID /credentialSubject/results/3/indicator',
        'ANSWER_INVALID /credentialSubject/results/4/condition',
        'ANSWER_INVALID /credentialSubject/results/4/indicator',
      ],
    )
  })

  it('names faults of answers, dates, evidence and scope together', () => {
    const [first] = subject.results
    assert.ok(first?.answer === 'assessed')
    assert.deepEqual(
      refusedWith({
        country: 'CL',
        results: [
          { ...first, unit: 'lb', evidenceIds: ['urn:uuid:00000000-0000-4000-8000-000000000000'] },
        ],
        engagement: {
          ...subject.engagement,
          engagementType: 'certification',
          statementDate: '2025-06-01',
        },
      }),
      [
        'ACCREDITATION_SCOPE /credentialSubject/activities/0',
        'ACCREDITATION_SCOPE /credentialSubject/activities/1',
        'ANSWER_INVALID /credentialSubject/results/0/unit',
        'EVIDENCE_MISMATCH /credentialSubject/results/0/evidenceIds/0',
        'PERIOD /validUntil',
        'STATEMENT_DATE /credentialSubject/engagement/statementDate',
        'STATEMENT_DATE /credentialSubject/engagement/statementDate',
      ],
    )
  })

  it('refuses by the very codes that a verifier finds in what is signed all the same', async () => {
    const [first] = subject.results
    const outside = '2026-03-17'
    for (const members of [
      { period: { from: '2025-12-31', until: '2025-01-01' } },
      { period: { from: '2025-01-01', until: '2025-06-30' } },
      engagement({ statementDate: outside }),
      engagement({ engagementType: 'certification' }),
      engagement({ conclusion: 'qualified', qualifiedIndicators: ['climate.unheard-of'] }),
      { evidenceFiles: [...subject.evidenceFiles, ...subject.evidenceFiles.slice(0, 1)] },
      { evidenceFiles: [], results: subject.results },
      { operator: spec.by.did },
      { results: [{ ...first, unit: 'lb' }] },
    ]) {
      const signed = await consortium.attestation(spec, { subject: members })
      const input = await consortium.presentation({ passport: signed, attestations: [] })
      const { findings } = await consortium.verifier().verifyAttestations(input)
      const errors = findings.filter(({ severity }) => severity === 'error')
      const refused = refusedWith(members).map((fault) => fault.split(' ')[0])
      assert.deepEqual(
        new Set(refused),
        new Set(errors.map(({ code }) => code)),
        Object.keys(members).join(),
      )
    }
  })

  it('accepts a qualification of an indicator the rulebook has, and no other', () => {
    const qualified = (indicator: string) =>
      engagement({ conclusion: 'qualified', qualifiedIndicators: [indicator] })
    attest(
      {
        ...honest.request,
        subject: { ...subject, ...qualified('climate.intensity') },
      },
      honest.context,
    )
    assert.deepEqual(refusedWith(qualified('climate.unheard-of')), [
      'ANSWER_INVALID /credentialSubject/engagement/qualifiedIndicators/0',
    ])
  })

  it('states an adverse conclusion as it is', () => {
    const adverse = { ...subject, ...engagement({ conclusion: 'adverse' }) }
    const made = attest({ ...honest.request, subject: adverse }, honest.context)
    assert.equal(made.credentialSubject.engagement.conclusion, 'adverse')
  })

  describe('dates', () => {
    const stated = (statementDate: string) => engagement({ statementDate })

    it('puts the statement after the period, to the day', () => {
      const faults = refusedWith({
        ...engagement({ statementDate: '2025-12-31', siteVisits: [] }),
      })
      assert.deepEqual(faults, ['STATEMENT_DATE /credentialSubject/engagement/statementDate'])
      attest(
        {
          ...honest.request,
          subject: {
            ...subject,
            ...engagement({ statementDate: '2026-01-01', siteVisits: [] }),
          },
        },
        honest.context,
      )
    })

    it('puts it not before the last visit and not after the signature, to the day', () => {
      const place = 'STATEMENT_DATE /credentialSubject/engagement/statementDate'
      assert.deepEqual(refusedWith(stated('2026-02-09')), [place])
      assert.deepEqual(refusedWith(stated('2026-03-17')), [place])
      for (const day of ['2026-02-10', '2026-03-16']) {
        attest({ ...honest.request, subject: { ...subject, ...stated(day) } }, honest.context)
      }
    })

    it('asks for the shortest period of the rulebook, to the day', () => {
      const period = (until: string) => ({ period: { from: '2025-01-01', until } })
      assert.deepEqual(refusedWith(period('2025-12-30')), ['PERIOD /credentialSubject/period'])
      attest(
        { ...honest.request, subject: { ...subject, ...period('2025-12-31') } },
        honest.context,
      )
      assert.deepEqual(refusedWith({ period: { from: '2025-12-31', until: '2025-01-01' } }), [
        'PERIOD /credentialSubject/period',
      ])
    })

    it('allows the longest validity of the rulebook, to the day', () => {
      assert.deepEqual(refusedWith({}, { validUntil: '2027-09-16T00:00:00Z' }), [
        'PERIOD /validUntil',
      ])
      attest({ ...honest.request, validUntil: '2027-09-15T23:59:59Z' }, honest.context)
      assert.deepEqual(refusedWith({}, { validUntil: '2026-03-15T00:00:00Z' }), [
        'SCHEMA /validUntil',
      ])
    })

    it('refuses a production window that ends before it begins', () => {
      assert.deepEqual(
        refusedWith({ productionWindow: { from: '2026-02-01', until: '2026-01-01' } }),
        ['SCHEMA /credentialSubject/productionWindow/until'],
      )
    })
  })

  describe('evidence', () => {
    it('is listed once', () => {
      const [file] = subject.evidenceFiles
      assert.deepEqual(refusedWith({ evidenceFiles: [file, file] }), [
        'EVIDENCE_MISMATCH /credentialSubject/evidenceFiles/1/id',
      ])
    })

    it('covers the subject, where it says what it covers', () => {
      const covers = (...ids: string[]) => ({
        evidenceFiles: subject.evidenceFiles.map((file) => ({ ...file, covers: ids })),
      })
      const other = consortium.facilities.refinery.id
      assert.ok(refusedWith(covers(other)).every((fault) => fault.startsWith('EVIDENCE_MISMATCH')))
      attest(
        { ...honest.request, subject: { ...subject, ...covers(other, subject.id) } },
        honest.context,
      )
    })
  })

  describe('the accreditation', () => {
    it('is of the body that signs', () => {
      const other = consortium.accreditations.get('socialBody')
      assert.ok(other !== undefined)
      assert.deepEqual(refusedWith({}, {}, { accreditation: other.secured }), [
        'ISSUER_NOT_AUTHORISED /credentialSubject/accreditation',
      ])
    })

    it('lists the signing key at that time', () => {
      const key = { publicKey: generateSigner().publicKey, did: spec.by.signer.did }
      assert.deepEqual(refusedWith({}, {}, { signer: key }), [
        'KEY_NOT_AUTHORISED /credentialSubject/accreditation',
      ])
    })

    it('is in force at the statement and at the signature', async () => {
      const ended = await consortium.accreditation(spec.by, {
        credential: { validUntil: '2026-03-15T23:59:59Z' },
      })
      assert.deepEqual(refusedWith({}, {}, { accreditation: ended.secured }), [
        'ACCREDITATION_TIME /credentialSubject/accreditation',
      ])
      const before = await consortium.accreditation(spec.by, {
        credential: { validUntil: '2026-03-14T23:59:59Z' },
      })
      assert.deepEqual(refusedWith({}, {}, { accreditation: before.secured }), [
        'ACCREDITATION_TIME /credentialSubject/accreditation',
        'ACCREDITATION_TIME /credentialSubject/accreditation',
      ])
    })

    it('covers country, level, stage and material together', () => {
      const social = consortium.specs.find(({ by }) => by.key === 'socialBody')
      assert.ok(social !== undefined)
      const { request, context } = requestOf(consortium, social)
      const refused = (members: object) =>
        faultsOf('ATTESTATION_REFUSED', () =>
          attest({ ...request, subject: { ...request.subject, ...members } as never }, context),
        )
      const everywhere = request.subject.activities.map(
        (_, at) => `ACCREDITATION_SCOPE /credentialSubject/activities/${at}`,
      )
      assert.deepEqual(refused({ country: 'US' }), everywhere)
      assert.deepEqual(
        refused({
          results: request.subject.results.map((result) => ({
            ...result,
            assuranceLevel: 'reasonable',
          })),
        }),
        everywhere,
      )
    })
  })

  describe('independence', () => {
    it('is refused for one’s own facility', () => {
      assert.deepEqual(refusedWith({ operator: spec.by.did }), [
        'NOT_INDEPENDENT /credentialSubject/operator',
      ])
    })

    it('is refused inside one’s own group', () => {
      for (const operatorGroup of [spec.by.lei, spec.by.ultimateParentLei]) {
        assert.deepEqual(refusedWith({ operatorGroup }), [
          'NOT_INDEPENDENT /credentialSubject/operatorGroup',
        ])
      }
    })
  })

  it('does not change what it was given', () => {
    const before = JSON.stringify(honest.request)
    attest(honest.request, honest.context)
    assert.equal(JSON.stringify(honest.request), before)
  })
})

function signedOf(secured: Awaited<ReturnType<typeof signCredential>>): Signed {
  const { type, id, digestMultibase, document } = secured
  const bytes = new TextEncoder().encode(JSON.stringify(document))
  return { type, id, reference: { id, type, digestMultibase }, document, bytes, secured }
}
