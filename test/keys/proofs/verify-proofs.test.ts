import assert from 'node:assert/strict'
import type { Cryptosuite } from '@battery-passport/contexts'
import {
  type AddProofOptions,
  addProof,
  type DidDocument,
  didKeyResolver,
  generateSigner,
  MAX_PROOFS,
  type ProofsVerification,
  parseDid,
  parseDidUrl,
  type Resolver,
  type Signer,
  secureWithDataIntegrity,
  type VerifyProofsOptions,
  verifyProofs,
} from '@battery-passport/keys'
import { verifyWithLibrary } from '../library.ts'
import { CREATED, sampleCredential } from '../sample.ts'

const resolver = didKeyResolver()
const NOW = Date.parse(CREATED) / 1000
const ONE = 'urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544'
const TWO = 'urn:uuid:8cc9022b-6b14-4cf3-8571-74972c5feb54'
const SUITES = ['eddsa-jcs-2022', 'eddsa-rdfc-2022', 'ecdsa-rdfc-2019'] as const

const signers = new Map<Cryptosuite, readonly [Signer, Signer, Signer]>()
function signersOf(suite: Cryptosuite) {
  const type = suite === 'ecdsa-rdfc-2019' ? 'P-256' : 'Ed25519'
  const known = signers.get(suite)
  if (known !== undefined) return known
  const made = [generateSigner(type), generateSigner(type), generateSigner(type)] as const
  signers.set(suite, made)
  return made
}

function verify(document: object, options: Partial<VerifyProofsOptions> = {}) {
  return verifyProofs(document, { proofPurpose: 'assertionMethod', resolver, now: NOW, ...options })
}

/** The problems by the last part of their URL, with the place. */
function problemsOf({ proofs, errors }: ProofsVerification): readonly string[] {
  return [...errors, ...proofs.flatMap((proof) => proof.errors)].map(
    ({ type, pointer }) => `${type.slice(type.indexOf('#') + 1)} ${pointer}`,
  )
}

function listOf(document: { readonly proof: object }): readonly object[] {
  return Array.isArray(document.proof) ? document.proof : [document.proof]
}

/** The document with other members in one of its proofs. */
function withProof(document: { readonly proof: object }, index: number, members: object) {
  const proof = listOf(document).map((each, at) => (at === index ? { ...each, ...members } : each))
  return { ...document, proof }
}

for (const cryptosuite of SUITES) {
  describe(`Every proof of a document, with ${cryptosuite}`, () => {
    const [issuer, second, notary] = signersOf(cryptosuite)
    const credential = sampleCredential(issuer)
    const by = (signer: Signer, options: Partial<AddProofOptions> = {}): AddProofOptions => ({
      signer,
      cryptosuite,
      created: CREATED,
      ...options,
    })
    const setOfTwo = async () =>
      addProof(await addProof(credential, by(issuer, { id: ONE })), by(second, { id: TWO }))
    const chain = async () =>
      addProof(await setOfTwo(), by(notary, { previousProof: [ONE, TWO], id: 'urn:x:three' }))

    it('verifies one proof, and says who answers for it', async () => {
      const secured = await addProof(credential, by(issuer))
      const result = await verify(secured)
      assert.deepEqual(problemsOf(result), [])
      assert.equal(result.verified, true)
      assert.equal(result.proofs[0]?.controller, issuer.did)
      assert.equal(result.proofs[0]?.pointer, '/proof')
    })

    it('adds the first proof as a credential of the profile has it', async () => {
      const ours = await secureWithDataIntegrity(credential, by(issuer))
      const added = await addProof(credential, by(issuer))
      const names = (document: { readonly proof: object }) => Object.keys(document.proof).toSorted()
      assert.deepEqual(names(added), names(ours))
      if (cryptosuite !== 'ecdsa-rdfc-2019') assert.deepEqual(added, ours)
    })

    it('agrees with the library about one proof, good or changed', async () => {
      const secured = await addProof(credential, by(issuer))
      const subject = { ...credential.credentialSubject, legalName: 'Another Oy (fictional)' }
      const changed = { ...secured, credentialSubject: subject }
      for (const document of [
        secured,
        changed,
        withProof(secured, 0, { created: '2026-11-22T12:00:00Z' }),
      ]) {
        const { verified } = await verify(document)
        assert.equal(verified, document === secured)
        assert.equal(await verifyWithLibrary(document, issuer, cryptosuite), verified)
      }
    })

    it('verifies a set only if every proof of it does, where the library asks for any', async () => {
      const set = await setOfTwo()
      assert.equal((await verify(set)).verified, true)
      const [first] = listOf(set)
      const forged = withProof(set, 1, { proofValue: Reflect.get(first ?? {}, 'proofValue') })
      assert.equal(await verifyWithLibrary(forged, issuer, cryptosuite), true)
      const result = await verify(forged)
      assert.equal(result.verified, false)
      assert.deepEqual(
        result.proofs.map(({ verified }) => verified),
        [true, false],
      )
      assert.deepEqual(problemsOf(result), ['CRYPTOGRAPHIC_SECURITY_ERROR /proof/1/proofValue'])
    })

    it('verifies a chain, and its last proof seals those before it', async () => {
      const chained = await chain()
      const result = await verify(chained)
      assert.deepEqual(problemsOf(result), [])
      assert.equal(result.verified, true)
      assert.deepEqual(
        result.proofs.map(({ previousProof }) => previousProof),
        [[], [], [ONE, TWO]],
      )
    })

    it('refuses a chain whose link was taken away, where the library does not look', async () => {
      const chained = await chain()
      const [first, , last] = listOf(chained)
      const cut = { ...chained, proof: [first, last] }
      const result = await verify(cut)
      assert.deepEqual(problemsOf(result), ['PROOF_VERIFICATION_ERROR /proof/1/previousProof'])
      assert.equal(
        await verifyWithLibrary({ ...chained, proof: [first, last] }, issuer, cryptosuite),
        true,
      )
    })

    it('refuses a chain whose link was exchanged for another genuine one', async () => {
      const chained = await chain()
      const other = await addProof(
        credential,
        by(second, { id: TWO, created: '2026-11-23T11:00:00Z' }),
      )
      const [first, , last] = listOf(chained)
      const result = await verify({ ...chained, proof: [first, other.proof, last] })
      assert.deepEqual(problemsOf(result), ['CRYPTOGRAPHIC_SECURITY_ERROR /proof/2/proofValue'])
    })

    it('refuses a later link that claims no longer to be one', async () => {
      const chained = await chain()
      const [first, , last] = listOf(chained)
      const { previousProof: _, ...free } = Object.fromEntries(Object.entries(last ?? {}))
      const result = await verify({ ...chained, proof: [first, free] })
      assert.deepEqual(problemsOf(result), ['CRYPTOGRAPHIC_SECURITY_ERROR /proof/1/proofValue'])
    })
  })
}

describe('A chain of proofs', () => {
  const cryptosuite = 'eddsa-jcs-2022'
  const [issuer, second] = signersOf(cryptosuite)
  const credential = sampleCredential(issuer)
  const add = async <T extends object>(document: T, options: Partial<AddProofOptions> = {}) =>
    addProof(document, { signer: issuer, cryptosuite, created: CREATED, ...options })

  it('may mix cryptosuites', async () => {
    const [p256] = signersOf('ecdsa-rdfc-2019')
    const first = await add(credential, { id: ONE })
    const other = { signer: p256, cryptosuite: 'ecdsa-rdfc-2019', id: TWO } as const
    const mixed = await add(await add(first, { ...other, previousProof: ONE }), {
      previousProof: TWO,
    })
    assert.deepEqual(problemsOf(await verify(mixed)), [])
    const broken = withProof(mixed, 0, { created: '2026-11-23T11:59:59Z' })
    assert.deepEqual(problemsOf(await verify(broken)), [
      'CRYPTOGRAPHIC_SECURITY_ERROR /proof/0/proofValue',
      'CRYPTOGRAPHIC_SECURITY_ERROR /proof/1/proofValue',
    ])
  })

  it('does not come back to itself, directly or over others', async () => {
    const one = await add(credential, { id: ONE })
    const itself = withProof(one, 0, { previousProof: ONE })
    assert.deepEqual(problemsOf(await verify(itself)), [
      'PROOF_VERIFICATION_ERROR /proof/0/previousProof',
    ])
    const two = await add(one, { id: TWO, previousProof: ONE })
    const circle = await verify(withProof(two, 0, { previousProof: TWO }))
    assert.deepEqual(problemsOf(circle), [
      'PROOF_VERIFICATION_ERROR /proof/0/previousProof',
      'PROOF_VERIFICATION_ERROR /proof/1/previousProof',
    ])
  })

  it('names one proof: an id that two have is refused, named or not', async () => {
    const two = await add(await add(credential, { id: ONE }), { id: TWO, signer: second })
    const three = await add(two, { previousProof: TWO })
    const [first] = listOf(three)
    const twice = { ...three, proof: [...listOf(three), { ...first, id: TWO }] }
    assert.deepEqual(problemsOf(await verify(twice)), [
      'PROOF_VERIFICATION_ERROR /proof/1/id',
      'PROOF_VERIFICATION_ERROR /proof/2/previousProof',
      'PROOF_VERIFICATION_ERROR /proof/3/id',
    ])
  })

  it('names each proof once and by its URL', async () => {
    const one = await add(credential, { id: ONE })
    for (const previousProof of [[ONE, ONE], [], [1], {}, '', 'no URL', '_:b0', [null]]) {
      assert.deepEqual(problemsOf(await verify(withProof(one, 0, { previousProof }))), [
        'PROOF_VERIFICATION_ERROR /proof/0/previousProof',
      ])
    }
  })

  it('is not signed where it would not verify', async () => {
    const one = await add(credential, { id: ONE })
    for (const options of [
      { previousProof: TWO },
      { previousProof: [] },
      { id: ONE },
      { id: TWO, previousProof: TWO },
      { id: 'no URL' },
      { expires: 'tomorrow' },
      { challenge: '' },
    ]) {
      await assert.rejects(add(one, options), { code: 'PROOF_REFUSED' }, JSON.stringify(options))
    }
    await assert.rejects(add(one, { created: 'today' }), { code: 'CREATED_INVALID' })
    await assert.rejects(add(one, { cryptosuite: 'ecdsa-rdfc-2019' }), {
      code: 'ALGORITHM_MISMATCH',
    })
    const bent: Signer = { ...second, sign: (bytes) => issuer.sign(bytes) }
    await assert.rejects(add(one, { signer: bent }), { code: 'SIGNER_FAULT' })
    const nothing = { ...credential, '@context': ['https://unknown.example/v1'] }
    await assert.rejects(
      add(nothing, { cryptosuite: 'eddsa-rdfc-2022' }),
      (error: Error) =>
        /https:\/\/unknown\.example\/v1/.test(error.message) && error.cause instanceof Error,
    )
  })

  it('has no more links than are looked at', async () => {
    let document: { readonly proof: object } = await add(credential)
    for (let count = 1; count < MAX_PROOFS; count++) document = await add(document)
    assert.equal((await verify(document)).verified, true)
    await assert.rejects(add(document), { code: 'PROOF_REFUSED' })
    const [first] = listOf(document)
    const more = { ...document, proof: [...listOf(document), first] }
    assert.deepEqual(problemsOf(await verify(more)), ['RANGE_ERROR /proof'])
  })
})

describe('A proof of a set', () => {
  const cryptosuite = 'eddsa-jcs-2022'
  const [issuer] = signersOf(cryptosuite)
  const credential = sampleCredential(issuer)
  const add = async <T extends object>(document: T, options: Partial<AddProofOptions> = {}) =>
    addProof(document, { signer: issuer, cryptosuite, created: CREATED, ...options })

  it('is missed', async () => {
    for (const document of [credential, { ...credential, proof: [] }]) {
      assert.deepEqual(problemsOf(await verify(document)), ['PROOF_VERIFICATION_ERROR /proof'])
    }
  })

  it('is no proof that nobody understands, though the others verify', async () => {
    const secured = await add(credential)
    const { proof } = secured
    const stranger = { type: 'Ed25519Signature2020', created: CREATED, proofValue: 'z1' }
    for (const other of [stranger, null, 'a proof', 7, [proof], {}, { ...proof, jws: 'x' }]) {
      const result = await verify({ ...credential, proof: [proof, other] })
      assert.equal(result.verified, false)
      assert.deepEqual(
        result.proofs.map(({ verified }) => verified),
        [true, false],
      )
    }
  })

  it('says everything that it has against it', async () => {
    const result = await verify(
      withProof(await add(credential), 0, {
        type: 'Other',
        cryptosuite: 'bbs-2023',
        verificationMethod: issuer.did,
        proofPurpose: '',
        proofValue: 'z1',
        created: '2026-11-23',
        expires: '2026-02-30T00:00:00Z',
        id: '_:b1',
        domain: [],
        nonce: 1,
        '@context': [],
      }),
    )
    assert.deepEqual(problemsOf(result).toSorted(), [
      'INVALID_VERIFICATION_METHOD_URL /proof/0/verificationMethod',
      'MALFORMED_VALUE_ERROR /proof/0/created',
      'MALFORMED_VALUE_ERROR /proof/0/domain',
      'MALFORMED_VALUE_ERROR /proof/0/expires',
      'MALFORMED_VALUE_ERROR /proof/0/id',
      'MALFORMED_VALUE_ERROR /proof/0/nonce',
      'MALFORMED_VALUE_ERROR /proof/0/proofPurpose',
      'PROOF_VERIFICATION_ERROR /proof/0/@context',
      'PROOF_VERIFICATION_ERROR /proof/0/cryptosuite',
      'PROOF_VERIFICATION_ERROR /proof/0/proofValue',
      'PROOF_VERIFICATION_ERROR /proof/0/type',
    ])
  })

  it('has the members of Data Integrity alone, the contexts of the document, and a key of its suite', async () => {
    const secured = await add(credential)
    for (const [members, place] of [
      [{ jws: 'x' }, 'jws'],
      [{ '@context': credential['@context'].slice(0, 1) }, '@context'],
      [{ cryptosuite: 'ecdsa-rdfc-2019', '@context': undefined }, 'cryptosuite'],
    ] as const) {
      assert.deepEqual(problemsOf(await verify(withProof(secured, 0, members))), [
        `PROOF_VERIFICATION_ERROR /proof/0/${place}`,
      ])
    }
  })

  it('is not one from the future, and none that has expired', async () => {
    const expires = '2026-11-24T12:00:00Z'
    const secured = await add(credential, { expires })
    const later = (seconds: number) => verify(secured, { now: NOW + seconds })
    const day = 24 * 60 * 60
    assert.equal((await later(-60)).verified, true)
    assert.deepEqual(problemsOf(await later(-61)), ['RANGE_ERROR /proof/created'])
    assert.equal((await later(day + 60)).verified, true)
    assert.deepEqual(problemsOf(await later(day + 61)), ['RANGE_ERROR /proof/expires'])
    const early = await add(credential, { expires: '2026-11-23T11:59:59Z' })
    assert.deepEqual(problemsOf(await verify(early)), ['RANGE_ERROR /proof/expires'])
  })

  it('is for the purpose that is expected, and not for another', async () => {
    const other = await add(credential, { proofPurpose: 'authentication' })
    assert.deepEqual(problemsOf(await verify(other)), [
      'PROOF_VERIFICATION_ERROR /proof/proofPurpose',
    ])
  })

  it('answers the challenge that was given, for the domain, and no other', async () => {
    const authentication = { proofPurpose: 'authentication' } as const
    const said = { challenge: 'b7a1', domain: 'https://buyer.example' }
    const secured = await add(credential, { ...authentication, ...said })
    const asked = (options: Partial<VerifyProofsOptions>) =>
      verify(secured, { ...authentication, ...options })
    assert.deepEqual(problemsOf(await asked(said)), [])
    assert.deepEqual(problemsOf(await asked({ ...said, challenge: 'b7a2' })), [
      'INVALID_CHALLENGE_ERROR /proof/challenge',
    ])
    assert.deepEqual(problemsOf(await asked({ challenge: 'b7a1' })), [
      'INVALID_DOMAIN_ERROR /proof/domain',
    ])
    const elsewhere = await asked({ ...said, domain: 'https://other.example' })
    assert.deepEqual(problemsOf(elsewhere), ['INVALID_DOMAIN_ERROR /proof/domain'])
    const silent = await add(credential, authentication)
    assert.deepEqual(problemsOf(await verify(silent, { ...authentication, ...said })), [
      'INVALID_CHALLENGE_ERROR /proof/challenge',
      'INVALID_DOMAIN_ERROR /proof/domain',
    ])
    const several = await add(credential, {
      ...authentication,
      ...said,
      domain: ['https://buyer.example', 'https://other.example'],
    })
    assert.equal((await verify(several, { ...authentication, ...said })).verified, true)
    await assert.rejects(verify(secured, authentication), TypeError)
    const replayed = await add(credential, said)
    assert.deepEqual(problemsOf(await verify(replayed)), [
      'INVALID_CHALLENGE_ERROR /proof/challenge',
      'INVALID_DOMAIN_ERROR /proof/domain',
    ])
  })

  it('is never judged by times that are no numbers: nothing would expire', async () => {
    for (const bare of [credential, await add(credential, { expires: '2000-01-01T00:00:00Z' })]) {
      for (const clockSkew of [Number.NaN, Number.POSITIVE_INFINITY, -1]) {
        await assert.rejects(verify(bare, { clockSkew }), /^TypeError: clockSkew: expected seconds/)
      }
      await assert.rejects(verify(bare, { now: Number.NaN }), /^TypeError: now: expected seconds/)
      assert.equal((await verify(bare, { clockSkew: 0 })).verified, false)
    }
  })

  it('covers its challenge, its domain and its end', async () => {
    const said = { challenge: 'b7a1', domain: 'https://buyer.example' }
    const secured = await add(credential, { ...said, expires: '2026-11-24T12:00:00Z' })
    assert.equal((await verify(secured, said)).verified, true)
    for (const change of [{ challenge: 'b7a2' }, { domain: 'https://other.example' }]) {
      const changed = withProof(secured, 0, change)
      assert.deepEqual(problemsOf(await verify(changed, { ...said, ...change })), [
        'CRYPTOGRAPHIC_SECURITY_ERROR /proof/0/proofValue',
      ])
    }
    const longer = withProof(secured, 0, { expires: '2036-11-24T12:00:00Z' })
    assert.deepEqual(problemsOf(await verify(longer, said)), [
      'CRYPTOGRAPHIC_SECURITY_ERROR /proof/0/proofValue',
    ])
  })

  it('is by a key that its controller lists for the purpose and has not taken back', async () => {
    const did = parseDid('did:web:issuer.example')
    const method = parseDidUrl('did:web:issuer.example#key-1')
    assert.ok(did !== null && method !== null)
    const signer: Signer = { ...issuer, did, verificationMethod: method.url }
    const secured = await add({ ...credential, issuer: did }, { signer })
    const listed = { id: method.url, controller: did, publicKey: issuer.publicKey }
    const whole = { id: did, verificationMethod: [listed], assertionMethod: [method.url] }
    const under = async (document: Partial<DidDocument>) => {
      const answering: Resolver = {
        resolve: async () => ({ ok: true, document: { ...whole, ...document } }),
      }
      return problemsOf(await verify(secured, { resolver: answering }))
    }
    const place = '/proof/verificationMethod'
    assert.deepEqual(await under({}), [])
    assert.deepEqual(await under({ assertionMethod: [] }), [
      `INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD ${place}`,
    ])
    assert.deepEqual(await under({ id: issuer.did }), [
      `INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID ${place}`,
    ])
    for (const verificationMethod of [
      [],
      [{ ...listed, controller: issuer.did }],
      [{ ...listed, revoked: CREATED }],
      [{ ...listed, expires: '2026-11-23T11:00:00Z' }],
      [{ ...listed, expires: 'unreadable' }],
      [{ ...listed, validFrom: '2026-11-23T13:00:00Z' }],
    ]) {
      assert.deepEqual(await under({ verificationMethod }), [
        `INVALID_VERIFICATION_METHOD ${place}`,
      ])
    }
    const later = { ...listed, revoked: '2026-11-23T12:00:01Z' }
    assert.deepEqual(await under({ verificationMethod: [later] }), [])
    const weak = { id: method.url, isWeak: true, detail: 'the point has small order' }
    assert.deepEqual(await under({ verificationMethod: [], unusable: [weak] }), [
      `INVALID_VERIFICATION_METHOD ${place}`,
    ])
  })

  it('is left open where the DID of its key cannot be resolved', async () => {
    const secured = await add(credential)
    const failing: Resolver = { resolve: () => Promise.reject(new Error('down')) }
    const result = await verify(secured, { resolver: failing })
    assert.equal(result.verified, false)
    assert.deepEqual(problemsOf(result), [
      'INVALID_CONTROLLED_IDENTIFIER_DOCUMENT /proof/verificationMethod',
    ])
    assert.equal(result.proofs[0]?.errors[0]?.severity, 'unknown')
  })

  it('is by no key of small order', async () => {
    const identity = 'z6MkeTG3bFFSLYVU7VqhgZxqr6YzpaGrQtFMh1uvqGy1vDnP'
    const secured = await add(credential)
    const did = `did:key:${identity}`
    const weak = withProof(secured, 0, { verificationMethod: `${did}#${identity}` })
    const [error] = (await verify(weak)).proofs[0]?.errors ?? []
    assert.equal(error?.type, 'https://w3id.org/security#INVALID_VERIFICATION_METHOD')
    assert.equal(error.severity, 'error')
  })

  it('says when it was made, or is judged now', async () => {
    const { proof } = await add(credential)
    const { created: _, ...undated } = Object.fromEntries(Object.entries(proof))
    const result = await verify({ ...credential, proof: undated })
    assert.deepEqual(problemsOf(result), ['CRYPTOGRAPHIC_SECURITY_ERROR /proof/proofValue'])
  })
})

describe('What a JSON-LD suite is given', () => {
  const cryptosuite = 'eddsa-rdfc-2022'
  const [issuer] = signersOf(cryptosuite)
  const credential = sampleCredential(issuer)
  let secured: { readonly proof: object }

  before(async () => {
    secured = await addProof(credential, { signer: issuer, cryptosuite, created: CREATED })
  })

  const errorOf = async (document: object) => {
    const result = await verify(document)
    const [error] = result.proofs[0]?.errors ?? []
    assert.equal(result.verified, false)
    assert.ok(error !== undefined)
    return error
  }

  it('has contexts that are at hand; the refusal names the one that is not, and leaves open', async () => {
    const url = 'https://www.w3.org/ns/credentials/examples/v2'
    const context = [...credential['@context'], url]
    const error = await errorOf({ ...secured, '@context': context })
    assert.equal(error.type, 'https://w3id.org/security#PROOF_TRANSFORMATION_ERROR')
    assert.equal(error.severity, 'unknown')
    assert.equal(error.found, url)
    const inline = await errorOf({ ...secured, '@context': [...credential['@context'], {}] })
    assert.equal(inline.severity, 'error')
  })

  it('says in JSON what its statements say, although the signature would still hold', async () => {
    const { credentialSubject } = credential
    for (const [hidden, why] of [
      [{ validUntil: null }, /no null/],
      [{ refreshService: null }, /no null/],
      [{ '@type': ['VerifiableCredential'] }, /terms of the contexts/],
      [{ credentialSubject: { ...credentialSubject, 'https://schema.org/name': 'x' } }, /terms/],
      [{ credentialSubject: { ...credentialSubject, id: '_:b0' } }, /blank node/],
      [{ credentialSubject: { ...credentialSubject, id: 'toString' } }, /toString/],
      [{ credentialSubject: { ...credentialSubject, amount: 0.12345678901234568 } }, /16 digits/],
      [{ credentialSubject: { '@context': {}, ...credentialSubject } }, /at the top only/],
    ] as const) {
      const error = await errorOf({ ...secured, ...hidden })
      assert.equal(error.type, 'https://w3id.org/security#PROOF_TRANSFORMATION_ERROR')
      assert.match(error.detail, why)
    }
    // An honest one still verifies in the same process.
    assert.equal((await verify(secured)).verified, true)
  })
})
