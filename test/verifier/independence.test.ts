import assert from 'node:assert/strict'
import type { Identity, SecuredCredential } from '../../verifier/reading/secured-credential.ts'
import {
  dependence,
  independenceFindings,
  type Party,
  party,
} from '../../verifier/trust/independence.ts'

type Declared = Parameters<typeof party>[3]

/** Two fictional legal entities and a parent of one of them. */
const LEI = '00000000000000000098'
const PARENT = '11111111111111111143'
const OTHER = '22222222222222222291'

function identity(credentialSubject: { lei?: string; ultimateParentLei?: string }): Identity {
  // Nothing else of an identity is asked for here.
  return Object({ credential: { credentialSubject } })
}

const NOBODY = { good: [], undecided: [] } as const
const SILENT: Declared = { byOther: false }

function partyOf(
  good: readonly Identity[],
  declared: Declared = SILENT,
  undecided: readonly Identity[] = [],
): Party {
  return party('operator', 'did:example:party', { good, undecided }, declared)
}

describe('a party is known for certain', () => {
  const lei = identity({ lei: LEI })
  const parent = identity({ ultimateParentLei: PARENT })

  it('by identities that name both its LEI and its ultimate parent', () => {
    const { proven, leis, parents } = partyOf([identity({ lei: LEI, ultimateParentLei: PARENT })])
    assert.equal(proven, true)
    assert.deepEqual([[...leis], [...parents]], [[LEI], [PARENT]])
    assert.equal(partyOf([lei, parent]).proven, true)
  })

  it('not by one of the two, and not by nothing', () => {
    assert.equal(partyOf([lei]).proven, false)
    assert.equal(partyOf([parent]).proven, false)
    assert.equal(partyOf([]).proven, false)
    assert.deepEqual([...partyOf([parent]).leis], [])
    assert.deepEqual([...partyOf([lei]).parents], [])
  })

  it('by the word of another, but not by its own', () => {
    const declared = { lei: LEI, parent: PARENT }
    assert.equal(partyOf([], { ...declared, byOther: true }).proven, true)
    assert.equal(partyOf([], { ...declared, byOther: false }).proven, false)
  })

  it('not by half a word of another', () => {
    assert.equal(partyOf([], { lei: LEI, byOther: true }).proven, false)
    assert.equal(partyOf([], { parent: PARENT, byOther: true }).proven, false)
    assert.equal(partyOf([], SILENT).proven, false)
    assert.equal(partyOf([], { byOther: true }).proven, false)
  })

  it('by half a word of another and an identity with the other half', () => {
    assert.equal(partyOf([parent], { lei: LEI, byOther: true }).proven, true)
    assert.equal(partyOf([lei], { parent: PARENT, byOther: true }).proven, true)
    assert.equal(partyOf([lei], { lei: LEI, byOther: true }).proven, false)
    assert.equal(partyOf([parent], { parent: PARENT, byOther: true }).proven, false)
  })

  it('not by an identity of which it is open whether it is good, though that still binds it', () => {
    const { proven, leis, parents } = partyOf([], SILENT, [lei, parent])
    assert.equal(proven, false)
    assert.deepEqual([[...leis], [...parents]], [[LEI], [PARENT]])
  })

  it('and only what is declared is added to what is registered', () => {
    const { leis, parents } = partyOf([lei], { lei: OTHER, parent: PARENT, byOther: false })
    assert.deepEqual([[...leis], [...parents]], [[LEI, OTHER], [PARENT]])
    assert.deepEqual([...partyOf([lei]).leis], [LEI])
  })
})

describe('two parties depend on each other', () => {
  const named = (did: string, declared: Omit<Declared, 'byOther'>) =>
    party('operator', did, NOBODY, { ...declared, byOther: false })

  it('if they are the same', () => {
    assert.equal(
      dependence(named('did:example:a', {}), named('did:example:a', {})),
      'both are did:example:a',
    )
  })

  it('if an LEI or an ultimate parent of the one is either of the other', () => {
    const both = `both belong to ${LEI}`
    for (const one of [{ lei: LEI }, { parent: LEI }]) {
      for (const other of [{ lei: LEI }, { parent: LEI }]) {
        assert.equal(dependence(named('did:example:a', one), named('did:example:b', other)), both)
      }
    }
  })

  it('not if they have nothing in common', () => {
    const one = named('did:example:a', { lei: LEI, parent: PARENT })
    assert.equal(dependence(one, named('did:example:b', { lei: OTHER })), null)
    assert.equal(dependence(one, named('did:example:b', {})), null)
  })
})

describe('what is said of independence', () => {
  const attestation: SecuredCredential = Object({ id: 'https://body.example/attestations/1' })
  const known = (role: Party['role'], did: string, lei: string) =>
    party(role, did, NOBODY, { lei, parent: lei, byOther: true })
  const unknown = (role: Party['role'], did: string) => party(role, did, NOBODY, SILENT)
  const body = known('assurance body', 'did:example:body', LEI)
  const said = (others: readonly Party[], requireProof = false) =>
    independenceFindings(attestation, body, others, requireProof).map(
      ({ code, severity, pointer, credential, found }) => ({
        code,
        severity,
        pointer,
        credential,
        found,
      }),
    )
  const place = { pointer: '/issuer', credential: attestation.id }

  it('is nothing where all are known and apart', () => {
    assert.deepEqual(said([known('operator', 'did:example:op', OTHER)], true), [])
  })

  it('is an error for each that the body depends on', () => {
    const error = { code: 'NOT_INDEPENDENT', severity: 'error', found: body.did, ...place }
    const others = [
      known('operator', 'did:example:a', LEI),
      known('operator', 'did:example:b', LEI),
    ]
    assert.deepEqual(said(others), [error, error])
  })

  it('names those of whom too little is known, and is an error only if proof is required', () => {
    const others = [unknown('operator', 'did:example:a'), known('operator', 'did:example:b', OTHER)]
    const [lenient, ...more] = said(others)
    assert.deepEqual(more, [])
    assert.equal(lenient?.code, 'INDEPENDENCE_UNPROVEN')
    assert.notEqual(lenient?.severity, 'error')
    assert.equal(lenient?.found, 'none for did:example:a')
    assert.deepEqual(said(others, true), [{ ...lenient, severity: 'error' }])
  })

  it('asks no proof of an accreditor', () => {
    assert.deepEqual(said([unknown('accreditor', 'did:example:accreditor')], true), [])
  })
})
