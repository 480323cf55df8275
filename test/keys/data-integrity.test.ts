import assert from 'node:assert/strict'
import { CONTEXTS, type Cryptosuite, jcs } from '@battery-passport/contexts'
import {
  checkDataIntegrity,
  checkJcsSignature,
  decodeProofValue,
  encodeProofValue,
  generateSigner,
  jcsHashData,
  KEY_OF_SUITE,
  SecuringError,
  type Signer,
  secureWithDataIntegrity,
} from '@battery-passport/keys'
import { issueWithLibrary, verifyWithLibrary } from './library.ts'
import { CREATED, sampleCredential } from './sample.ts'

const SUITES: readonly Cryptosuite[] = ['eddsa-jcs-2022', 'eddsa-rdfc-2022', 'ecdsa-rdfc-2019']

type Mutable = Record<string, unknown>

/** A copy of a document with members of the document or of its proof replaced or removed. */
function changed(document: object, members: Mutable, proofMembers: Mutable = {}): object {
  const copy: Mutable = { ...structuredClone(document), ...members }
  if (typeof copy.proof === 'object' && copy.proof !== null && !Array.isArray(copy.proof)) {
    copy.proof = without({ ...copy.proof, ...proofMembers })
  }
  return without(copy)
}

const without = (value: Mutable) =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined))

for (const cryptosuite of SUITES) {
  describe(`A credential secured with ${cryptosuite}`, () => {
    const signer = generateSigner(KEY_OF_SUITE[cryptosuite])
    const { publicKey } = signer
    const unsecured = sampleCredential(signer)
    const options = { signer, cryptosuite, created: CREATED }
    const refused = async (document: object, code = 'PROOF_INVALID') => {
      const check = await checkDataIntegrity(document, { publicKey })
      assert.equal(check.ok, false)
      assert.ok(!check.ok && check.code === code, `${!check.ok && check.detail}`)
    }
    let secured: Awaited<ReturnType<typeof secureWithDataIntegrity<typeof unsecured>>>

    before(async () => {
      secured = await secureWithDataIntegrity(unsecured, options)
    })

    it('verifies, also when it is frozen', async () => {
      const frozen = deepFreeze(structuredClone(secured))
      assert.deepEqual(await checkDataIntegrity(frozen, { publicKey }), { ok: true })
    })

    it('verifies with @digitalbazaar/vc', async () => {
      assert.equal(await verifyWithLibrary(secured, signer, cryptosuite), true)
    })

    it('is what @digitalbazaar/vc would have issued', async () => {
      const theirs = await issueWithLibrary(unsecured, options)
      if (cryptosuite === 'ecdsa-rdfc-2019') {
        // ECDSA is randomised: everything but the signature is the same.
        const bare = changed(secured, {}, { proofValue: undefined })
        assert.ok(typeof theirs === 'object' && theirs !== null)
        assert.equal(
          JSON.stringify(bare),
          JSON.stringify(changed(theirs, {}, { proofValue: undefined })),
        )
        assert.deepEqual(await checkDataIntegrity(theirs, { publicKey }), { ok: true })
      } else {
        const reordered = JSON.stringify(theirs)
        assert.equal(JSON.stringify(secured), reordered)
      }
    })

    it('leaves what was given as it was', async () => {
      const given = deepFreeze(structuredClone(unsecured))
      await secureWithDataIntegrity(given, options)
      assert.deepEqual(given, unsecured)
    })

    it('has canonical proofs only', () => {
      const { proofValue } = secured.proof
      assert.equal(encodeProofValue(decodeProofValue(proofValue) ?? new Uint8Array()), proofValue)
      assert.equal('@context' in secured.proof, cryptosuite === 'eddsa-jcs-2022')
    })

    for (const [title, members] of [
      ['a changed value', { validUntil: '2029-01-01T00:00:00Z' }],
      ['a removed value', { validUntil: undefined }],
      ['an added value', { description: 'added' }],
      [
        'another subject',
        { credentialSubject: { id: 'did:key:z6Mk', type: 'RegisteredOrganization' } },
      ],
      ['another issuer', { issuer: generateSigner().did }],
      ['an issuer object', { issuer: { id: signer.did } }],
      ['no issuer', { issuer: undefined }],
      ['no proof', { proof: undefined }],
      ['an empty set of proofs', { proof: [] }],
      ['a context that is not pinned', { '@context': ['https://evil.example/context'] }],
      ['a context of its own', { '@context': [...CONTEXTS, { bogus: 'https://evil.example/#' }] }],
      ['no context', { '@context': undefined }],
      ['a context further in', { credentialSubject: { '@context': {}, id: 'did:key:z6Mk' } }],
      ['a value __proto__', { description: '__proto__' }],
      ['a value toString', { id: 'toString' }],
      ['a lone surrogate', { description: '\ud800' }],
      ['an undefined term', { bogus: 'x' }],
    ] as const) {
      it(`does not verify with ${title}`, () => refused(changed(secured, members)))
    }

    for (const [title, proofMembers] of [
      ['another purpose', { proofPurpose: 'authentication' }],
      ['no purpose', { proofPurpose: undefined }],
      ['another type', { type: 'Ed25519Signature2020' }],
      ['an unknown cryptosuite', { cryptosuite: 'bbs-2023' }],
      ['another created', { created: '2026-11-23T12:00:01Z' }],
      ['no created', { created: undefined }],
      ['a created with milliseconds', { created: '2026-11-23T12:00:00.000Z' }],
      ['a created that does not exist', { created: '2026-02-30T12:00:00Z' }],
      ['an expiry', { expires: '2030-01-01T00:00:00Z' }],
      ['a previous proof', { previousProof: 'urn:uuid:1' }],
      ['a domain', { domain: 'evil.example' }],
      ['an id', { id: 'urn:uuid:2' }],
      ['the key of another', { verificationMethod: generateSigner().verificationMethod }],
      ['a relative key', { verificationMethod: '#key' }],
      ['an embedded key', { verificationMethod: { id: signer.verificationMethod } }],
      ['no key', { verificationMethod: undefined }],
    ] as const) {
      it(`does not verify with ${title} in the proof`, () =>
        refused(changed(secured, {}, proofMembers)))
    }

    if (cryptosuite !== 'eddsa-jcs-2022') {
      it('does not verify with contexts in the proof, which would have their own meaning', async () => {
        const withContext = changed(secured, {}, { '@context': secured['@context'] })
        await refused(withContext)
        assert.equal(await verifyWithLibrary(withContext, signer, cryptosuite), true)
      })

      it('never reaches a JSON-LD processor with a value it is not safe with', async () => {
        const hostile = changed(secured, { id: '__proto__' })
        const check = await checkDataIntegrity(hostile, { publicKey })
        assert.ok(!check.ok && check.detail === 'a member or value "__proto__"')
      })
    }

    it('does not verify under the name of another suite', async () => {
      for (const other of SUITES.filter((name) => name !== cryptosuite)) {
        await refused(changed(secured, {}, { cryptosuite: other }))
        const withContext = { cryptosuite: other, '@context': secured['@context'] }
        await refused(changed(secured, {}, withContext))
      }
    })

    it('does not verify with a set of proofs, even when one is good', () =>
      refused(changed(secured, { proof: [secured.proof, secured.proof] })))

    it('does not verify under another key', async () => {
      for (const type of ['Ed25519', 'P-256'] as const) {
        const check = await checkDataIntegrity(secured, {
          publicKey: generateSigner(type).publicKey,
        })
        assert.equal(check.ok, false)
      }
    })

    it('does not verify with the signature in another encoding', async () => {
      const signature = decodeProofValue(secured.proof.proofValue) ?? new Uint8Array()
      const base64url = `u${Buffer.from(signature).toString('base64url')}`
      for (const proofValue of [
        base64url,
        `${secured.proof.proofValue} `,
        `z1${secured.proof.proofValue.slice(1)}`,
        // Long enough that no small signature still fits its 64 bytes.
        `${secured.proof.proofValue}11111111`,
        secured.proof.proofValue.slice(1),
        'z',
        '',
        undefined,
        64,
      ]) {
        await refused(changed(secured, {}, { proofValue }), 'PROOF_ENCODING')
      }
      // The libraries would read the first of them.
      if (cryptosuite === 'eddsa-jcs-2022') {
        const other = changed(secured, {}, { proofValue: base64url })
        assert.equal(await verifyWithLibrary(other, signer, cryptosuite), true)
      }
    })

    it('does not verify with a context that was appended', async () => {
      const context = [...secured['@context'], 'https://w3id.org/security/v2']
      await refused(changed(secured, { '@context': context }))
      if (cryptosuite === 'eddsa-jcs-2022') {
        // The suite alone would let it pass: its proof covers only what it repeats.
        const appended = changed(secured, { '@context': context })
        assert.equal(await verifyWithLibrary(appended, signer, cryptosuite), true)
      }
    })
  })
}

describe('Securing with Data Integrity', () => {
  const signer = generateSigner()
  const options = { signer, cryptosuite: 'eddsa-jcs-2022', created: CREATED } as const
  const refusal = (code: string) => (error: unknown) =>
    error instanceof SecuringError && error.code === code

  it('refuses to sign for an issuer whose key the signer does not hold', async () => {
    const foreign = { ...sampleCredential(signer), issuer: generateSigner().did }
    await assert.rejects(secureWithDataIntegrity(foreign, options), refusal('ISSUER_MISMATCH'))
  })

  it('refuses a credential that has a proof', async () => {
    const twice = await secureWithDataIntegrity(sampleCredential(signer), options)
    await assert.rejects(secureWithDataIntegrity(twice, options), refusal('ALREADY_SECURED'))
  })

  for (const created of ['', '2026-11-23', '2026-11-23T12:00:00+00:00', '2026-02-30T00:00:00Z']) {
    it(`refuses the instant ${JSON.stringify(created)}`, async () => {
      const attempt = secureWithDataIntegrity(sampleCredential(signer), { ...options, created })
      await assert.rejects(attempt, refusal('CREATED_INVALID'))
    })
  }

  for (const cryptosuite of SUITES) {
    it(`refuses a key that ${cryptosuite} cannot use`, async () => {
      const other = generateSigner(KEY_OF_SUITE[cryptosuite] === 'P-256' ? 'Ed25519' : 'P-256')
      const attempt = secureWithDataIntegrity(sampleCredential(other), {
        signer: other,
        cryptosuite,
        created: CREATED,
      })
      await assert.rejects(attempt, refusal('ALGORITHM_MISMATCH'))
    })
  }

  it('refuses a value that a JSON-LD processor is not safe with', async () => {
    const hostile = { ...sampleCredential(signer), id: '__proto__' }
    const attempt = secureWithDataIntegrity(hostile, { ...options, cryptosuite: 'eddsa-rdfc-2022' })
    await assert.rejects(attempt, refusal('FORBIDDEN_VALUE'))
  })

  it('refuses a term that no context defines, so that nothing goes unsigned', async () => {
    const loose = { ...sampleCredential(signer), bogus: 'x' }
    const attempt = secureWithDataIntegrity(loose, { ...options, cryptosuite: 'eddsa-rdfc-2022' })
    await assert.rejects(attempt)
  })

  it('refuses contexts that are not pinned, even those the library has built in', async () => {
    for (const context of ['https://w3id.org/security/v2', 'https://evil.example/context']) {
      const loose = { ...sampleCredential(signer), '@context': [...CONTEXTS, context] }
      const attempt = secureWithDataIntegrity(loose, { ...options, cryptosuite: 'eddsa-rdfc-2022' })
      await assert.rejects(attempt, { code: 'CONTEXT_NOT_ALLOWED' })
    }
  })

  for (const cryptosuite of ['eddsa-jcs-2022', 'eddsa-rdfc-2022'] as const) {
    it(`refuses what a signer answers that is no signature, for ${cryptosuite}`, async () => {
      const broken: Signer = { ...signer, sign: async () => new Uint8Array(70) }
      const attempt = secureWithDataIntegrity(sampleCredential(signer), {
        signer: broken,
        cryptosuite,
        created: CREATED,
      })
      await assert.rejects(attempt, refusal('SIGNER_FAULT'))
    })
  }

  it('keeps verifying honest credentials after every hostile one', async () => {
    const rdfc = { ...options, cryptosuite: 'eddsa-rdfc-2022' } as const
    const honest = await secureWithDataIntegrity(sampleCredential(signer), rdfc)
    const { publicKey } = signer
    for (const value of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf']) {
      for (const hostile of [
        { ...honest, id: value },
        { ...honest, credentialSubject: { ...honest.credentialSubject, id: value } },
        JSON.parse(JSON.stringify(honest).replace('"legalName"', `"${value}"`)),
      ]) {
        assert.equal((await checkDataIntegrity(hostile, { publicKey })).ok, false)
        assert.deepEqual(await checkDataIntegrity(honest, { publicKey }), { ok: true })
      }
    }
    assert.deepEqual(Object.keys(Object.prototype), [])
  })

  it('refuses a context loader that answers for another URL', async () => {
    const rdfc = { ...options, cryptosuite: 'eddsa-rdfc-2022' } as const
    const honest = await secureWithDataIntegrity(sampleCredential(signer), rdfc)
    const check = await checkDataIntegrity(honest, {
      publicKey: signer.publicKey,
      contextLoader: () => ({
        contextUrl: null,
        documentUrl: 'https://other.example/',
        document: {},
        tag: 'static',
      }),
    })
    assert.equal(check.ok, false)
  })
})

describe('A proof that its key holder really signed', () => {
  const signer = generateSigner()
  const { publicKey } = signer
  const good = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-jcs-2022',
    created: CREATED,
    verificationMethod: signer.verificationMethod,
    proofPurpose: 'assertionMethod',
    '@context': CONTEXTS,
  }
  const signWith = async (key: Signer, unsecured: object, options: object) => {
    const signature = await key.sign(jcsHashData(jcs(options), jcs(unsecured)))
    return { ...unsecured, proof: { ...options, proofValue: encodeProofValue(signature) } }
  }
  const check = (document: object) => checkDataIntegrity(document, { publicKey })

  it('holds in the form of the profile', async () => {
    const secured = await signWith(signer, sampleCredential(signer), good)
    assert.deepEqual(await check(secured), { ok: true })
  })

  for (const [title, members] of [
    ['an expiry', { expires: '2020-01-01T00:00:00Z' }],
    ['a previous proof', { previousProof: 'urn:uuid:1' }],
    ['a domain', { domain: 'evil.example' }],
    ['a challenge', { challenge: 'x' }],
    ['an id', { id: 'urn:uuid:2' }],
    ['another purpose', { proofPurpose: 'authentication' }],
    ['another type', { type: 'Ed25519Signature2020' }],
    ['a created without zone', { created: '2026-11-23T12:00:00' }],
    ['a created in a list', { created: [CREATED] }],
    ['fewer contexts than the credential', { '@context': CONTEXTS.slice(0, 1) }],
    ['a context in the place of the list', { '@context': CONTEXTS[0] }],
    ['more contexts than the credential', { '@context': [...CONTEXTS, CONTEXTS[0]] }],
  ] as const) {
    it(`is refused all the same with ${title}`, async () => {
      const secured = await signWith(signer, sampleCredential(signer), { ...good, ...members })
      const refusal = await check(secured)
      assert.ok(!refusal.ok && refusal.code === 'PROOF_INVALID')
      assert.match(refusal.detail, /^proof/)
    })
  }

  it('is refused without the contexts in the proof', async () => {
    const { '@context': _, ...options } = good
    const secured = await signWith(signer, sampleCredential(signer), options)
    const refusal = await check(secured)
    assert.ok(!refusal.ok && /^proof\.@context/.test(refusal.detail))
    // The suite alone would accept it.
    assert.equal(await verifyWithLibrary(secured, signer), true)
  })

  it('is refused for the credential of another issuer', async () => {
    const foreign = { ...sampleCredential(signer), issuer: generateSigner().did }
    const refusal = await check(await signWith(signer, foreign, good))
    assert.ok(!refusal.ok && /^issuer/.test(refusal.detail))
  })

  it('is refused under eddsa-jcs-2022 when the key is of P-256', async () => {
    const other = generateSigner('P-256')
    const options = { ...good, verificationMethod: other.verificationMethod }
    const secured = await signWith(other, sampleCredential(other), options)
    const refusal = await checkDataIntegrity(secured, { publicKey: other.publicKey })
    assert.ok(!refusal.ok && /^proof\.cryptosuite/.test(refusal.detail))
    const pieces = {
      proofOptionsJcs: jcs(options),
      unsecuredJcs: jcs(sampleCredential(other)),
      signature: decodeProofValue(secured.proof.proofValue) ?? new Uint8Array(),
      publicKey: other.publicKey,
    }
    assert.equal(await checkJcsSignature(pieces), false)
  })
})

describe('The signature of eddsa-jcs-2022 over canonical pieces', () => {
  it('holds for the pieces that were signed and for no others', async () => {
    const signer = generateSigner()
    const { publicKey } = signer
    const secured = await secureWithDataIntegrity(sampleCredential(signer), {
      signer,
      cryptosuite: 'eddsa-jcs-2022',
      created: CREATED,
    })
    const { proof, ...unsecured } = secured
    const { proofValue, ...proofOptions } = proof
    const signature = decodeProofValue(proofValue) ?? new Uint8Array()
    const pieces = {
      proofOptionsJcs: jcs(proofOptions),
      unsecuredJcs: jcs(unsecured),
      signature,
      publicKey,
    }
    assert.equal(await checkJcsSignature(pieces), true)
    for (const other of [
      { ...pieces, proofOptionsJcs: `${pieces.proofOptionsJcs} ` },
      { ...pieces, unsecuredJcs: `${pieces.unsecuredJcs} ` },
      { ...pieces, unsecuredJcs: pieces.proofOptionsJcs, proofOptionsJcs: pieces.unsecuredJcs },
      { ...pieces, signature: signature.map((byte) => byte ^ 1) },
      { ...pieces, publicKey: generateSigner().publicKey },
      { ...pieces, publicKey: generateSigner('P-256').publicKey },
    ]) {
      assert.equal(await checkJcsSignature(other), false)
    }
  })
})

function deepFreeze<T extends object>(value: T): T {
  for (const member of Object.values(value)) {
    if (typeof member === 'object' && member !== null) deepFreeze(member)
  }
  return Object.freeze(value)
}
