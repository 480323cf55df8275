import assert from 'node:assert/strict'
import { pinnedContext } from '@battery-passport/contexts'
import {
  addProof,
  didKeyResolver,
  publicKeyFromMultikey,
  signerFromJwk,
  verifyProofs,
} from '@battery-passport/keys'
import { base58btc } from 'multiformats/bases/base58'
import type { ContextLoader } from '../../../keys/json-ld.ts'
import { describeShared, readText } from '../../support/shared.ts'

const EXAMPLES = 'https://www.w3.org/ns/credentials/examples/v2'

/** The context of the W3C examples, which is not pinned. */
const contextLoader: ContextLoader = (url) =>
  url === EXAMPLES
    ? {
        contextUrl: null,
        documentUrl: url,
        document: { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' } },
        tag: 'static',
      }
    : pinnedContext(url)

const options = {
  proofPurpose: 'assertionMethod',
  resolver: didKeyResolver(),
  now: Date.parse('2023-03-01T00:00:00Z') / 1000,
  contextLoader,
} as const

describeShared(
  'The W3C vectors of proof sets and chains',
  'vectors/w3c-vc-di-eddsa/proof-set-chain',
  (root) => {
    const read = (file: string) => JSON.parse(readText(root, file))
    const keys: Readonly<Record<string, { readonly [name: string]: string }>> =
      read('multiKeyPairs.json')

    const signerOf = (name: string) => {
      const { publicKeyMultibase = '', privateKeyMultibase = '' } = keys[name] ?? {}
      const reading = publicKeyFromMultikey(publicKeyMultibase)
      assert.ok(reading.ok)
      const seed = base58btc.decode(privateKeyMultibase).slice(2, 34)
      return signerFromJwk({
        ...reading.publicKey.jwk,
        d: Buffer.from(seed).toString('base64url'),
      })
    }

    for (const file of [
      'signedProofSet1.json',
      'signedProofSet2.json',
      'signedProofChain1.json',
      'signedProofChain2.json',
    ]) {
      const document = read(file)

      it(`verify: ${file}`, async () => {
        const { verified, proofs } = await verifyProofs(document, options)
        assert.deepEqual(
          proofs.flatMap(({ errors }) => errors),
          [],
        )
        assert.equal(verified, true)
        assert.equal(proofs.length, [document.proof].flat().length)
      })

      it(`no longer verify when the document is changed: ${file}`, async () => {
        const { proofs } = await verifyProofs({ ...document, name: 'Other' }, options)
        assert.ok(proofs.every(({ verified }) => !verified))
      })

      it(`no longer verify when a proof is changed, and say which: ${file}`, async () => {
        const [first, ...others] = [document.proof].flat()
        const proof = [{ ...first, created: '2023-02-24T23:36:39Z' }, ...others]
        const { verified, proofs } = await verifyProofs({ ...document, proof }, options)
        assert.equal(verified, false)
        const sealed = (previous: readonly string[]) => previous.includes(first.id)
        assert.deepEqual(
          proofs.map((each) => each.verified),
          proofs.map((each, index) => index > 0 && !sealed(each.previousProof)),
        )
      })
    }

    it('are signed by us with the same bytes under their private keys', async () => {
      const whole = read('signedProofChain2.json')
      let document: object = read('unsigned.json')
      for (const [index, config] of whole.proof.entries()) {
        const { proofValue: _value, verificationMethod: _method, type: _type, ...said } = config
        document = await addProof(document, {
          ...said,
          signer: signerOf(`keyPair${index + 1}`),
          contextLoader,
        })
      }
      assert.deepEqual(document, whole)
    })

    it('are left open with the pinned contexts alone, and the refusal names the other', async () => {
      const { contextLoader: _, ...pinned } = options
      const { verified, proofs } = await verifyProofs(read('signedProofSet1.json'), pinned)
      assert.equal(verified, false)
      assert.equal(proofs[0]?.errors[0]?.found, EXAMPLES)
    })
  },
)
