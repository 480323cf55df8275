import assert from 'node:assert/strict'
import { readProof } from '../../verifier/reading/proof-shape.ts'

type Document = Parameters<typeof readProof>[0]
type Place = Parameters<typeof readProof>[1]

const PLACE: Place = { credential: 'https://body.example/1', prefix: '' }
const CONTEXT = ['https://www.w3.org/ns/credentials/v2']
const PROOF = {
  type: 'DataIntegrityProof',
  cryptosuite: 'eddsa-rdfc-2022',
  created: '2026-01-01T00:00:00Z',
  verificationMethod: 'did:key:z6Mk#z6Mk',
  proofPurpose: 'assertionMethod',
  proofValue: `z${'2'.repeat(80)}`,
}

/** What is said of a proof: the code, the end of its place, and what was found there. */
function said(proof: unknown): readonly string[] {
  const document: Document = Object({
    '@context': CONTEXT,
    ...(proof === undefined ? {} : { proof }),
  })
  const reading = readProof(document, PLACE)
  if (reading.ok) return []
  return reading.findings.map(({ code, pointer, found }) => `${code} ${pointer} ${found}`)
}

describe('a proof that is not of the profile', () => {
  const faults: readonly (readonly [string, object, string])[] = [
    ['is of another type', { type: 'Other' }, 'PROOF_SUITE_NOT_ALLOWED /proof/type "Other"'],
    ['is of another suite', { cryptosuite: 'x' }, 'PROOF_SUITE_NOT_ALLOWED /proof/cryptosuite "x"'],
    ['has no time', { created: 1 }, 'PROOF_TIME /proof/created 1'],
    ['names no key', { verificationMethod: 1 }, 'KEY_NOT_AUTHORISED /proof/verificationMethod 1'],
    ['has another purpose', { proofPurpose: 'x' }, 'KEY_NOT_AUTHORISED /proof/proofPurpose "x"'],
    ['is written otherwise', { proofValue: 'u' }, 'PROOF_ENCODING /proof/proofValue "u"'],
    ['knows more', { 'a/b': true }, 'SCHEMA /proof/a~1b true'],
    ['points at another', { previousProof: 'urn:x' }, 'PROOF_COUNT /proof/previousProof "urn:x"'],
  ]
  for (const [what, change, expected] of faults) {
    it(`${what}, and is told so at its place`, () => {
      const told = said({ ...PROOF, ...change })
      assert.ok(told.includes(expected), told.join('\n'))
    })
  }

  it('is not there, or is a list', () => {
    assert.match(said(undefined).join(), /^PROOF_MISSING \/proof [^,]*$/)
    assert.match(said([PROOF, PROOF]).join(), /^PROOF_COUNT \/proof \[/)
  })

  it('lacks a member, and what an object is born with is not taken for it', () => {
    const { created: _, ...without } = PROOF
    const told = said(without)
    assert.ok(told.includes(`PROOF_TIME /proof/created ${told[0]?.split(' ').at(-1)}`), told.join())
    assert.ok(!told.join().includes('eddsa-rdfc-2022'), told.join())
  })
})
