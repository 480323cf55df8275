import assert from 'node:assert/strict'
import {
  type DidDocument,
  generateSigner,
  parseDid,
  parseDidUrl,
  type Resolution,
  type VerificationMethod,
} from '@battery-passport/keys'
import { authorisedKey, type ProofPurpose } from '../../../keys/proofs/authorised-key.ts'

const NAME = 'did:web:issuer.example'
const NOON = Date.parse('2026-11-23T12:00:00Z')
const instant = (milliseconds: number) => new Date(milliseconds).toISOString()
const did = parseDid(NAME) ?? assert.fail()
const verificationMethod = parseDidUrl(`${NAME}#key-1`) ?? assert.fail()
const { url } = verificationMethod
const other = (parseDidUrl(`${NAME}#key-2`) ?? assert.fail()).url
const { publicKey } = generateSigner()
const later = generateSigner().publicKey
const listed: VerificationMethod = { id: url, controller: did, publicKey }
const whole: DidDocument = {
  id: did,
  verificationMethod: [listed],
  assertionMethod: [url],
  authentication: [url],
}

interface Asked {
  readonly created?: number | null
  readonly at?: number
  readonly purpose?: ProofPurpose
}

const answered = (
  resolution: Resolution,
  { created = NOON, at = NOON, purpose = 'assertionMethod' }: Asked,
) =>
  authorisedKey(
    { verificationMethod, pointer: '/proof', created },
    { purpose, at, resolver: { resolve: async () => resolution } },
  )
const keyIn = async (document: Partial<DidDocument>, asked: Asked = {}) => {
  const key = await answered({ ok: true, document: { ...whole, ...document } }, asked)
  return key.ok ? key.publicKey : assert.fail(key.error.detail)
}
const errorOf = async (resolution: Resolution, asked: Asked = {}) => {
  const key = await answered(resolution, asked)
  assert.ok(!key.ok)
  const { pointer, detail, expected, found, severity } = key.error
  assert.equal(pointer, '/proof/verificationMethod')
  return { detail, expected, found, severity }
}
const refusedIn = async (document: Partial<DidDocument>, asked: Asked = {}) => {
  const { severity, ...error } = await errorOf(
    { ok: true, document: { ...whole, ...document } },
    asked,
  )
  assert.equal(severity, 'error')
  return error
}

describe('The key of a proof', () => {
  it('is the one that the document of its controller lists for the purpose', async () => {
    assert.equal(await keyIn({}), publicKey)
    assert.equal(await keyIn({ assertionMethod: [] }, { purpose: 'authentication' }), publicKey)
    assert.equal(await keyIn({ assertionMethod: [other, url] }), publicKey)
  })

  it('is none where the document does not list it for the purpose', async () => {
    const detail = 'Its controller does not list the key for this purpose.'
    const expected = 'assertionMethod'
    assert.deepEqual(await refusedIn({ assertionMethod: [other] }), {
      detail,
      expected,
      found: url,
    })
    const { authentication: _, ...silent } = whole
    const asked = { purpose: 'authentication' } as const
    assert.deepEqual(await errorOf({ ok: true, document: silent }, asked), {
      detail,
      expected: 'authentication',
      found: url,
      severity: 'error',
    })
  })

  it('is left open where the DID cannot be resolved, and refused where it is no DID of that key', async () => {
    const detail = 'as the resolver says'
    assert.deepEqual(await errorOf({ ok: false, code: 'DID_UNRESOLVED', detail }), {
      detail,
      expected: 'a DID whose document can be had',
      found: NAME,
      severity: 'unknown',
    })
    assert.deepEqual(await errorOf({ ok: false, code: 'DID_NOT_CANONICAL', detail }), {
      detail,
      expected: 'the canonical form of the DID',
      found: url,
      severity: 'error',
    })
    assert.deepEqual(await errorOf({ ok: false, code: 'KEY_WEAK', detail }), {
      detail,
      expected: 'a sound key',
      found: url,
      severity: 'error',
    })
  })

  it('is none that the document cannot be relied on for, whatever else it lists under the name', async () => {
    const weak = { isWeak: true, detail: 'the point has small order' }
    assert.deepEqual(
      await refusedIn({
        unusable: [
          { id: other, ...weak },
          { id: url, ...weak },
        ],
      }),
      {
        detail: 'The key it names cannot be relied on: the point has small order.',
        expected: 'a sound key in its canonical form',
        found: url,
      },
    )
    assert.equal(await keyIn({ unusable: [{ id: other, ...weak }] }), publicKey)
  })

  it('is none of another name, and none that another controls', async () => {
    const stranger = { ...listed, id: other }
    const detail = 'The document of the controller has no such verification method.'
    const expected = `a verification method of ${NAME}`
    const missing = { detail, expected, found: url }
    assert.deepEqual(await refusedIn({ verificationMethod: [stranger] }), missing)
    const controller = parseDid('did:web:other.example') ?? assert.fail()
    assert.deepEqual(await refusedIn({ verificationMethod: [{ ...listed, controller }] }), missing)
    const before = { ...stranger, publicKey: later }
    assert.equal(await keyIn({ verificationMethod: [before, listed] }), publicKey)
  })

  it('is the one in force when it signed, where two have one name', async () => {
    const changed = instant(NOON)
    const verificationMethod = [
      { ...listed, revoked: changed },
      { ...listed, publicKey: later, validFrom: changed },
    ]
    assert.equal(await keyIn({ verificationMethod }, { created: NOON - 1 }), publicKey)
    assert.equal(await keyIn({ verificationMethod }, { created: NOON }), later)
  })

  it('must have been listed by then', async () => {
    const validFrom = instant(NOON)
    const document = { verificationMethod: [{ ...listed, validFrom }] }
    assert.equal(await keyIn(document), publicKey)
    assert.deepEqual(await refusedIn(document, { created: NOON - 1 }), {
      detail: 'The key was not listed yet.',
      expected: `signed from ${validFrom} on`,
      found: instant(NOON - 1),
    })
  })

  it('must not have been revoked by then', async () => {
    const revoked = instant(NOON)
    const document = { verificationMethod: [{ ...listed, revoked }] }
    assert.equal(await keyIn(document, { created: NOON - 1 }), publicKey)
    assert.deepEqual(await refusedIn(document), {
      detail: 'The key was revoked or had expired.',
      expected: `signed before ${revoked}`,
      found: instant(NOON),
    })
  })

  it('is judged now where the proof does not say when, and only there', async () => {
    const document = { verificationMethod: [{ ...listed, revoked: instant(NOON) }] }
    const { found } = await refusedIn(document, { created: null, at: NOON })
    assert.equal(found, 'no created')
    assert.equal(await keyIn(document, { created: null, at: NOON - 1 }), publicKey)
    assert.equal(await keyIn(document, { created: NOON - 1, at: NOON + 1 }), publicKey)
  })
})
