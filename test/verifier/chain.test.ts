import assert from 'node:assert/strict'
import type { CredentialType } from '@battery-passport/contexts'
import type { Limits, SecuredCredential } from '@battery-passport/verifier'
import { chainFindings, followedReferences } from '../../verifier/reading/chain.ts'
import { indexDocuments } from '../../verifier/reading/documents.ts'
import { LIMITS } from '../../verifier/reading/limits.ts'
import { Consortium, type Signed } from '../support/consortium.ts'

describe('what a credential rests on', () => {
  let consortium: Consortium
  let attestation: SecuredCredential<'RulebookAttestation'>
  let accreditation: SecuredCredential<'VerifierAccreditation'>
  let custody: Signed<'CustodyAttestation'>

  before(async () => {
    consortium = await Consortium.assemble()
    const [first] = consortium.attestations
    const [body] = consortium.accreditations.values()
    assert.ok(first && body)
    attestation = first.secured
    accreditation = body.secured
    custody = await consortium.custody(await consortium.custodyAccreditation())
  })

  it('is what a passport, an attestation or an accreditation refers to', async () => {
    const passport = await consortium.passport({}, { custody: [custody] })
    const { attestations, custody: shares } = passport.secured.credential.credentialSubject
    assert.deepEqual(followedReferences(passport.secured), [
      ...attestations.map((reference, index) => ({
        pointer: `/credentialSubject/attestations/${index}`,
        reference,
      })),
      { pointer: '/credentialSubject/custody/0', reference: shares[0] },
    ])
    for (const { secured } of [...consortium.attestations, custody]) {
      assert.deepEqual(followedReferences(secured), [
        {
          pointer: '/credentialSubject/accreditation',
          reference: secured.credential.credentialSubject.accreditation,
        },
      ])
    }
    assert.deepEqual(followedReferences(accreditation), [])
    const [list] = await consortium.statusLists()
    assert.deepEqual(list && followedReferences(list.secured), [])
    for (const { secured } of consortium.identities.values()) {
      assert.deepEqual(followedReferences(secured), [])
    }
    const above = reference('urn:above', 'VerifierAccreditation')
    assert.deepEqual(followedReferences(accredited('urn:below', 'urn:above')), [
      { pointer: '/credentialSubject/accreditedBy', reference: above },
    ])
  })

  const reference = <T extends CredentialType>(id: string, type: T) => ({
    id,
    type,
    digestMultibase: `z${id}`,
  })
  /** An accreditation by another, or by an anchor, as far as it is looked at here. */
  const accredited = (id: string, by?: string) => {
    const { accreditedBy: _, ...subject } = accreditation.credential.credentialSubject
    const above = by === undefined ? {} : { accreditedBy: reference(by, 'VerifierAccreditation') }
    const credential = { ...accreditation.credential, credentialSubject: { ...subject, ...above } }
    return { ...accreditation, id, digestMultibase: `z${id}`, credential }
  }
  const attested = (id: string, by: string) => {
    const { credential } = attestation
    const credentialSubject = {
      ...credential.credentialSubject,
      accreditation: reference(by, 'VerifierAccreditation'),
    }
    return {
      ...attestation,
      id,
      digestMultibase: `z${id}`,
      credential: { ...credential, credentialSubject },
    }
  }
  const resting = async (...on: readonly string[]) => {
    const { secured } = await consortium.passport()
    const credentialSubject = {
      ...secured.credential.credentialSubject,
      attestations: on.map((id) => reference(id, 'RulebookAttestation')),
    }
    return {
      ...secured,
      id: 'urn:passport',
      credential: { ...secured.credential, credentialSubject },
    }
  }
  const walked = (
    root: SecuredCredential,
    others: readonly SecuredCredential[],
    limits: Limits = LIMITS,
  ) => {
    const documents = others.map((secured) => ({ ok: true, secured }) as const)
    return chainFindings(root, indexDocuments(documents, LIMITS), limits).map(
      ({ code, credential, pointer, expected, found }) => ({
        code,
        credential,
        pointer,
        expected,
        found,
      }),
    )
  }
  const cycle = { code: 'CHAIN_CYCLE', expected: 'a chain that ends at a trust anchor' }
  const depth = (most: number) => ({
    code: 'CHAIN_DEPTH',
    expected: `at most ${most} accreditations to an anchor`,
    found: `${most + 1}`,
  })

  it('must not rest on it: the circle is named from its beginning', () => {
    const a = accredited('urn:a', 'urn:b')
    const pointer = '/credentialSubject/accreditedBy'
    assert.deepEqual(walked(a, [a, accredited('urn:b', 'urn:a')]), [
      { ...cycle, credential: 'urn:b', pointer, found: 'urn:a → urn:b → urn:a' },
    ])
    assert.deepEqual(walked(accredited('urn:a', 'urn:a'), []), [
      { ...cycle, credential: 'urn:a', pointer, found: 'urn:a → urn:a' },
    ])
    const below = attested('urn:x', 'urn:a')
    assert.deepEqual(walked(below, [a, accredited('urn:b', 'urn:a')]), [
      { ...cycle, credential: 'urn:b', pointer, found: 'urn:x → urn:a → urn:b → urn:a' },
    ])
  })

  it('ends after so many accreditations, told of once however many ways lead there', async () => {
    const root = await resting('urn:x', 'urn:y')
    const both = [attested('urn:x', 'urn:a'), attested('urn:y', 'urn:a')]
    const chain = [accredited('urn:a', 'urn:b'), accredited('urn:b')]
    const limits = (chainDepth: number) => ({ ...LIMITS, chainDepth })
    assert.deepEqual(walked(root, [...both, ...chain], limits(2)), [])
    const pointer = '/credentialSubject/accreditedBy'
    assert.deepEqual(walked(root, [...both, ...chain], limits(1)), [
      { ...depth(1), credential: 'urn:a', pointer },
    ])
    assert.deepEqual(
      walked(root, [...both, ...chain], limits(0)),
      ['urn:x', 'urn:y'].map((credential) => ({
        ...depth(0),
        credential,
        pointer: '/credentialSubject/accreditation',
      })),
    )
  })

  it('is walked again where it is reached from deeper', async () => {
    const root = await resting('urn:x', 'urn:y')
    const documents = [
      attested('urn:x', 'urn:a'),
      attested('urn:y', 'urn:c'),
      accredited('urn:c', 'urn:a'),
      accredited('urn:a', 'urn:b'),
      accredited('urn:b'),
    ]
    assert.deepEqual(walked(root, documents, { ...LIMITS, chainDepth: 2 }), [
      { ...depth(2), credential: 'urn:a', pointer: '/credentialSubject/accreditedBy' },
    ])
  })

  it('costs no more than its credentials, however many ways lead through them', () => {
    // Each layer doubles the ways: with all of them walked, this would not end.
    const layers = Array.from({ length: 40 }, (_, layer) =>
      ['a', 'b'].map((side) => {
        const one = accredited(`urn:${layer}`, `urn:${layer + 1}`)
        return { ...one, digestMultibase: `z${layer}${side}` }
      }),
    )
    const [[root] = []] = layers
    assert.ok(root)
    assert.deepEqual(walked(root, layers.flat(), { ...LIMITS, chainDepth: 100 }), [])
  })
})
