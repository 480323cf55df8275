import { type Did, type DidUrl, parseDidUrl } from './did.ts'
import { didKeyOf } from './did-document.ts'
import type { PublicKey } from './public-key.ts'
import { parseWebDid } from './web-did.ts'

/** Under which DID a key speaks, and the DID URL under which a verifier finds it. */
export interface SignerName {
  readonly did: Did
  readonly url: DidUrl
}

/**
 * The name of a key: its own did:key, or that of a did:web whose document lists it. Without a
 * fragment the key's own Multikey becomes the fragment, so that no later key has the same name.
 *
 * @param text a did:web, or the DID URL of a verification method of one; left out, the did:key
 * @returns null for a text that is neither, and for the did:key of another key
 */
export function signerName(publicKey: PublicKey, text?: string): SignerName | null {
  const own = didKeyOf(publicKey)
  if (text === undefined || text === own.did || text === own.url) return own
  const parts = parseDidUrl(text.includes('#') ? text : `${text}#${publicKey.multibase}`)
  return parts !== null && parseWebDid(parts.did).ok ? { did: parts.did, url: parts.url } : null
}
