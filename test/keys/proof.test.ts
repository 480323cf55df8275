import assert from 'node:assert/strict'
import { CRYPTOSUITES } from '@battery-passport/contexts'
import {
  checkDataIntegrity,
  checkJose,
  generateSigner,
  KEY_OF_SUITE,
  SecuringError,
  secure,
} from '@battery-passport/keys'
import { CREATED, sampleCredential } from './sample.ts'

describe('Securing a credential', () => {
  for (const form of CRYPTOSUITES) {
    it(`in the form ${form} gives a document whose proof holds`, async () => {
      const signer = generateSigner(KEY_OF_SUITE[form])
      const secured = await secure(sampleCredential(signer), { signer, form, created: CREATED })
      assert.ok(secured.kind === 'document')
      assert.equal(secured.document.proof.cryptosuite, form)
      assert.equal(secured.document.proof.created, CREATED)
      const { publicKey } = signer
      assert.deepEqual(await checkDataIntegrity(secured.document, { publicKey }), { ok: true })
    })
  }

  for (const type of ['Ed25519', 'P-256'] as const) {
    it(`in the form vc+jwt gives a compact JWT under ${type}, signed at the same instant`, async () => {
      const signer = generateSigner(type)
      const options = { signer, form: 'vc+jwt', created: CREATED } as const
      const secured = await secure(sampleCredential(signer), options)
      assert.ok(secured.kind === 'compact')
      const check = await checkJose(secured.compact, { publicKey: signer.publicKey })
      assert.ok(check.ok)
      const { iat } = JSON.parse(new TextDecoder().decode(check.payload))
      assert.equal(iat, Date.parse(CREATED) / 1000)
    })
  }

  for (const form of [...CRYPTOSUITES, 'vc+jwt'] as const) {
    it(`in the form ${form} is refused for a time that is none`, async () => {
      const signer = generateSigner(form === 'ecdsa-rdfc-2019' ? 'P-256' : 'Ed25519')
      await assert.rejects(
        secure(sampleCredential(signer), { signer, form, created: 'yesterday' }),
        (error: unknown) => error instanceof SecuringError && error.code === 'CREATED_INVALID',
      )
    })
  }
})
