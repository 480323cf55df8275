import assert from 'node:assert/strict'
import { Consortium, presentationOf, type Signed } from '../../support/consortium.ts'
import {
  AUTHORIZED,
  evidenceOf,
  order,
  read,
  requestOf,
  type ServiceUnderTest,
  serviceUnderTest,
  submit,
} from './service-under-test.ts'

describe('a service that is given custody attestations', () => {
  let consortium: Consortium
  let accreditation: Signed<'VerifierAccreditation'>
  let custody: Signed<'CustodyAttestation'>
  let under: ServiceUnderTest

  before(async () => {
    consortium = await Consortium.assemble()
    accreditation = await consortium.custodyAccreditation()
    custody = await consortium.custody(accreditation)
  })
  beforeEach(async () => {
    under = await serviceUnderTest(consortium)
    const submitted = await submit(under.app, await evidenceOf(consortium))
    assert.equal(submitted.status, 201, submitted.text)
  })
  afterEach(() => under.dispose())

  const assured = () => submit(under.app, presentationOf([custody, accreditation]))

  it('keeps one that is submitted, and issues a passport with its assurance', async () => {
    const submitted = await assured()
    assert.equal(submitted.status, 201, submitted.text)
    const request = { ...requestOf(consortium), custody: [custody.id] }
    const issued = await order(under.app, request)
    assert.equal(issued.status, 201, issued.text)
    const { credentialSubject } = JSON.parse(issued.text)
    assert.equal(credentialSubject.score.shareAssurance, 'limited')
    assert.deepEqual(credentialSubject.custody, [custody.reference])
    const shown = await read(under.app, `${issued.headers.location}/presentation`)
    const verdict = await consortium
      .verifier({ minimumShareAssurance: 'limited' })
      .verifyPassport(shown.body)
    assert.equal(verdict.outcome, 'accepted', JSON.stringify(verdict.findings))
  })

  it('lists it by its type, as the description of the service says', async () => {
    await assured()
    const { body } = await read(under.app, '/attestations?limit=100', AUTHORIZED)
    const { attestations }: { attestations: readonly { type: string; id: string }[] } = JSON.parse(
      body.toString(),
    )
    const listed = attestations.filter(({ type }) => type === 'CustodyAttestation')
    const { id, type, digestMultibase } = custody.reference
    const { credentialSubject: said, validFrom, validUntil } = custody.secured.credential
    assert.deepEqual(listed, [
      {
        ...{ id, type, digestMultibase, issuer: custody.secured.issuer },
        subject: {
          id: said.id,
          type: 'Battery',
          granularity: 'model',
          manufacturer: said.manufacturer,
        },
        rows: said.supplyChain.length,
        assuranceLevel: 'limited',
        period: said.period,
        productionWindow: said.productionWindow,
        validFrom,
        validUntil,
      },
    ])
    assert.equal(attestations.length, consortium.attestations.length + 1)
  })

  it('issues without it where the request does not name it', async () => {
    await assured()
    const issued = await order(under.app, requestOf(consortium))
    assert.equal(issued.status, 201, issued.text)
    assert.equal(JSON.parse(issued.text).credentialSubject.score.shareAssurance, 'none')
  })

  it('refuses a request that names one that was never submitted, or another kind', async () => {
    const request = requestOf(consortium)
    const [attestation] = request.attestations
    for (const name of [custody.id, attestation ?? '']) {
      const refused = await order(under.app, { ...request, custody: [name] })
      assert.equal(refused.status, 422, refused.text)
      assert.match(refused.text, /"\/custody\/0"/)
      assert.match(refused.text, /a CustodyAttestation that was submitted/)
    }
  })

  it('refuses one that is about another battery, at its place in the request', async () => {
    const other = await consortium.custody(accreditation, {
      subject: { id: 'https://id.packmaker.example/01/1' },
    })
    const submitted = await submit(under.app, presentationOf([other, accreditation]))
    assert.equal(submitted.status, 201, submitted.text)
    const request = { ...requestOf(consortium), custody: [other.reference.digestMultibase] }
    const refused = await order(under.app, request)
    assert.equal(refused.status, 422, refused.text)
    assert.match(refused.text, /SUBJECT_MISMATCH/)
    assert.match(refused.text, /"\/custody\/0"/)
  })

  it('does not keep one that no accreditation covers', async () => {
    const wrong = consortium.accreditations.get('productBody')
    assert.ok(wrong !== undefined)
    const uncovered = await consortium.custody(wrong)
    const refused = await submit(under.app, presentationOf([uncovered]))
    assert.equal(refused.status, 422, refused.text)
    assert.match(refused.text, /ACCREDITATION_SCOPE/)
  })
})
