import assert from 'node:assert/strict'
import { CONTEXTS } from '@battery-passport/contexts'
import {
  generateSigner,
  parseProof,
  type SecuredDocument,
  secureWithDataIntegrity,
} from '@battery-passport/keys'
import { CREATED, sampleCredential } from './sample.ts'

describe('The one proof of a credential', () => {
  const signer = generateSigner()
  let secured: SecuredDocument<ReturnType<typeof sampleCredential>>
  const faultsOf = (proof: unknown, context: unknown = CONTEXTS) => {
    const reading = parseProof(proof, context)
    return reading.ok
      ? []
      : reading.faults.map(({ code, member }) =>
          member === undefined ? code : `${code} ${member}`,
        )
  }

  before(async () => {
    secured = await secureWithDataIntegrity(sampleCredential(signer), {
      signer,
      cryptosuite: 'eddsa-jcs-2022',
      created: CREATED,
    })
  })

  it('is taken apart', () => {
    const parts = parseProof(secured.proof, CONTEXTS)
    assert.ok(parts.ok)
    const { proofValue, ...options } = secured.proof
    assert.deepEqual(parts.proof, secured.proof)
    assert.deepEqual(parts.options, options)
    assert.equal(parts.verificationMethod.did, signer.did)
    assert.equal(parts.signature.length, 64)
  })

  it('is missed, or is more than one, or none that can be read', () => {
    assert.deepEqual(faultsOf(undefined), ['MISSING'])
    assert.deepEqual(faultsOf([]), ['MISSING'])
    assert.deepEqual(faultsOf([secured.proof]), ['COUNT'])
    assert.deepEqual(faultsOf('a proof'), ['COUNT'])
    assert.deepEqual(faultsOf(null), ['COUNT'])
  })

  it('is told everything that it has against it at once', () => {
    assert.deepEqual(faultsOf({}), [
      'TYPE type',
      'CRYPTOSUITE cryptosuite',
      'CREATED created',
      'VERIFICATION_METHOD verificationMethod',
      'PURPOSE proofPurpose',
      'ENCODING proofValue',
    ])
    const proof = { ...secured.proof, previousProof: 'urn:x', domain: 'x', proofPurpose: 'other' }
    assert.deepEqual(faultsOf(proof, ['https://www.w3.org/ns/credentials/v2']), [
      'CHAINED previousProof',
      'UNKNOWN_MEMBER domain',
      'PURPOSE proofPurpose',
      'CONTEXT @context',
    ])
  })

  it('repeats the contexts with eddsa-jcs-2022 and has none with another suite', () => {
    const { '@context': _, ...without } = secured.proof
    const rdfc = { ...without, cryptosuite: 'eddsa-rdfc-2022' }
    assert.deepEqual(faultsOf(without), ['CONTEXT @context'])
    assert.equal(parseProof(secured.proof, undefined).ok, false)
    assert.deepEqual(faultsOf(rdfc), [])
    assert.deepEqual(faultsOf({ ...rdfc, '@context': CONTEXTS }), ['CONTEXT @context'])
  })

  it('names its key as a DID URL with nothing but a fragment', () => {
    const { did } = signer
    for (const verificationMethod of [did, `${did}?a=b#c`, `${did}/a#c`, '#c', 7, { id: did }]) {
      assert.deepEqual(faultsOf({ ...secured.proof, verificationMethod }), [
        'VERIFICATION_METHOD verificationMethod',
      ])
    }
  })

  it('has its members itself: none comes from a prototype', () => {
    assert.deepEqual(faultsOf(Object.create(secured.proof)), faultsOf({}))
  })
})
