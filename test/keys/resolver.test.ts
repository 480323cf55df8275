import assert from 'node:assert/strict'
import { didDocument, didKeyResolver, encodeMultikey, generateSigner } from '@battery-passport/keys'
import { p256 } from '@noble/curves/nist.js'
import { Resolver } from 'did-resolver'
import { getResolver } from 'key-did-resolver'
import { base58btc } from 'multiformats/bases/base58'

const resolver = didKeyResolver()
const codeOf = async (did: string) => {
  const resolution = await resolver.resolve(did)
  return resolution.ok ? 'ok' : resolution.code
}
const named = (header: readonly number[], raw: Uint8Array) =>
  `did:key:${base58btc.encode(Uint8Array.from([...header, ...raw]))}`

describe('The did:key resolver', () => {
  for (const type of ['Ed25519', 'P-256'] as const) {
    it(`answers the one key of a ${type} did:key, for claims`, async () => {
      const { did, publicKey, verificationMethod } = generateSigner(type)
      const resolution = await resolver.resolve(did)
      assert.ok(resolution.ok)
      const { document } = resolution
      assert.equal(document.id, did)
      assert.deepEqual(document.assertionMethod, [verificationMethod])
      const [method] = document.verificationMethod
      assert.equal(document.verificationMethod.length, 1)
      assert.equal(method?.id, verificationMethod)
      assert.equal(method?.controller, did)
      assert.equal(method?.publicKey, publicKey)
    })
  }

  it('answers the same document again from its cache, and nobody can change it', async () => {
    const { did } = generateSigner()
    const first = await resolver.resolve(did)
    assert.equal(await resolver.resolve(did), first)
    assert.ok(first.ok && Object.isFrozen(first.document))
    assert.ok(Object.isFrozen(first.document.verificationMethod))
  })

  it('keeps no more documents than it may', async () => {
    const small = didKeyResolver({ cache: 2 })
    const dids = Array.from({ length: 3 }, () => generateSigner().did)
    const first = await small.resolve(dids[0] ?? '')
    await small.resolve(dids[1] ?? '')
    await small.resolve(dids[2] ?? '')
    assert.notEqual(await small.resolve(dids[0] ?? ''), first)
  })

  it('reads a P-256 key whose x or y begins with a zero byte', async () => {
    for (const scalar of [379n, 43n]) {
      const raw = p256.Point.BASE.multiply(scalar).toBytes(true)
      assert.equal(await codeOf(`did:key:${encodeMultikey('P-256', raw)}`), 'ok')
    }
  })

  const { publicKey: ed } = generateSigner('Ed25519')
  const { publicKey: ec } = generateSigner('P-256')
  const uncompressed = p256.Point.fromBytes(ec.raw()).toBytes(false)
  const identity = Uint8Array.from([1, ...new Uint8Array(31)])
  const orderFour = new Uint8Array(32)

  const aliases: readonly (readonly [string, string])[] = [
    ['a longer varint', named([0xed, 0x81, 0x00], ed.raw())],
    ['an uncompressed point', named([0x80, 0x24], uncompressed)],
    ['bare coordinates', named([0x80, 0x24], uncompressed.slice(1))],
  ]
  for (const [title, did] of aliases) {
    it(`refuses a second name of a key: ${title}`, async () => {
      assert.equal(await codeOf(did), 'DID_NOT_CANONICAL')
    })

    it(`which key-did-resolver alone would resolve: ${title}`, async () => {
      const library = new Resolver(getResolver())
      assert.notEqual((await library.resolve(did)).didDocument, null)
    })
  }

  const weak: readonly (readonly [string, string])[] = [
    ['the identity', named([0xed, 0x01], identity)],
    ['a point of order four', named([0xed, 0x01], orderFour)],
    ['a point of order four under a longer varint', named([0xed, 0x81, 0x00], orderFour)],
  ]
  for (const [title, did] of weak) {
    it(`refuses a weak key: ${title}`, async () => assert.equal(await codeOf(did), 'KEY_WEAK'))
  }

  for (const did of [
    '',
    'did:key:',
    'did:key:z',
    'did:key:u7QFkZWtleQ',
    `${generateSigner().did}#fragment`,
    `${generateSigner().did}?query`,
    named([0xed, 0x01], ed.raw().slice(1)),
    named([0xed, 0x01], Uint8Array.from([...ed.raw(), 0])),
    named([0xec, 0x01], ed.raw()),
    named([0xe7, 0x01], Uint8Array.from([2, ...ec.raw().slice(1)])),
    'did:web:issuer.example',
    'did:constructor:x',
    'did:toString:x',
    'did:__proto__:x',
    'did:hasOwnProperty:x',
    'no did at all',
  ]) {
    it(`does not resolve ${JSON.stringify(did)}`, async () => {
      assert.equal(await codeOf(did), 'DID_UNRESOLVED')
    })
  }

  it('does not decode a did:key of 100,000 characters', async () => {
    const before = performance.now()
    assert.equal(await codeOf(`did:key:z${'6'.repeat(100_000)}`), 'DID_UNRESOLVED')
    assert.ok(performance.now() - before < 2000)
  })

  it('says what it expected and what it found, briefly even for a long text', async () => {
    const resolution = await resolver.resolve(`did:key:z${'6'.repeat(100_000)}`)
    assert.ok(!resolution.ok)
    assert.match(resolution.detail, /at most 128 characters, found 100009/)
    assert.ok(resolution.detail.length < 200)
  })
})

describe('A published DID document', () => {
  it('lists the Multikey for claims and authentication', () => {
    const { did, publicKey, verificationMethod } = generateSigner()
    assert.deepEqual(didDocument(publicKey), {
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
      id: did,
      verificationMethod: [
        {
          id: verificationMethod,
          type: 'Multikey',
          controller: did,
          publicKeyMultibase: publicKey.multibase,
        },
      ],
      assertionMethod: [verificationMethod],
      authentication: [verificationMethod],
    })
  })
})
