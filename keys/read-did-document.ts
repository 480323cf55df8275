import { type Did, type DidUrl, parseDidUrl } from './did.ts'
import type { DidDocument, UnusableMethod, VerificationMethod } from './did-document.ts'
import { parseDateTimeStamp } from './proofs/date-time-stamp.ts'
import { type KeyReading, publicKeyFromMultikey } from './public-key.ts'
import { publicKeyFromPublishedJwk } from './published-jwk.ts'

/** The most verification methods of a DID document that is read: each key costs a decoding. */
export const MAX_VERIFICATION_METHODS = 64

/** What reading a DID document answers. */
export type DidDocumentReading =
  | { readonly ok: true; readonly document: DidDocument }
  | {
      readonly ok: false
      readonly pointer: string
      readonly expected: string
      /** The same as a clause, with what was found where that tells more. */
      readonly detail: string
    }

/** The types whose key is in `publicKeyMultibase`, in the encoding of a Multikey. */
const MULTIBASE_TYPES: readonly unknown[] = ['Multikey', 'Ed25519VerificationKey2020']
/** The types whose key is in `publicKeyJwk`. */
const JWK_TYPES: readonly unknown[] = ['JsonWebKey', 'JsonWebKey2020']
/** Members with the secret of a key (Controlled Identifiers 1.0 §2.2.2), also as they were called. */
const SECRET = /^(?:secret|private)Key/

/**
 * Reads what a DID document says of keys for claims, in one shape whatever form it wrote them in.
 * The document must be that of the DID: one that answers for another would lend its keys. A key of
 * another form or purpose does not spoil the others; it is kept as unusable, with the reason.
 *
 * @param value parsed JSON, of any content
 * @see https://www.w3.org/TR/did-core/#core-properties
 */
export function readDidDocument(value: unknown, did: Did): DidDocumentReading {
  if (!isObject(value)) return refuse('', 'a DID document, which is a JSON object')
  if (value.id !== did) return refuse('/id', `${did}, the DID that was asked for`)
  const listed = listOf(value.verificationMethod)
  const purposes = listOf(value.assertionMethod)
  if (listed === null || purposes === null) {
    const member = listed === null ? 'verificationMethod' : 'assertionMethod'
    return refuse(`/${member}`, 'a list')
  }
  const embedded = purposes.filter((each) => typeof each !== 'string')
  const methods = [
    ...listed,
    ...embedded,
    ...answering(value.authentication, [...listed, ...embedded]),
  ]
  if (methods.length > MAX_VERIFICATION_METHODS) {
    const limit = `at most ${MAX_VERIFICATION_METHODS} verification methods`
    return refuse('/verificationMethod', limit, `${methods.length}`)
  }
  const usable: VerificationMethod[] = []
  const unusable: UnusableMethod[] = []
  const ids = new Set<string>()
  for (const each of methods) {
    if (!isObject(each)) return refuse('/verificationMethod', 'objects alone')
    const url = ownUrl(each.id, did)
    // The key of another subject, or without a name that a proof could have.
    if (url === null) continue
    if (ids.has(url)) return refuse('/verificationMethod', `${url} once`)
    ids.add(url)
    const read = readMethod(each, url, did)
    if ('publicKey' in read) usable.push(Object.freeze(read))
    else unusable.push(Object.freeze(read))
  }
  const urlsOf = (each: unknown) => ownUrl(isObject(each) ? each.id : each, did) ?? []
  return {
    ok: true,
    document: Object.freeze({
      id: did,
      verificationMethod: Object.freeze(usable),
      assertionMethod: Object.freeze(purposes.flatMap(urlsOf)),
      authentication: Object.freeze((listOf(value.authentication) ?? []).flatMap(urlsOf)),
      unusable: Object.freeze(unusable),
    }),
  }
}

/** The methods that are written out under `authentication` alone; what is no method is passed over. */
function answering(authentication: unknown, others: readonly unknown[]): readonly unknown[] {
  const ids = new Set(others.map((each) => (isObject(each) ? each.id : undefined)))
  return (listOf(authentication) ?? []).filter((each) => isObject(each) && !ids.has(each.id))
}

function readMethod(
  method: Readonly<Record<string, unknown>>,
  id: DidUrl,
  did: Did,
): VerificationMethod | UnusableMethod {
  if (method.controller !== did) {
    return { id, isWeak: false, detail: `its controller is not ${did}` }
  }
  const key = readKey(method)
  if (!key.ok) return { id, isWeak: key.code === 'KEY_WEAK', detail: key.detail }
  return {
    id,
    controller: did,
    publicKey: key.publicKey,
    ...instantOf(method, 'revoked'),
    ...instantOf(method, 'expires'),
  }
}

function readKey(method: Readonly<Record<string, unknown>>): KeyReading {
  const { type, publicKeyMultibase, publicKeyJwk } = method
  if (Object.keys(method).some((member) => SECRET.test(member))) {
    return { ok: false, code: 'KEY_WEAK', detail: 'its private part is published with it' }
  }
  if (publicKeyMultibase !== undefined && publicKeyJwk !== undefined) {
    return unsupported('it writes its key twice: two readers may see two keys')
  }
  if (MULTIBASE_TYPES.includes(type) && typeof publicKeyMultibase === 'string') {
    const key = publicKeyFromMultikey(publicKeyMultibase)
    const isOther = key.ok && type !== 'Multikey' && key.publicKey.type !== 'Ed25519'
    return isOther ? unsupported(`its type ${String(type)} has no such keys`) : key
  }
  if (JWK_TYPES.includes(type) && publicKeyJwk !== undefined) {
    return publicKeyFromPublishedJwk(publicKeyJwk)
  }
  return unsupported(
    'expected a Multikey with publicKeyMultibase, or a JsonWebKey with publicKeyJwk',
  )
}

/** What is no xsd:dateTimeStamp, no two readers read alike; who judges it takes that for past. */
function instantOf(
  method: Readonly<Record<string, unknown>>,
  name: 'revoked' | 'expires',
): { readonly revoked?: string; readonly expires?: string } {
  const value = method[name]
  if (value === undefined) return {}
  const isStamp = typeof value === 'string' && parseDateTimeStamp(value) !== null
  return { [name]: isStamp ? value : 'unreadable' }
}

function ownUrl(id: unknown, did: Did): DidUrl | null {
  const parts = typeof id === 'string' ? parseDidUrl(id) : null
  return parts !== null && parts.did === did ? parts.url : null
}

function listOf(value: unknown): readonly unknown[] | null {
  if (value === undefined) return []
  return Array.isArray(value) ? value : null
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function unsupported(detail: string): KeyReading {
  return { ok: false, code: 'KEY_UNSUPPORTED', detail }
}

function refuse(pointer: string, expected: string, found?: string): DidDocumentReading {
  const detail =
    found === undefined ? `expected ${expected}` : `expected ${expected}, found ${found}`
  return { ok: false, pointer, expected, detail }
}
