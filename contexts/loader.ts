import { deepFreeze } from './freeze.ts'
import { PINNED_CONTEXTS } from './generated/pinned.ts'

/** A loaded JSON-LD document as jsonld.js has it; `tag: 'static'` lets it cache what it processed. */
export interface RemoteDocument {
  readonly contextUrl: null
  readonly documentUrl: string
  readonly document: unknown
  readonly tag: 'static'
}

/** Someone asked for a context that is not pinned. The network is never asked. */
export class ContextNotPinnedError extends Error {
  static readonly code = 'CONTEXT_NOT_ALLOWED'
  readonly code = ContextNotPinnedError.code
  readonly url: string

  constructor(url: string) {
    super(`The context ${JSON.stringify(url.slice(0, 200))} is not one of the pinned contexts.`)
    this.name = 'ContextNotPinnedError'
    this.url = url
  }
}

const pinned = new Map<string, RemoteDocument>()

/** The URLs of every context that is pinned, byte for byte, in this package. */
export const PINNED_CONTEXT_URLS: readonly string[] = PINNED_CONTEXTS.map(([url]) => url)

/**
 * The pinned context document of a URL, deep-frozen: a processor that writes to it would change
 * what every later credential means.
 *
 * @throws {ContextNotPinnedError} for any other URL
 */
export function pinnedContext(url: string): RemoteDocument {
  const known = pinned.get(url)
  if (known !== undefined) return known
  const entry = PINNED_CONTEXTS.find(([name]) => name === url)
  if (entry === undefined) throw new ContextNotPinnedError(url)
  const document: unknown = JSON.parse(entry[1])
  const loaded: RemoteDocument = {
    contextUrl: null,
    documentUrl: url,
    document: deepFreeze(document),
    tag: 'static',
  }
  pinned.set(url, loaded)
  return loaded
}
