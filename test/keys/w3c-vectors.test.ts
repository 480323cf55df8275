import assert from 'node:assert/strict'
import { join } from 'node:path'
import { jcs, pinnedContext, sha256 } from '@battery-passport/contexts'
import {
  checkJcsSignature,
  decodeProofValue,
  didKeyResolver,
  encodeProofValue,
  jcsHashData,
  publicKeyFromMultikey,
  secureWithDataIntegrity,
  signerFromJwk,
} from '@battery-passport/keys'
import { base58btc } from 'multiformats/bases/base58'
import { type ContextLoader, faultOfJsonLd, type JsonLdSuite } from '../../keys/json-ld.ts'
import { describeShared, readText } from '../support/shared.ts'

const EXAMPLES = 'https://www.w3.org/ns/credentials/examples/v2'

/** The context of the W3C examples, which the profile does not pin. */
const contextLoader: ContextLoader = (url) =>
  url === EXAMPLES
    ? {
        contextUrl: null,
        documentUrl: url,
        document: { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' } },
        tag: 'static',
      }
    : pinnedContext(url)

function readKey(path: string) {
  const { publicKeyMultibase } = JSON.parse(readText(path))
  const reading = publicKeyFromMultikey(publicKeyMultibase)
  assert.ok(reading.ok)
  return reading.publicKey
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describeShared('The W3C vector of eddsa-jcs-2022', 'vectors/w3c-vc-di-eddsa', (root) => {
  const folder = join(root, 'eddsa-jcs-2022')
  const { proof, ...unsecured } = JSON.parse(readText(folder, 'signedJCS.json'))
  const { proofValue, ...options } = proof
  const publicKey = readKey(join(root, 'keyPair.json'))

  it('has the canonical texts and hashes that we compute', () => {
    assert.equal(jcs(unsecured), readText(folder, 'canonDocJCS.txt'))
    assert.equal(jcs(options), readText(folder, 'proofCanonJCS.txt'))
    assert.equal(hex(sha256(jcs(unsecured))), readText(folder, 'docHashJCS.txt'))
    assert.equal(hex(sha256(jcs(options))), readText(folder, 'proofHashJCS.txt'))
    const combined = jcsHashData(jcs(options), jcs(unsecured))
    assert.equal(hex(combined), readText(folder, 'combinedHashJCS.txt'))
  })

  it('has the signature that we read, and it holds', async () => {
    const signature = decodeProofValue(proofValue)
    assert.ok(signature)
    assert.equal(hex(signature), readText(folder, 'sigHexJCS.txt'))
    assert.equal(encodeProofValue(signature), readText(folder, 'sigBTC58JCS.txt'))
    const pieces = { proofOptionsJcs: jcs(options), unsecuredJcs: jcs(unsecured) }
    assert.equal(await checkJcsSignature({ ...pieces, signature, publicKey }), true)
  })

  it('no longer holds when one character is changed', async () => {
    const signature = decodeProofValue(proofValue)
    assert.ok(signature)
    const unsecuredJcs = jcs({ ...unsecured, name: 'Alumni credential' })
    const pieces = { proofOptionsJcs: jcs(options), unsecuredJcs, signature, publicKey }
    assert.equal(await checkJcsSignature(pieces), false)
  })

  it('is signed by us with the same bytes under its private key', async () => {
    const { privateKeyMultibase } = JSON.parse(readText(root, 'keyPair.json'))
    const seed = base58btc.decode(privateKeyMultibase).slice(2, 34)
    const d = Buffer.from(seed).toString('base64url')
    const signer = signerFromJwk({ ...publicKey.jwk, d })
    const signature = await signer.sign(jcsHashData(jcs(options), jcs(unsecured)))
    assert.equal(encodeProofValue(signature), proofValue)
    const ours = await secureWithDataIntegrity(
      { ...unsecured, issuer: signer.did },
      { signer, cryptosuite: 'eddsa-jcs-2022', created: proof.created },
    )
    const { proofValue: _ours, ...ourOptions } = ours.proof
    assert.equal(jcs(ourOptions), readText(folder, 'proofCanonJCS.txt'))
  })
})

const RDFC: readonly (readonly [JsonLdSuite, string, string, string, string])[] = [
  ['eddsa-rdfc-2022', 'w3c-vc-di-eddsa', 'eddsa-rdfc-2022', 'signedDataInt.json', 'keyPair.json'],
  [
    'ecdsa-rdfc-2019',
    'w3c-vc-di-ecdsa',
    'ecdsa-rdfc-2019-p256',
    'signedECDSAP256.json',
    'p256KeyPair.json',
  ],
]
for (const [cryptosuite, standard, folder, file, keyFile] of RDFC) {
  describeShared(`The W3C vector of ${cryptosuite}`, `vectors/${standard}`, (root) => {
    const document = JSON.parse(readText(root, folder, file))
    const options = {
      verificationMethod: document.proof.verificationMethod,
      controller: document.issuer,
      publicKey: readKey(join(root, keyFile)),
      cryptosuite,
      contextLoader,
    }

    it('holds', async () => assert.equal(await faultOfJsonLd(document, options), null))

    it('no longer holds when one character is changed', async () => {
      const forged = { ...document, name: 'Alumni credential' }
      assert.match((await faultOfJsonLd(forged, options)) ?? '', /does not hold/)
    })

    it('no longer holds when the instant of signing is changed', async () => {
      const proof = { ...document.proof, created: '2023-02-24T23:36:39Z' }
      assert.match((await faultOfJsonLd({ ...document, proof }, options)) ?? '', /does not hold/)
    })

    it('no longer holds when a context has another content, whatever was loaded before', async () => {
      const vocabulary = { '@context': { '@vocab': 'https://other.example/#' } }
      const other: ContextLoader = (url) =>
        url === EXAMPLES
          ? { contextUrl: null, documentUrl: url, document: vocabulary, tag: 'static' }
          : pinnedContext(url)
      const fault = await faultOfJsonLd(document, { ...options, contextLoader: other })
      assert.match(fault ?? '', /does not hold/)
      assert.equal(await faultOfJsonLd(document, options), null)
    })

    it('is not checkable with the pinned contexts alone', async () => {
      const pinned = { ...options, contextLoader: pinnedContext }
      await assert.rejects(faultOfJsonLd(document, pinned), { code: 'CONTEXT_NOT_ALLOWED' })
    })
  })
}

for (const [file, prefix] of [
  ['ed25519-x25519.json', 'did:key:z6Mk'],
  ['nist-curves.json', 'did:key:zDn'],
] as const) {
  describeShared(`The did:key vectors of ${file}`, `vectors/did-key/${file}`, (path) => {
    const resolver = didKeyResolver()
    for (const [did, vector] of Object.entries<Record<string, unknown>>(
      JSON.parse(readText(path)),
    )) {
      if (!did.startsWith(prefix)) {
        it(`do not resolve outside of the profile: ${did.slice(0, 60)}`, async () => {
          const resolution = await resolver.resolve(did)
          assert.ok(!resolution.ok && resolution.code === 'DID_UNRESOLVED')
        })
        continue
      }
      it(`resolve to the key of the vector: ${did}`, async () => {
        const resolution = await resolver.resolve(did)
        assert.ok(resolution.ok)
        const [method] = resolution.document.verificationMethod
        const key = JSON.stringify(vector)
        assert.ok(method)
        const { jwk, raw } = method.publicKey
        const base58 = `"publicKeyBase58":"${base58btc.encode(raw()).slice(1)}"`
        const coordinates = jwk.kty === 'EC' ? `"x":"${jwk.x}","y":"${jwk.y}"` : `"x":"${jwk.x}"`
        assert.ok(key.includes(base58) || key.includes(coordinates), 'the vector names another key')
      })
    }
  })
}

for (const file of ['bls12381.json', 'rsa.json', 'secp256k1.json', 'x25519.json']) {
  describeShared(`The did:key vectors of ${file}`, `vectors/did-key/${file}`, (path) => {
    it('do not resolve: their keys are outside of the profile', async () => {
      const dids = new Set(readText(path).match(/did:key:z\w+/g))
      assert.ok(dids.size > 0)
      for (const did of dids) {
        const resolution = await didKeyResolver().resolve(did)
        assert.ok(!resolution.ok && resolution.code === 'DID_UNRESOLVED', did)
      }
    })
  })
}
