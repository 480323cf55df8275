import assert from 'node:assert/strict'
import { CREDENTIAL_TYPES, pinnedContext } from '@battery-passport/contexts'
import { generateSigner } from '@battery-passport/keys'
import { issueReceipt } from '@battery-passport/verifier/receipts'
import jsonld from 'jsonld'
import { Consortium, clockAt, type Signed } from '../support/consortium.ts'
import { fullProduct } from '../support/full-product.ts'

/** Expands in safe mode: a term without a definition, or a relative identifier, is an error. */
async function expand(document: object): Promise<unknown> {
  return jsonld.expand(document, {
    safe: true,
    documentLoader: async (url: string) => pinnedContext(url),
  })
}

describe('the context', () => {
  let samples: Signed[]

  before(async () => {
    const consortium = await Consortium.assemble({ method: 'esg' })
    const passport = await consortium.passport({ subject: { product: fullProduct } })
    const [list] = await consortium.statusLists()
    const [attestation] = consortium.attestations
    const accreditation = consortium.accreditations.get('climateBody')
    const identity = consortium.identities.get('packMaker')
    const found = [passport, list, attestation, accreditation, identity]
    samples = found.filter((signed) => signed !== undefined)
    assert.equal(samples.length, 5)
  })

  it('gives every term of each signed sample a meaning', async () => {
    for (const { document, type } of samples) {
      const expanded = JSON.stringify(await expand(document))
      assert.match(expanded, new RegExp(`#${type}"`))
    }
  })

  it('gives every term of a custody attestation and a withdrawal notice a meaning', async () => {
    const accreditation = samples.find(({ type }) => type === 'VerifierAccreditation')
    const attestation = samples.find(({ type }) => type === 'RulebookAttestation')
    assert.ok(accreditation !== undefined && attestation !== undefined)
    const frame = {
      '@context': Reflect.get(accreditation.document, '@context'),
      id: 'urn:uuid:7b6f1c62-3f2c-4b44-8c9a-3a1d5d1f0a01',
      issuer: 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
      validFrom: '2026-01-01T00:00:00Z',
      validUntil: '2027-01-01T00:00:00Z',
    }
    await expand({
      ...frame,
      type: ['VerifiableCredential', 'CustodyAttestation'],
      credentialSubject: {
        id: 'https://id.example/01/09506000134352',
        type: 'Battery',
        granularity: 'model',
        manufacturer: frame.issuer,
        supplyChain: [],
        period: { from: '2025-01-01', until: '2025-12-31' },
        productionWindow: { from: '2026-01-01', until: '2026-12-31' },
        statementDate: '2026-02-01',
        assuranceLevel: 'limited',
        accreditation: accreditation.reference,
      },
    })
    await expand({
      ...frame,
      type: ['VerifiableCredential', 'WithdrawalNotice'],
      credentialSubject: {
        id: attestation.id,
        type: 'WithdrawnCredential',
        digestMultibase: attestation.reference.digestMultibase,
        reason: 'misstatement',
        withdraws: { kind: 'indicators', indicators: ['ghg.intensity'] },
        effectiveFrom: '2026-05-01T00:00:00Z',
      },
    })
    assert.equal(CREDENTIAL_TYPES.length, samples.length + 2)
  })

  it('gives every term of a receipt a meaning', async () => {
    const consortium = await Consortium.assemble()
    const input = await consortium.presentation()
    const receipt = await issueReceipt({
      id: 'urn:uuid:5d0f8a5e-2a40-4a2e-9a53-0d6f3c1f7b10',
      verification: await consortium.verifier().verifyDelivery(input),
      with: [input],
      policy: consortium.policy(),
      clock: clockAt(),
      signer: generateSigner(),
    })
    const expanded = JSON.stringify(await expand(receipt))
    assert.match(expanded, /#VerificationReceipt"/)
    for (const term of ['score', 'anchors', 'codes', 'added', 'outcome', 'statusAsOf']) {
      assert.match(expanded, new RegExp(`#${term}"`))
    }
  })

  it('makes a misspelt term an error', async () => {
    const [passport] = samples
    assert.ok(passport !== undefined)
    await assert.rejects(expand({ ...passport.document, isuer: 'nobody' }))
  })
})
