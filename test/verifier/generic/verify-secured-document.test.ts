import assert from 'node:assert/strict'
import { jcs, toBase64url, VC_CONTEXT } from '@battery-passport/contexts'
import {
  type AddProofOptions,
  addProof,
  didDocument,
  generateSigner,
  readDidDocument,
  type Signer,
  secureWithJose,
} from '@battery-passport/keys'
import {
  MAX_SECURED_DOCUMENT_BYTES,
  type SecuredDocumentOptions,
  type SecuredDocumentVerdict,
  verifySecuredDocument,
} from '@battery-passport/verifier'
import { credentialErrors } from '../../../verifier/generic/data-model.ts'

const CREATED = '2026-11-23T12:00:00Z'
const NOW = Date.parse(CREATED) / 1000
const issuer = generateSigner()
const holder = generateSigner()
const notary = generateSigner('P-256')
const credential = {
  '@context': [VC_CONTEXT],
  id: 'urn:uuid:5c1a5b63-8f0e-4a7e-9a59-0d1f6f2f3a10',
  type: ['VerifiableCredential'],
  issuer: issuer.did,
  name: 'A fictional certificate of a plant',
  validFrom: '2026-01-01T00:00:00+01:00',
  validUntil: '2028-01-01T00:00:00Z',
  credentialSubject: { id: 'https://plant.example/1' },
}

const bytesOf = (document: unknown) =>
  new TextEncoder().encode(typeof document === 'string' ? document : JSON.stringify(document))

function verify(document: unknown, options: Partial<SecuredDocumentOptions> = {}) {
  return verifySecuredDocument(bytesOf(document), { clock: { now: () => NOW }, ...options })
}

function sign<T extends object>(document: T, options: Partial<AddProofOptions> = {}) {
  const cryptosuite = options.signer === notary ? 'ecdsa-rdfc-2019' : 'eddsa-jcs-2022'
  return addProof(document, { signer: issuer, cryptosuite, created: CREATED, ...options })
}

/** The JWT of a credential with other claims beside it. */
async function jwt(claims: object = {}, of: object = credential, signer: Signer = issuer) {
  const header = { alg: 'EdDSA', kid: signer.verificationMethod, typ: 'vc+jwt' }
  const part = (value: object) => toBase64url(new TextEncoder().encode(jcs(value)))
  const input = `${part(header)}.${part({ ...of, ...claims })}`
  return `${input}.${toBase64url(await signer.sign(new TextEncoder().encode(input)))}`
}

function problemsOf(verdict: SecuredDocumentVerdict): readonly string[] {
  const { errors, proofs, credentials } = verdict
  const own = [...errors, ...proofs.flatMap((proof) => proof.errors)].map(
    ({ type, pointer }) => `${type.slice(type.indexOf('#') + 1)} ${pointer}`,
  )
  return [...own, ...credentials.flatMap(problemsOf)]
}

async function refused(document: unknown, ...problems: readonly string[]) {
  const verdict = await verify(document)
  assert.deepEqual(problemsOf(verdict), problems)
  assert.equal(verdict.outcome, 'refused')
}

describe('A secured document that is no passport', () => {
  it('is a credential under the key of its issuer', async () => {
    const verdict = await verify(await sign(credential), { expectController: issuer.did })
    assert.deepEqual(problemsOf(verdict), [])
    assert.equal(verdict.outcome, 'verified')
    assert.equal(verdict.kind, 'credential')
    assert.equal(verdict.controller, issuer.did)
    assert.deepEqual(verdict.warnings, [])
  })

  it('may have others who sign beside its issuer, each in its own name', async () => {
    const id = 'urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544'
    const issued = await sign({ ...credential, issuer: { id: issuer.did } }, { id })
    const sealed = await sign(issued, { signer: notary, previousProof: id })
    const verdict = await verify(sealed)
    assert.deepEqual(problemsOf(verdict), [])
    assert.equal(verdict.outcome, 'verified')
    assert.deepEqual(
      verdict.proofs.map(({ controller }) => controller),
      [issuer.did, notary.did],
    )
    const { proof } = sealed
    await refused(
      { ...sealed, proof: Array.isArray(proof) ? proof.slice(1) : proof },
      'PROOF_VERIFICATION_ERROR /issuer',
      'PROOF_VERIFICATION_ERROR /proof/0/previousProof',
    )
  })

  it('is not the word of its issuer when others alone have signed', async () => {
    const foreign = await sign(credential, { signer: holder })
    await refused(foreign, 'PROOF_VERIFICATION_ERROR /issuer')
    await refused({ ...foreign, proof: 7 }, 'MALFORMED_VALUE_ERROR /proof')
  })

  it('is by the issuer that is expected', async () => {
    const verdict = await verify(await sign(credential), { expectController: holder.did })
    assert.deepEqual(problemsOf(verdict), ['PROOF_VERIFICATION_ERROR /issuer'])
  })

  it('has the form of the Data Model 2.0', async () => {
    for (const [members, place] of [
      [{ '@context': VC_CONTEXT }, '/@context'],
      [{ '@context': ['https://www.w3.org/2018/credentials/v1', VC_CONTEXT] }, '/@context'],
      [{ id: 'no URL' }, '/id'],
      [{ id: 7 }, '/id'],
      [{ id: ['https://plant.example/1'] }, '/id'],
      [{ credentialSubject: [{ id: 'https://plant.example/1' }, 'x'] }, '/credentialSubject'],
      [{ validFrom: ['2026-01-01T00:00:00Z'] }, '/validFrom'],
      [{ '@context': undefined }, '/@context'],
      [{ credentialSubject: [] }, '/credentialSubject'],
      [{ credentialSubject: 'x' }, '/credentialSubject'],
      [{ validFrom: '2026-01-01' }, '/validFrom'],
      [{ validUntil: 1 }, '/validUntil'],
    ] as const) {
      await refused(await sign({ ...credential, ...members }), `MALFORMED_VALUE_ERROR ${place}`)
    }
    for (const stranger of [7, '', { name: 'x' }]) {
      await refused(
        await sign({ ...credential, issuer: stranger }),
        'MALFORMED_VALUE_ERROR /issuer',
        'PROOF_VERIFICATION_ERROR /issuer',
      )
    }
    const timeless = { ...credential, validFrom: undefined, validUntil: undefined }
    assert.equal((await verify(await sign(timeless))).outcome, 'verified')
  })

  it('that names no dates has begun at any instant, also before the epoch', () => {
    const { validFrom: _, validUntil: __, ...timeless } = credential
    assert.deepEqual(credentialErrors(timeless, -1000, 60), [])
  })

  it('is in force', async () => {
    const secured = await sign(credential)
    const at = async (instant: string) => {
      const now = Date.parse(instant) / 1000
      const verdict = await verify(secured, { clock: { now: () => now } })
      return problemsOf(verdict).filter((each) => !each.endsWith('/created'))
    }
    assert.deepEqual(await at('2025-12-31T22:59:00Z'), [])
    assert.deepEqual(await at('2025-12-31T22:58:59Z'), ['RANGE_ERROR /validFrom'])
    assert.deepEqual(await at('2028-01-01T00:01:00Z'), [])
    assert.deepEqual(await at('2028-01-01T00:01:01Z'), ['RANGE_ERROR /validUntil'])
    const backwards = await sign({
      ...credential,
      validFrom: '2026-11-23T12:00:10Z',
      validUntil: '2026-11-23T11:59:50Z',
    })
    await refused(backwards, 'RANGE_ERROR /validUntil')
  })

  it('may be in force for one second, and ends before no beginning that it does not have', async () => {
    const brief = await sign({ ...credential, validFrom: CREATED, validUntil: CREATED })
    assert.equal((await verify(brief)).outcome, 'verified')
    const validUntil = '1960-01-01T00:00:00Z'
    const old = await verify(await sign({ ...credential, validFrom: undefined, validUntil }))
    assert.deepEqual(problemsOf(old), ['RANGE_ERROR /validUntil'])
    assert.match(old.errors[0]?.expected ?? '', /2026-11-23T12:00:00/)
  })

  it('says of everything that it does not look at that it did not', async () => {
    const ignored = ['credentialSchema', 'relatedResource', 'refreshService']
    const members = Object.fromEntries(ignored.map((name) => [name, { type: 'Other' }]))
    const secured = await sign({ ...credential, ...members })
    const { warnings } = await verify(secured, { expectController: issuer.did })
    assert.deepEqual(
      warnings,
      ignored.map((name) => `${name} was not looked at.`),
    )
  })

  it('is of no type whose name only contains the right one', async () => {
    await refused({ type: 'NoVerifiableCredential' }, 'MALFORMED_VALUE_ERROR /type')
    await refused({ type: 7 }, 'MALFORMED_VALUE_ERROR /type')
    const { kind, warnings, credentials } = await verify({ type: 7 })
    assert.deepEqual([kind, warnings, credentials], ['unknown', [], []])
  })

  it('answers what it was asked, for the purpose that is expected', async () => {
    const question = { challenge: 'b7a1', domain: 'buyer.example' }
    const purpose = { proofPurpose: 'authentication' } as const
    const answered = await sign(credential, { ...purpose, ...question })
    assert.equal((await verify(answered, { ...purpose, ...question })).outcome, 'verified')
    const claimed = await sign(credential)
    assert.deepEqual(problemsOf(await verify(claimed, question)), [
      'INVALID_CHALLENGE_ERROR /proof/challenge',
      'INVALID_DOMAIN_ERROR /proof/domain',
    ])
  })

  it('says what nobody looked at', async () => {
    const status = { type: 'BitstringStatusListEntry' }
    const asked = { expectController: issuer.did }
    const verdict = await verify(await sign({ ...credential, credentialStatus: status }), asked)
    assert.equal(verdict.outcome, 'verified')
    assert.deepEqual(verdict.warnings, ['credentialStatus was not looked at.'])
  })

  it('is strict JSON of a known type, and not too long', async () => {
    await refused('{"a":1,"a":2}', 'PARSING_ERROR /a')
    await refused(' '.repeat(MAX_SECURED_DOCUMENT_BYTES + 1), 'RANGE_ERROR ')
    await refused('[]', 'MALFORMED_VALUE_ERROR ')
    await refused({ type: 'Other' }, 'MALFORMED_VALUE_ERROR /type')
    const both = ['VerifiableCredential', 'VerifiablePresentation']
    await refused({ type: both }, 'MALFORMED_VALUE_ERROR /type')
    await refused(credential, 'PROOF_VERIFICATION_ERROR /proof')
  })

  it('is left open where its DID is not resolved here', async () => {
    const did = 'did:web:issuer.example'
    const secured = await sign({ ...credential, issuer: did })
    const proof = { ...secured.proof, verificationMethod: `${did}#key-1` }
    const verdict = await verify({ ...secured, proof })
    assert.equal(verdict.outcome, 'indeterminate')
    const unknownContext = { ...credential, '@context': [VC_CONTEXT, 'https://other.example/v1'] }
    const jsonLd = { ...secured.proof, cryptosuite: 'eddsa-rdfc-2022', '@context': undefined }
    const open = await verify({ ...unknownContext, proof: jsonLd })
    assert.equal(open.outcome, 'indeterminate')
    assert.equal(open.proofs[0]?.errors[0]?.found, 'https://other.example/v1')
  })
})

describe('A vc+jwt that is no passport', () => {
  it('is a credential under the key of its issuer', async () => {
    const compact = await secureWithJose(credential, { signer: issuer, issuedAt: NOW })
    const verdict = await verify(compact)
    assert.deepEqual(problemsOf(verdict), [])
    assert.equal(verdict.outcome, 'verified')
    assert.equal(verdict.proofs[0]?.controller, issuer.did)
    const times = { iat: NOW, nbf: NOW, exp: NOW + 1, iss: issuer.did }
    assert.equal((await verify(await jwt(times))).outcome, 'verified')
    assert.equal((await verify(await jwt())).outcome, 'verified')
  })

  it('has claims that hold', async () => {
    for (const [claims, place] of [
      [{ exp: 'never' }, '/exp'],
      [{ exp: `${NOW + 60}` }, '/exp'],
      [{ nbf: 'now' }, '/nbf'],
      [{ iat: 'now' }, '/iat'],
      [{ iss: holder.did }, '/iss'],
      [{ vc: {} }, '/vc'],
      [{ proof: {} }, '/proof'],
      [{ type: ['Other'] }, '/type'],
    ] as const) {
      await refused(await jwt(claims), `MALFORMED_VALUE_ERROR ${place}`)
    }
  })

  it('has claims that hold now: else they are out of range, and not malformed', async () => {
    for (const [claims, place, detail] of [
      [{ exp: NOW - 60 }, '/exp', 'It is no longer valid.'],
      [{ nbf: NOW + 61 }, '/nbf', 'It is not valid yet.'],
      [{ iat: NOW + 61 }, '/iat', 'It claims to be signed in the future.'],
    ] as const) {
      const compact = await jwt(claims)
      await refused(compact, `RANGE_ERROR ${place}`)
      const [error] = (await verify(compact)).errors
      assert.equal(error?.detail, detail)
      assert.match(error.expected, new RegExp(`^(not )?later than ${NOW} \\(20`))
    }
    const edges = { iat: NOW + 60, nbf: NOW + 60, exp: NOW - 59 }
    assert.equal((await verify(await jwt(edges))).outcome, 'verified')
  })

  it('is never judged with a skew that is no time: nothing would expire', async () => {
    for (const clockSkew of [Number.NaN, Number.POSITIVE_INFINITY, -1]) {
      for (const document of [await jwt({ exp: 1 }), await sign(credential)]) {
        await assert.rejects(verify(document, { clockSkew }), /^TypeError: clockSkew: expected/)
      }
    }
    assert.equal(
      (await verify(await jwt({ exp: NOW - 60 }), { clockSkew: 61 })).outcome,
      'verified',
    )
  })

  it('says that it was compared with nobody where nobody is expected', async () => {
    const anybody = await verify(await sign(credential))
    assert.equal(anybody.outcome, 'verified')
    assert.match(anybody.warnings.join(), /^Anybody can sign/)
  })

  it("is refused when it was changed, is another's, or is no credential", async () => {
    const compact = await jwt()
    const [header, , signature] = compact.split('.')
    const [, payload] = (await jwt({ name: 'Other' })).split('.')
    await refused(`${header}.${payload}.${signature}`, 'CRYPTOGRAPHIC_SECURITY_ERROR ')
    await refused(await jwt({}, credential, holder), 'PROOF_VERIFICATION_ERROR /issuer')
    await refused(compact.slice(0, -4), 'PROOF_VERIFICATION_ERROR ')
    await refused(await jwt({ name: 0.5 }), 'PARSING_ERROR /name')
    const list = toBase64url(new TextEncoder().encode('[]'))
    await refused(`${header}.${list}.${signature}`, 'PARSING_ERROR ')
    const challenged = await verify(compact, { challenge: 'b7a1', domain: 'buyer.example' })
    assert.deepEqual(problemsOf(challenged), ['INVALID_CHALLENGE_ERROR ', 'INVALID_DOMAIN_ERROR '])
    const held = await verify(compact, { proofPurpose: 'authentication' })
    assert.deepEqual([held.outcome, problemsOf(held)], ['refused', ['PROOF_VERIFICATION_ERROR ']])
    assert.equal(held.errors[0]?.expected, 'authentication')
    assert.equal(held.errors[0]?.found, 'assertionMethod')
    assert.equal((await verify(compact, { proofPurpose: 'assertionMethod' })).outcome, 'verified')
  })

  it('has one proof, at its root, that says whether it verified', async () => {
    const sound = await verify(await jwt({ nbf: NOW + 60, iat: NOW + 60 }))
    assert.deepEqual(sound.proofs, [
      {
        verified: true,
        pointer: '',
        verificationMethod: issuer.verificationMethod,
        controller: issuer.did,
        previousProof: [],
        errors: [],
      },
    ])
    const [header, payload] = (await jwt()).split('.')
    const [, , signature] = (await jwt({ name: 'Other' })).split('.')
    const forged = await verify(`${header}.${payload}.${signature}`)
    assert.deepEqual(
      forged.proofs.map(({ verified, pointer }) => [verified, pointer]),
      [[false, '']],
    )
  })

  it('is no longer than an enveloped credential may be', async () => {
    await refused(await jwt({ name: 'x'.repeat(64 * 1024) }), 'PROOF_VERIFICATION_ERROR ')
  })

  it('is by a key that was in force when it says it was signed', async () => {
    const by = generateSigner('Ed25519', 'did:web:issuer.example')
    const document = didDocument(by.publicKey, { did: by.did, url: by.verificationMethod })
    const [method] = document.verificationMethod
    const revoked = { ...method, revoked: '2026-11-23T00:00:00Z' }
    const reading = readDidDocument({ ...document, verificationMethod: [revoked] }, by.did)
    const resolver = {
      resolve: async () => (reading.ok ? reading : assert.fail(reading.detail)),
    }
    const of = { ...credential, issuer: by.did }
    const before = Date.parse('2026-11-22T00:00:00Z') / 1000
    const early = await verify(await jwt({ iat: before }, of, by), { resolver })
    assert.deepEqual(problemsOf(early), [])
    for (const claims of [{ iat: NOW }, {}]) {
      const late = await verify(await jwt(claims, of, by), { resolver })
      assert.deepEqual(problemsOf(late), ['INVALID_VERIFICATION_METHOD '])
    }
  })

  it('is left open where its DID is not resolved here', async () => {
    const failing = { resolve: () => Promise.reject(new Error('down')) }
    const verdict = await verify(await jwt(), { resolver: failing })
    assert.equal(verdict.outcome, 'indeterminate')
  })
})

describe('A presentation that is no passport', () => {
  const presentation = {
    '@context': [VC_CONTEXT],
    type: 'VerifiablePresentation',
    holder: holder.did,
  }
  const asked = { challenge: 'b7a1', domain: 'https://buyer.example' }
  const present = async (items: readonly unknown[], members: object = {}) => ({
    ...presentation,
    verifiableCredential: items,
    ...members,
  })
  const answer = (document: object, options: Partial<AddProofOptions> = {}) =>
    sign(document, { signer: holder, proofPurpose: 'authentication', ...asked, ...options })
  const envelope = async () => ({
    '@context': VC_CONTEXT,
    id: `data:application/vc+jwt,${await jwt()}`,
    type: 'EnvelopedVerifiableCredential',
  })

  it('is the answer of its holder, with credentials that each verify', async () => {
    const items = [await sign(credential), await envelope()]
    const verdict = await verify(await answer(await present(items)), {
      ...asked,
      expectController: holder.did,
    })
    assert.deepEqual(problemsOf(verdict), [])
    assert.equal(verdict.outcome, 'verified')
    assert.deepEqual(
      verdict.credentials.map(({ outcome, pointer }) => `${pointer} ${outcome}`),
      ['/verifiableCredential/0 verified', '/verifiableCredential/1 verified'],
    )
  })

  it('warns once where nobody is expected, and not of each credential in it', async () => {
    const secured = await answer(await present([await sign(credential), await envelope()]))
    const warning = 'Anybody can sign: who signed it was compared with nobody you expect.'
    const open = await verify(secured, asked)
    assert.deepEqual(open.warnings, [warning])
    assert.deepEqual((await verify(await sign(credential))).warnings, [warning])
    assert.deepEqual((await verify(await jwt())).warnings, [warning])
    const { warnings } = await verify(secured, { ...asked, expectController: holder.did })
    assert.deepEqual(warnings, [])
    for (const { warnings: inner } of open.credentials) assert.deepEqual(inner, [])
  })

  it('is refused with one bad credential among good ones, and says which', async () => {
    const good = await sign(credential)
    const verdict = await verify(
      await answer(await present([good, { ...good, name: 'Other' }])),
      asked,
    )
    assert.equal(verdict.outcome, 'refused')
    assert.deepEqual(problemsOf(verdict), [
      'CRYPTOGRAPHIC_SECURITY_ERROR /verifiableCredential/1/proof/proofValue',
    ])
  })

  it('is left open with a credential that could not be checked', async () => {
    const did = 'did:web:issuer.example'
    const { proof } = await sign({ ...credential, issuer: did })
    const verificationMethod = `${did}#key-1`
    const item = { ...credential, issuer: did, proof: { ...proof, verificationMethod } }
    const verdict = await verify(await answer(await present([item, await envelope()])), asked)
    assert.equal(verdict.outcome, 'indeterminate')
    assert.deepEqual(
      verdict.credentials.map(({ outcome }) => outcome),
      ['indeterminate', 'verified'],
    )
  })

  it('holds credentials, and no presentations or other envelopes', async () => {
    for (const [item, problem] of [
      [presentation, '/verifiableCredential/0/type'],
      [7, '/verifiableCredential/0'],
      [
        { type: 'EnvelopedVerifiableCredential', id: 'data:text/plain,x' },
        '/verifiableCredential/0/id',
      ],
      [{ type: 'EnvelopedVerifiableCredential' }, '/verifiableCredential/0/id'],
    ] as const) {
      await refused(await present([item]), `MALFORMED_VALUE_ERROR ${problem}`)
    }
    const none = 'MALFORMED_VALUE_ERROR /verifiableCredential'
    await refused(await present([]), none)
    await refused(presentation, none)
    await refused(
      { ...(await present([await envelope()])), holder: 7 },
      'MALFORMED_VALUE_ERROR /holder',
    )
  })

  it('says that anybody may present what nobody signed', async () => {
    const unsigned = await present([await envelope()])
    const verdict = await verify(unsigned)
    assert.equal(verdict.outcome, 'verified')
    assert.match(verdict.warnings.join(), /not signed/)
    assert.deepEqual(
      problemsOf(await verify(unsigned, { ...asked, expectController: holder.did })),
      ['INVALID_CHALLENGE_ERROR ', 'INVALID_DOMAIN_ERROR ', 'PROOF_VERIFICATION_ERROR /holder'],
    )
  })

  it('is left open where nobody says what it should answer', async () => {
    const verdict = await verify(await answer(await present([await envelope()])))
    assert.equal(verdict.outcome, 'indeterminate')
    assert.deepEqual(problemsOf(verdict), ['INVALID_CHALLENGE_ERROR /proof'])
  })

  it('is by its holder, if it names one', async () => {
    const items = [await envelope()]
    const other = await verify(await answer(await present(items), { signer: issuer }), asked)
    assert.deepEqual(problemsOf(other), ['PROOF_VERIFICATION_ERROR /holder'])
    const unnamed = await answer(await present(items, { holder: undefined }))
    assert.equal((await verify(unnamed, asked)).outcome, 'verified')
  })

  it('may be an assertion where that is expected', async () => {
    const asserted = await sign(await present([await envelope()]), { signer: holder })
    const verdict = await verify(asserted, { proofPurpose: 'assertionMethod' })
    assert.equal(verdict.outcome, 'verified')
    assert.deepEqual(problemsOf(await verify(asserted, { challenge: 'b7a1' })), [
      'PROOF_VERIFICATION_ERROR /proof/proofPurpose',
      'INVALID_CHALLENGE_ERROR /proof/challenge',
    ])
  })

  it('tells its kind, what is open in it, and where in it each proof stands', async () => {
    const items = [await sign(credential), await envelope()]
    const signed = await answer(await present(items))
    const verdict = await verify(signed, { ...asked, expectController: holder.did })
    assert.deepEqual([verdict.kind, verdict.warnings], ['presentation', []])
    assert.deepEqual(
      verdict.credentials.flatMap(({ proofs }) => proofs.map(({ pointer }) => pointer)),
      ['/verifiableCredential/0/proof', '/verifiableCredential/1'],
    )
    const open = await verify(signed)
    assert.equal(open.errors[0]?.severity, 'unknown')
    const strange = await verify(await present([{ type: 'EnvelopedVerifiableCredential' }]))
    const [refusal] = strange.credentials
    assert.equal(refusal?.errors[0]?.expected, 'data:application/vc+jwt,…')
  })

  it('does not lend its purpose to the credentials in it', async () => {
    const items = [await sign(credential)]
    const options = { ...asked, proofPurpose: 'authentication' } as const
    assert.equal((await verify(await answer(await present(items)), options)).outcome, 'verified')
  })

  it('does not lend its challenge to the credentials in it', async () => {
    const answered = await sign(credential, { proofPurpose: 'authentication', ...asked })
    const verdict = await verify(await answer(await present([answered])), asked)
    assert.deepEqual(problemsOf(verdict), [
      'PROOF_VERIFICATION_ERROR /verifiableCredential/0/proof/proofPurpose',
      'INVALID_CHALLENGE_ERROR /verifiableCredential/0/proof/challenge',
      'INVALID_DOMAIN_ERROR /verifiableCredential/0/proof/domain',
    ])
  })
})

describe('what JSON-LD takes for the same', () => {
  const subject = { id: 'https://plant.example/1', description: ['of zinc', 'of tin'] }
  const written: readonly (readonly [string, object])[] = [
    ['an empty list', { evidence: [] }],
    ['a list with the value alone', { name: [credential.name] }],
    ['a list in a list', { name: [[credential.name]] }],
    ['an item twice', { name: [credential.name, credential.name] }],
    ['another order', { credentialSubject: { ...subject, description: ['of tin', 'of zinc'] } }],
    ['one node in two places', { credentialSubject: [{ id: subject.id }, subject] }],
  ]

  for (const [what, change] of written) {
    it(`is signed as the same by a JSON-LD suite, but not as JSON: ${what}`, async () => {
      const honest = { ...credential, issuer: notary.did, credentialSubject: subject }
      const asStatements = await sign(honest, { signer: notary })
      assert.equal((await verify({ ...asStatements, ...change })).outcome, 'verified')
      const asText = await sign({ ...honest, issuer: issuer.did })
      assert.equal((await verify(asText)).outcome, 'verified')
      assert.deepEqual(problemsOf(await verify({ ...asText, ...change })), [
        'CRYPTOGRAPHIC_SECURITY_ERROR /proof/proofValue',
      ])
    })
  }
})
