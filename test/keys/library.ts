import { type Cryptosuite, pinnedContext } from '@battery-passport/contexts'
import type { Signer } from '@battery-passport/keys'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite as ecdsaRdfc } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite'
import {
  createSignCryptosuite,
  createVerifyCryptosuite,
} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite'
import { cryptosuite as eddsaRdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { issue, verifyCredential } from '@digitalbazaar/vc'

/** What @digitalbazaar/vc does by itself, to compare with. */
const suiteFor = (name: Cryptosuite, mode: 'sign' | 'verify') => {
  if (name === 'eddsa-rdfc-2022') return eddsaRdfc
  if (name === 'ecdsa-rdfc-2019') return ecdsaRdfc
  return mode === 'sign' ? createSignCryptosuite() : createVerifyCryptosuite()
}

export async function issueWithLibrary(
  unsecured: object,
  options: { signer: Signer; cryptosuite: Cryptosuite; created: string },
): Promise<unknown> {
  const { signer, cryptosuite, created } = options
  return issue({
    credential: structuredClone(unsecured),
    suite: new DataIntegrityProof({
      signer: {
        id: signer.verificationMethod,
        algorithm: signer.algorithm,
        sign: ({ data }) => signer.sign(data),
      },
      date: created,
      cryptosuite: suiteFor(cryptosuite, 'sign'),
    }),
    documentLoader: async (url) => pinnedContext(url),
    now: new Date(created),
  })
}

export async function verifyWithLibrary(
  document: object,
  signer: Signer,
  cryptosuite: Cryptosuite = 'eddsa-jcs-2022',
): Promise<boolean> {
  const method = {
    '@context': 'https://w3id.org/security/multikey/v1',
    id: signer.verificationMethod,
    type: 'Multikey',
    controller: signer.did,
    publicKeyMultibase: signer.publicKey.multibase,
  }
  const { verified } = await verifyCredential({
    credential: structuredClone(document),
    suite: new DataIntegrityProof({ cryptosuite: suiteFor(cryptosuite, 'verify') }),
    documentLoader: async (url) => (url === method.id ? { document: method } : pinnedContext(url)),
    controller: { id: signer.did, assertionMethod: [method.id] },
    checkStatus: async () => ({ verified: true }),
    now: new Date(0),
    maxClockSkew: Number.POSITIVE_INFINITY,
  })
  return verified
}
