import assert from 'node:assert/strict'
import {
  attestCustody,
  type CustodyContext,
  type CustodyRequest,
  signCredential,
} from '@battery-passport/issuer'
import { generateSigner } from '@battery-passport/keys'
import { Consortium, DATES, type Signed } from '../support/consortium.ts'
import { faultsOf } from './refusal.ts'

describe('attestCustody', () => {
  let consortium: Consortium
  let accreditation: Signed<'VerifierAccreditation'>
  let honest: Signed<'CustodyAttestation'>
  let request: CustodyRequest
  let context: CustodyContext

  before(async () => {
    consortium = await Consortium.assemble()
    accreditation = await consortium.custodyAccreditation()
    honest = await consortium.custody(accreditation)
    const { credentialSubject, ...frame } = honest.secured.credential
    const { accreditation: _, ...subject } = credentialSubject
    const { id, validFrom, validUntil, credentialStatus } = frame
    request = { id, validFrom, validUntil, credentialStatus, subject }
    context = {
      signer: consortium.parties.productBody.signer,
      accreditation: accreditation.secured,
      created: DATES.attestations.created,
    }
  })

  const refusedWith = (
    subject: Readonly<Record<string, unknown>>,
    changes: Partial<CustodyContext> = {},
  ) =>
    faultsOf('ATTESTATION_REFUSED', () =>
      attestCustody(
        { ...request, subject: { ...request.subject, ...subject } },
        { ...context, ...changes },
      ),
    )

  it('makes what a verifier accepts once it is signed', async () => {
    const { signer } = consortium.parties.productBody
    const credential = attestCustody(request, context)
    const { created } = context
    const { document } = await signCredential('CustodyAttestation', credential, { signer, created })
    const verdict = await consortium
      .verifier()
      .verifyCredential(new TextEncoder().encode(JSON.stringify(document)), {
        with: [await consortium.presentation({ add: [accreditation] })],
      })
    assert.equal(verdict.outcome, 'accepted')
    assert.equal(verdict.chain[0]?.type, 'CustodyAttestation')
  })

  it('refuses rows that are outside the accreditation, each by itself', async () => {
    const narrow = await consortium.custodyAccreditation({
      subject: {
        scope: [
          {
            ...accreditation.secured.credential.credentialSubject.scope[0],
            stages: ['mining', 'cell'],
          },
        ],
      },
    })
    assert.deepEqual(refusedWith({}, { accreditation: narrow.secured }), [
      'ACCREDITATION_SCOPE /credentialSubject/supplyChain/2',
      'ACCREDITATION_SCOPE /credentialSubject/supplyChain/4',
    ])
  })

  it('refuses an accreditation that is for rulebooks alone', () => {
    const other = consortium.accreditations.get('productBody')
    assert.ok(other !== undefined)
    const supplyChain = consortium.supplyChain.slice(0, 1)
    assert.deepEqual(refusedWith({ supplyChain }, { accreditation: other.secured }), [
      'ACCREDITATION_SCOPE /credentialSubject/supplyChain/0',
    ])
  })

  it('refuses a key or a body that is not the accredited one', () => {
    assert.deepEqual(refusedWith({}, { signer: generateSigner('Ed25519') }), [
      'ISSUER_NOT_AUTHORISED /credentialSubject/accreditation',
    ])
  })

  it('refuses a body that would assure its own house', () => {
    const { did } = consortium.parties.productBody
    assert.deepEqual(refusedWith({ manufacturer: did }), [
      'NOT_INDEPENDENT /credentialSubject/manufacturer',
    ])
  })

  it('refuses shares and dates that cannot be', () => {
    const [first] = consortium.supplyChain
    assert.ok(first !== undefined)
    assert.equal(refusedWith({ supplyChain: [first, first] }).length > 0, true)
    assert.deepEqual(refusedWith({ statementDate: '2025-12-31' }), [
      'STATEMENT_DATE /credentialSubject/statementDate',
    ])
    assert.deepEqual(refusedWith({ statementDate: '2026-03-17' }), [
      'STATEMENT_DATE /credentialSubject/statementDate',
    ])
    assert.deepEqual(
      refusedWith({ productionWindow: { from: '2026-12-31', until: '2026-01-01' } }),
      ['SCHEMA /credentialSubject/productionWindow/until'],
    )
  })
})
