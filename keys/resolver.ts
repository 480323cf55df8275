import type { DidDocument } from './did-document.ts'

/** The answer of a resolver: the document, or why there is none. Nothing is thrown for a bad DID. */
export type Resolution =
  | { readonly ok: true; readonly document: DidDocument }
  | {
      readonly ok: false
      /**
       * `DID_NOT_CANONICAL`: a second name of a key that has another did:key. `KEY_WEAK`: a key under
       * which a signature proves nothing. `DID_UNRESOLVED`: everything else.
       */
      readonly code: 'DID_NOT_CANONICAL' | 'DID_UNRESOLVED' | 'KEY_WEAK'
      readonly detail: string
    }

/**
 * Turns a DID into the document that lists its keys (DID Core §7.1).
 *
 * @see https://www.w3.org/TR/did-core/#did-resolution
 */
export interface Resolver {
  /** @param did the text of a DID as it came from outside: any length, any content */
  resolve(did: string): Promise<Resolution>
}
