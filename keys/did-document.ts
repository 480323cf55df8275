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
  /** RFC 3339: before it no signature of this key counts, where a pinned document says so. */
  readonly validFrom?: string
}

/** A verification method of the document whose key nobody can rely on. */
export interface UnusableMethod {
  readonly id: DidUrl
  /** Whether it is a key under which a signature proves nothing. */
  readonly isWeak: boolean
  readonly detail: string
}

/** What a verifier needs of a DID document, in one shape whatever the DID method wrote. */
export interface DidDocument {
  readonly id: Did
  readonly verificationMethod: readonly VerificationMethod[]
  /** The methods that may make claims: only these sign credentials (DID Core §5.3.2). */
  readonly assertionMethod: readonly DidUrl[]
  /** The methods that may answer a verifier for the subject (DID Core §5.3.1). */
  readonly authentication?: readonly DidUrl[]
  /** Methods that the document has and that cannot be used, with the reason. */
  readonly unusable?: readonly UnusableMethod[]
}

/** The JSON form of a document with one Multikey, as it is published. */
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
 * The DID document of a public key: that of its did:key, or the one to publish for a did:web.
 *
 * @param name under which it speaks; left out, its did:key
 * @see https://www.w3.org/TR/did-core/#verification-methods
 */
export function didDocument(
  publicKey: PublicKey,
  { did, url }: { readonly did: Did; readonly url: DidUrl } = didKeyOf(publicKey),
): PublishedDidDocument {
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
