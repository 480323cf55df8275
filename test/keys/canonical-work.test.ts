import assert from 'node:assert/strict'
import { VC_CONTEXT } from '@battery-passport/contexts'
import {
  addProof,
  canonicalWork,
  didKeyResolver,
  generateSigner,
  MAX_CANONICAL_WORK,
  type ProofsVerification,
  verifyProofs,
} from '@battery-passport/keys'

const list = (count: number) => Array.from({ length: count }, () => ({ name: 'a' }))
const NOW = Date.parse('2026-10-01T00:00:00Z') / 1000

describe('What may be made canonical', () => {
  it('is counted in objects and types, and is used up', () => {
    const work = canonicalWork()
    // The document, its subject, two types and an object without any.
    const document = { type: ['A', 'B'], subject: { type: 'C', deep: [[{}, 'text', null]] } }
    for (let left = MAX_CANONICAL_WORK; left >= 6; left -= 6) work.spend(document)
    assert.throws(() => work.spend(document), /at most 2048 objects and types/)
    // What was refused was not given away, and takes nothing from what is smaller.
    work.spend({})
    work.spend({})
    assert.throws(() => work.spend({}), TypeError)
  })

  it('bounds the documents that a JSON-LD processor is given, also where they share it', async () => {
    const signer = generateSigner()
    const document = {
      '@context': [VC_CONTEXT],
      type: ['VerifiableCredential'],
      issuer: signer.did,
      credentialSubject: list(8),
    }
    const choices = {
      cryptosuite: 'eddsa-rdfc-2022',
      signer,
      created: '2026-09-01T00:00:00Z',
    } as const
    const secured = await addProof(document, { ...choices, proofPurpose: 'assertionMethod' })
    const verify = (input: object, work = canonicalWork()): Promise<ProofsVerification> =>
      verifyProofs(input, {
        proofPurpose: 'assertionMethod',
        resolver: didKeyResolver(),
        now: NOW,
        canonicalWork: work,
      })
    assert.equal((await verify(secured)).verified, true)
    const used = canonicalWork()
    used.spend(list(MAX_CANONICAL_WORK - 11))
    const shared = await verify(secured, used)
    assert.equal(
      shared.proofs[0]?.errors[0]?.expected,
      'a document that eddsa-rdfc-2022 can make canonical',
    )
    const large = await verify({ ...secured, credentialSubject: list(MAX_CANONICAL_WORK) })
    assert.match(large.proofs[0]?.errors[0]?.detail ?? '', /at most 2048 objects and types/)
  })
})
