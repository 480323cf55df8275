import { type Did, type DidUrl, parseDid, parseDidUrl } from './did.ts'
import type { PublicKey } from './public-key.ts'

/** A verification method whose key was read and found sound (DID Core §5.2). */
export interface VerificationMethod {
  readonly id: DidUrl
  readonly controller: Did
  readonly publicKey: PublicKey
  /** RFC 3339: from then on no signature of this key counts (Controlled Identifiers 1.0 §2.2). */
  readonly revoked?: string
  /** RFC 3339: after it no signature of this key counts. */
  readonly expires?: string
}

/** What a verifier needs of a DID document, in one shape whatever the DID method wrote. */
export interface DidDocument {
  readonly id: Did
  readonly verificationMethod: readonly VerificationMethod[]
  /** The methods that may make claims: only these sign credentials (DID Core §5.3.2). */
  readonly assertionMethod: readonly DidUrl[]
}

/** The JSON form of a did:key document with one Multikey, as it is published. */
export interface PublishedDidDocument {
  readonly '@context': readonly [
    'https://www.w3.org/ns/did/v1',
    'https://w3id.org/security/multikey/v1',
  ]
  readonly id: Did
  readonly verificationMethod: readonly [
    {
      readonly id: DidUrl
      readonly type: 'Multikey'
      readonly controller: Did
      readonly publicKeyMultibase: string
    },
  ]
  readonly assertionMethod: readonly [DidUrl]
  readonly authentication: readonly [DidUrl]
}

/** The did:key of a public key, and the DID URL of its one verification method. */
export function didKeyOf(publicKey: PublicKey): { readonly did: Did; readonly url: DidUrl } {
  const did = parseDid(`did:key:${publicKey.multibase}`)
  const method = parseDidUrl(`did:key:${publicKey.multibase}#${publicKey.multibase}`)
  if (did === null || method === null) throw new TypeError('didKeyOf: not a public key')
  return { did, url: method.url }
}

/**
 * The DID document of a public key as a did:key publishes it.
 *
 * @see https://w3c-ccg.github.io/did-key-spec/
 */
export function didDocument(publicKey: PublicKey): PublishedDidDocument {
  const { did, url } = didKeyOf(publicKey)
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod: [
      {
        id: url,
        type: 'Multikey',
        controller: did,
        publicKeyMultibase: publicKey.multibase,
      },
    ],
    assertionMethod: [url],
    authentication: [url],
  }
}
