import {
  CONTEXTS,
  CREDENTIAL_TYPES,
  type CredentialType,
  type CredentialTypes,
  credentialFaults,
  escapePointer,
  isCredential,
  isSharedPart,
  preview,
} from '@battery-passport/contexts'
import type { FindingCode } from '../findings/finding-kinds.ts'
import { type Finding, finding } from '../findings/findings.ts'
import type { JsonObject, JsonValue } from './json.ts'

/** Where the findings of one document go: its id, and its place when it has none. */
export interface Place {
  readonly credential: string
  /** Put before each pointer: empty when `credential` names the document. */
  readonly prefix: string
}

/** The place of a document in the input, by its id if it has one. */
export function placeOf(document: JsonValue, pointer: string): Place {
  const id = isObject(document) ? document.id : undefined
  return typeof id === 'string' && id !== ''
    ? { credential: id, prefix: '' }
    : { credential: '', prefix: pointer }
}

/** A finding at a pointer inside the document of a place. */
export function findingAt(
  place: Place,
  code: FindingCode,
  at: {
    readonly pointer: string
    readonly detail: string
    readonly expected: string
    readonly found: string
  },
): Finding {
  return finding(code, { ...at, credential: place.credential, pointer: place.prefix + at.pointer })
}

/** Whether a value is a JSON object. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && !Array.isArray(value)
}

/** The type of a credential of the profile, or null. */
export function typeOf(document: JsonObject): CredentialType | null {
  const types = document.type
  const second = Array.isArray(types) ? types[1] : undefined
  return CREDENTIAL_TYPES.find((type) => type === second) ?? null
}

/** A credential without its proof that has a shape of the profile, or why it has none. */
export type ShapeResult =
  | {
      readonly ok: true
      readonly type: CredentialType
      readonly credential: CredentialTypes[CredentialType]
    }
  | { readonly ok: false; readonly findings: readonly Finding[] }

/**
 * Step 2 for a credential without its proof: the exact pinned contexts, no other JSON-LD keyword,
 * the closed schema of its type. Without the first two, one signed document has several readings.
 */
export function readShape(
  document: JsonObject,
  type: CredentialType | null,
  place: Place,
): ShapeResult {
  const contexts = contextFindings(document, place)
  if (type === null) {
    const unknown = findingAt(place, 'SCHEMA', {
      pointer: '/type',
      detail: 'The type is none of this profile.',
      expected: `["VerifiableCredential", …] with one of ${CREDENTIAL_TYPES.join(', ')}`,
      found: preview(document.type),
    })
    return { ok: false, findings: [...contexts, unknown] }
  }
  if (contexts.length === 0 && isCredential(type, document)) {
    return { ok: true, type, credential: document }
  }
  const faults = credentialFaults(type, document).filter(
    ({ pointer }) => !contexts.some((context) => context.pointer === place.prefix + pointer),
  )
  const detail = `The ${type} does not have its form.`
  const findings = faults.map(({ pointer, expected, found }) =>
    findingAt(place, 'SCHEMA', { pointer, expected, found, detail }),
  )
  return { ok: false, findings: [...contexts, ...findings] }
}

function contextFindings(document: JsonObject, place: Place): Finding[] {
  const context = document['@context']
  const exact =
    Array.isArray(context) &&
    context.length === CONTEXTS.length &&
    CONTEXTS.every((url, index) => context[index] === url)
  return [
    ...(exact
      ? []
      : [
          findingAt(place, 'CONTEXT_NOT_ALLOWED', {
            pointer: '/@context',
            detail: 'The contexts are not exactly the pinned ones.',
            expected: JSON.stringify(CONTEXTS),
            found: preview(context),
          }),
        ]),
    ...keywords(document).map((pointer) =>
      findingAt(place, 'CONTEXT_NOT_ALLOWED', {
        pointer,
        detail: 'A JSON-LD keyword would change what the signed terms mean.',
        expected: 'no key that begins with "@"',
        found: preview(pointer.slice(pointer.lastIndexOf('/') + 1)),
      }),
    ),
  ]
}

/** Pointers of every key that begins with `@`, except the `@context` of the document itself. */
function keywords(document: JsonObject): string[] {
  const { '@context': _, ...members } = document
  return hasKeyword(members) ? keywordsIn(members, '').slice(0, MAXIMUM_KEYWORDS) : []
}

/** Enough to mend a document, too few to fill a verdict with them. */
const MAXIMUM_KEYWORDS = 24

/** Asked first: nearly every document has none, and pointers are made only for those that do. */
function hasKeyword(value: JsonValue | undefined): boolean {
  if (typeof value !== 'object') return false
  if (withoutKeyword.has(value)) return false
  const has = isObject(value)
    ? Object.keys(value).some((key) => key.startsWith('@') || hasKeyword(value[key]))
    : value.some(hasKeyword)
  if (!has && isSharedPart(value)) withoutKeyword.add(value)
  return has
}

/** Shared parts that were found to have none. */
const withoutKeyword = new WeakSet<object>()

function keywordsIn(value: JsonObject | readonly JsonValue[], pointer: string): string[] {
  return Object.entries(value).flatMap(([key, member]) => {
    const at = `${pointer}/${escapePointer(key)}`
    if (key.startsWith('@')) return [at]
    return typeof member === 'object' ? keywordsIn(member, at) : []
  })
}
