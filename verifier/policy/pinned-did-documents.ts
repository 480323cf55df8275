import { digestOfDocument, formatInstant } from '@battery-passport/contexts'
import {
  type Did,
  type DidDocument,
  type DidUrl,
  parseDid,
  parseWebDid,
  type Resolution,
  type Resolver,
  readDidDocument,
  type VerificationMethod,
} from '@battery-passport/keys'
import type { PinnedDidDocument } from './policy.ts'

/**
 * Resolves what the policy pins, and asks another resolver for the rest. What is pinned is never
 * asked of anybody else, whoever may have changed it there; of a did:web, nobody is asked for
 * another than its canonical form.
 *
 * @param files the documents that the policy names by a file, as parsed JSON, in any order
 */
export function pinnedResolver(
  pins: readonly PinnedDidDocument[],
  files: readonly unknown[],
  others: Resolver,
): Resolver {
  const resolutions = new Map<string, Resolution>()
  for (const { did } of pins) {
    if (resolutions.has(did)) continue
    const own = pins.filter((pin) => pin.did === did)
    resolutions.set(did, pinnedResolution(did, own, files))
  }
  return {
    async resolve(did) {
      const pinned = resolutions.get(did)
      if (pinned !== undefined) return pinned
      const web = did.startsWith('did:web:') ? parseWebDid(did) : null
      if (web?.ok === false) return { ok: false, code: 'DID_NOT_CANONICAL', detail: web.detail }
      return others.resolve(did)
    },
  }
}

/** Why a document cannot be pinned for a DID. */
export interface PinnedDocumentFault {
  /** RFC 6901, in the document. */
  readonly pointer: string
  /** What should stand there; null: it is no matter of form. */
  readonly expected: string | null
  readonly detail: string
}

/** Why a document cannot be pinned for a DID, or null if it can. */
export function pinnedDocumentFault(did: string, document: unknown): PinnedDocumentFault | null {
  const known = parseDid(did)
  if (known === null) return { pointer: '', expected: null, detail: 'its DID cannot be read' }
  const reading = readDidDocument(document, known)
  if (!reading.ok) return reading
  const { verificationMethod, assertionMethod, unusable = [] } = reading.document
  if (verificationMethod.some(({ id }) => assertionMethod.includes(id))) return null
  const [reason] = unusable
  const why = reason === undefined ? '' : `: ${reason.id}: ${reason.detail}`
  const detail = `none of its keys can be relied on${why}`
  return { pointer: '/assertionMethod', expected: null, detail }
}

function pinnedResolution(
  text: string,
  pins: readonly PinnedDidDocument[],
  files: readonly unknown[],
): Resolution {
  const did = parseDid(text)
  if (did === null) return unresolved('the pinned DID cannot be read')
  const dated: DatedDocument[] = []
  for (const { document, digestMultibase, validFrom, validUntil } of pins) {
    const content = document ?? files.find((file) => digestOfDocument(file) === digestMultibase)
    if (content === undefined) {
      return unresolved(`the document the policy pins (${digestMultibase}) is not at hand`)
    }
    const reading = readDidDocument(content, did)
    if (!reading.ok) return unresolved(`the pinned document: ${reading.detail}`)
    dated.push({ document: reading.document, from: validFrom, until: validUntil })
  }
  return { ok: true, document: joined(did, dated) }
}

interface DatedDocument {
  readonly document: DidDocument
  /** Seconds since the epoch, both inclusive; null: no bound. */
  readonly from: number | null
  readonly until: number | null
}

interface DatedMethod extends Omit<DatedDocument, 'document'> {
  readonly method: VerificationMethod
}

/**
 * The documents of one DID over time as one: a key counts while a document that lists it is in
 * force. One that a document and the next have both never ended in between; what the later says of
 * its end holds. Keys for claims alone: a policy pins issuers, and no holder answers it, so that the
 * one document has no `authentication`.
 */
function joined(did: Did, dated: readonly DatedDocument[]): DidDocument {
  const inOrder = dated.toSorted((a, b) => (a.from ?? -Infinity) - (b.from ?? -Infinity))
  let methods: readonly DatedMethod[] = []
  for (const { document, from, until } of inOrder) {
    for (const method of claimsOf(document)) {
      const before = methods.find(
        (each) =>
          each.method.id === method.id &&
          each.method.publicKey.multibase === method.publicKey.multibase &&
          each.until !== null &&
          each.until + 1 === from,
      )
      methods = [
        ...methods.filter((each) => each !== before),
        { method, from: before === undefined ? from : before.from, until },
      ]
    }
  }
  return Object.freeze({
    id: did,
    verificationMethod: Object.freeze(methods.map(bounded)),
    assertionMethod: Object.freeze(unique(methods.map(({ method }) => method.id))),
    unusable: Object.freeze(inOrder.flatMap(({ document: { unusable = [] } }) => unusable)),
  })
}

function claimsOf({ verificationMethod, assertionMethod }: DidDocument) {
  return verificationMethod.filter(({ id }) => assertionMethod.includes(id))
}

/** The window of the document, in the words of the method itself. */
function bounded({ method, from, until }: DatedMethod): VerificationMethod {
  const { expires } = method
  const end = until === null ? undefined : formatInstant(until + 1)
  // What cannot be read as an instant counts as past, so it stays.
  const isEarlier =
    end !== undefined && (expires === undefined || Date.parse(end) < Date.parse(expires))
  return Object.freeze({
    ...method,
    ...(isEarlier ? { expires: end } : {}),
    ...(from === null ? {} : { validFrom: formatInstant(from) }),
  })
}

function unique(urls: readonly DidUrl[]): readonly DidUrl[] {
  return [...new Set(urls)]
}

function unresolved(detail: string): Resolution {
  return { ok: false, code: 'DID_UNRESOLVED', detail }
}
