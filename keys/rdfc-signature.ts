import { KEY_OF_SUITE, type ProofOf } from './data-integrity-proof.ts'
import { parseDidUrl } from './did.ts'
import { forbiddenValue } from './forbidden-value.ts'
import type { ContextLoader } from './json-ld.ts'
import type { PublicKey } from './public-key.ts'
import { verifySignature } from './verify-signature.ts'

// Loaded at the first use, and kept: to ask for a module again takes longer than to verify.
let hashing: typeof import('./rdfc-hash.ts') | undefined
let library: typeof import('./json-ld.ts') | undefined

/**
 * What is wrong with an `eddsa-rdfc-2022` or `ecdsa-rdfc-2019` proof that was taken apart before: a
 * verifier that has done so need not do it again. What a plain credential of the profile has signed
 * is computed here; any other, or one under other contexts than those that are pinned,
 * @digitalbazaar/vc verifies.
 *
 * @param pieces.unsecured the credential without `proof`; it may be frozen and is not changed
 * @param pieces.proof as `parseProof` has read it
 * @param pieces.signature 64 bytes, see `decodeProofValue`
 * @param pieces.publicKey the key of `proof.verificationMethod`
 * @returns null when the signature holds, else why not
 */
export async function faultOfRdfc(pieces: {
  readonly unsecured: Readonly<Record<string, unknown>>
  readonly proof: ProofOf<unknown>
  readonly signature: Uint8Array
  readonly publicKey: PublicKey
  readonly contextLoader?: ContextLoader
}): Promise<string | null> {
  const { unsecured, proof, signature, publicKey, contextLoader } = pieces
  const { cryptosuite } = proof
  const controller = parseDidUrl(proof.verificationMethod)?.did
  if (controller === undefined || unsecured.issuer !== controller) {
    return 'issuer: expected the DID of proof.verificationMethod'
  }
  if (cryptosuite === 'eddsa-jcs-2022' || publicKey.type !== KEY_OF_SUITE[cryptosuite]) {
    return `proof.cryptosuite: ${cryptosuite} has no ${publicKey.type} keys`
  }
  const document = { ...unsecured, proof }
  const forbidden = forbiddenValue(document)
  if (forbidden !== null) return `a member or value ${JSON.stringify(forbidden)}`
  try {
    // Under another loader the contexts may say something else than those that are pinned.
    if (contextLoader === undefined) {
      hashing ??= await import('./rdfc-hash.ts')
      const signed = hashing.rdfcHashData(unsecured, proof)
      if (signed !== null) {
        const holds = await verifySignature(signed, signature, publicKey)
        return holds ? null : `the ${cryptosuite} signature does not hold`
      }
    }
    library ??= await import('./json-ld.ts')
    return await library.faultOfJsonLd(document, {
      verificationMethod: proof.verificationMethod,
      controller,
      publicKey,
      cryptosuite,
      ...(contextLoader === undefined ? {} : { contextLoader }),
    })
  } catch (error) {
    // Unpinned contexts and the like: whatever cannot be checked is not accepted.
    return `not checkable: ${error instanceof Error ? error.message.slice(0, 200) : 'thrown'}`
  }
}
