import { detached } from './detached.ts'
import { type Did, parseDid } from './did.ts'

/** The longest did:web that is read, in characters. */
export const MAX_WEB_DID_LENGTH = 255

/** A did:web and where its document is published, or why it is none. */
export type WebDidReading =
  | { readonly ok: true; readonly did: Did; readonly url: string }
  | {
      readonly ok: false
      readonly expected: string
      /** The same as a clause. */
      readonly detail: string
    }

/** A label of a domain name (RFC 1123 §2.1), in the small letters of its one canonical form. */
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'

/**
 * The last label begins with a letter: a URL parser reads a host whose last label is a number, in
 * any of four notations, as an IPv4 address.
 */
const HOST = `(?:${LABEL}\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])`

/** The port, its colon escaped; the default port would be a second name of the same document. */
const PORT = '(?:%3A([1-9][0-9]{0,4}))?'

const WEB_DID = new RegExp(`^did:web:(${HOST})${PORT}((?::[A-Za-z0-9._-]+)*)$`)

/** A segment that a URL parser would resolve away. */
const DOTS = /^\.{1,2}$/

/**
 * Reads a did:web in its one canonical form and says where its document is: a domain name in small
 * letters, no IP address, no user name, no other escape than the colon of a port, no empty segment.
 * Another form would be a second name of one document, and escape a list of distrusted ones, or
 * lead a URL parser to another host than the one that is read.
 *
 * @see https://w3c-ccg.github.io/did-method-web/#read-resolve
 */
export function parseWebDid(text: string): WebDidReading {
  if (text.length > MAX_WEB_DID_LENGTH) {
    return refused(`at most ${MAX_WEB_DID_LENGTH} characters, found ${text.length}`)
  }
  const [, host = '', port = '', path = ''] = WEB_DID.exec(text) ?? []
  const did = parseDid(detached(text))
  if (host === '' || did === null) {
    return refused(
      'did:web: and a domain name in small letters, a port as %3A8443, and a path as :segment:segment',
    )
  }
  if (host.length > 253) return refused('a domain name of at most 253 characters')
  if (port === '443' || Number(port) > 65_535) {
    return refused('a port from 1 to 65535, and none where it is 443')
  }
  const segments = path.split(':').slice(1)
  if (segments.some((segment) => DOTS.test(segment))) return refused('no segment "." or ".."')
  const below = segments.length === 0 ? '.well-known' : segments.join('/')
  return {
    ok: true,
    did,
    url: `https://${host}${port === '' ? '' : `:${port}`}/${below}/did.json`,
  }
}

function refused(form: string): WebDidReading {
  const expected = `a canonical did:web: ${form}`
  return { ok: false, expected, detail: `expected ${expected}` }
}
