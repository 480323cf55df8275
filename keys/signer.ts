import type { Did, DidUrl } from './did.ts'
import type { KeyType } from './multikey.ts'
import type { PublicKey } from './public-key.ts'

/**
 * Signs bytes with one private key that it alone holds: a file, a hardware token or a key service
 * stands behind it, and nothing in this interface can give the secret away.
 */
export interface Signer {
  readonly did: Did
  /** The DID URL under which a verifier finds the public key. */
  readonly verificationMethod: DidUrl
  readonly publicKey: PublicKey
  readonly algorithm: KeyType
  /**
   * The signature over the bytes, 64 bytes: Ed25519 (RFC 8032 §5.1), or ECDSA with SHA-256 as
   * `r ‖ s` (IEEE P1363) with the lower of the two forms of `s`.
   */
  sign(bytes: Uint8Array): Promise<Uint8Array>
}
