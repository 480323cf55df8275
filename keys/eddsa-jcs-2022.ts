import { sha256 } from '@battery-passport/contexts'
import type { PublicKey } from './public-key.ts'
import { verifySignature } from './verify-signature.ts'

/**
 * What an `eddsa-jcs-2022` signature covers: SHA-256 of the canonical proof options, then of the
 * canonical unsecured credential, 64 bytes.
 *
 * @param proofOptionsJcs JCS text of the proof without `proofValue`
 * @param unsecuredJcs JCS text of the credential without `proof`
 * @see https://www.w3.org/TR/vc-di-eddsa/#hashing-eddsa-jcs-2022
 */
export function jcsHashData(proofOptionsJcs: string, unsecuredJcs: string): Uint8Array {
  const hashes = new Uint8Array(64)
  hashes.set(sha256(proofOptionsJcs), 0)
  hashes.set(sha256(unsecuredJcs), 32)
  return hashes
}

/**
 * Whether an `eddsa-jcs-2022` signature holds, from texts that are canonical already: a verifier
 * that needs the JCS form for digests makes it once and uses it here again.
 *
 * @param pieces.signature 64 bytes, see `decodeProofValue`
 */
export async function checkJcsSignature(pieces: {
  readonly proofOptionsJcs: string
  readonly unsecuredJcs: string
  readonly signature: Uint8Array
  readonly publicKey: PublicKey
}): Promise<boolean> {
  const { proofOptionsJcs, unsecuredJcs, signature, publicKey } = pieces
  if (publicKey.type !== 'Ed25519') return false
  return verifySignature(jcsHashData(proofOptionsJcs, unsecuredJcs), signature, publicKey)
}
