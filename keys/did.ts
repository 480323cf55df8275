import { parse } from 'did-resolver'
import { BoundedCache } from './bounded-cache.ts'
import { detached } from './detached.ts'

declare const did: unique symbol
declare const didUrl: unique symbol

/** A decentralized identifier without path, query or fragment (DID Core §3.1). */
export type Did = string & { readonly [did]: true }

/** A DID URL that names a verification method: a DID and a fragment, nothing else (DID Core §3.2). */
export type DidUrl = string & { readonly [didUrl]: true }

/** The longest DID that is read, in characters. */
export const MAX_DID_LENGTH = 256

/** The longest DID URL that is read, in characters. */
export const MAX_DID_URL_LENGTH = 512

/**
 * The longest did:key that is read, in characters. Decoding base58 takes time quadratic in the
 * length: 100,000 characters block the event loop for ten seconds. The longest key of the profile
 * makes a did:key of 57.
 */
export const MAX_DID_KEY_LENGTH = 128

/** What a DID URL is made of. */
export interface DidUrlParts {
  readonly url: DidUrl
  readonly did: Did
  readonly fragment: string
}

/**
 * A text as a DID, or null when it is none or too long to be read.
 *
 * @see https://www.w3.org/TR/did-core/#did-syntax
 */
export function parseDid(text: string): Did | null {
  return isDid(text) ? text : null
}

/**
 * A text as the DID URL of a verification method, or null when it is none, has a path or a query,
 * or is too long to be read.
 *
 * @see https://www.w3.org/TR/did-core/#did-url-syntax
 */
export function parseDidUrl(text: string): DidUrlParts | null {
  const known = urls.get(text)
  if (known !== undefined) return known
  if (text.length > MAX_DID_URL_LENGTH) return null
  const url = detached(text)
  if (!isDidUrl(url)) return null
  const hash = url.indexOf('#')
  const subject = parseDid(url.slice(0, hash))
  if (subject === null) return null
  const parts = Object.freeze({ url, did: subject, fragment: url.slice(hash + 1) })
  urls.set(url, parts)
  return parts
}

/** The same few keys sign everything that one verifier reads, and the grammar is a long expression. */
const urls = new BoundedCache<DidUrlParts>(1024)

/** The method name of a DID, such as `key` (DID Core §3.1). */
export function methodOf(subject: Did): string {
  return subject.slice(4, subject.indexOf(':', 4))
}

function isDid(text: string): text is Did {
  const limit = text.startsWith('did:key:') ? MAX_DID_KEY_LENGTH : MAX_DID_LENGTH
  return text.length <= limit && parse(text)?.did === text
}

function isDidUrl(text: string): text is DidUrl {
  const parsed = parse(text)
  return (
    parsed !== null &&
    parsed.fragment !== undefined &&
    parsed.fragment !== '' &&
    text === `${parsed.did}#${parsed.fragment}`
  )
}
