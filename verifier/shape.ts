import {
  CONTEXTS,
  CREDENTIAL_TYPES,
  type CredentialType,
  credentialFaults,
  escapePointer,
  preview,
} from '@battery-passport/contexts'
import type { FindingCode } from './finding-kinds.ts'
import { type Finding, finding } from './findings.ts'
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
    readonly expected?: string
    readonly found?: string
  },
): Finding {
  return finding(code, { ...at, credential: place.credential, pointer: place.prefix + at.pointer })
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && !Array.isArray(value)
}

/** The type of a credential of the profile, or null. */
export function typeOf(document: JsonObject): CredentialType | null {
  const types = document.type
  const second = Array.isArray(types) ? types[1] : undefined
  return CREDENTIAL_TYPES.find((type) => type === second) ?? null
}

/**
 * Step 2 for a credential without its proof: the exact pinned contexts, no other JSON-LD keyword,
 * the closed schema of its type. Without the first two, one signed document has several readings.
 */
export function shapeFindings(
  document: JsonObject,
  type: CredentialType | null,
  place: Place,
): Finding[] {
  const contexts = contextFindings(document, place)
  if (type === null) {
    return [
      ...contexts,
      findingAt(place, 'SCHEMA', {
        pointer: '/type',
        detail: 'The type is none of this profile.',
        expected: `["VerifiableCredential", …] with one of ${CREDENTIAL_TYPES.join(', ')}`,
        found: preview(document.type),
      }),
    ]
  }
  const faults = credentialFaults(type, document).filter(
    ({ pointer }) => !contexts.some((context) => context.pointer.endsWith(pointer)),
  )
  return [
    ...contexts,
    ...faults.map((fault) =>
      findingAt(place, 'SCHEMA', { ...fault, detail: `The ${type} does not have its form.` }),
    ),
  ]
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
    ...keywords(document, '').map((pointer) =>
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
function keywords(value: JsonValue, pointer: string): string[] {
  if (typeof value !== 'object') return []
  const found: string[] = []
  for (const [key, member] of Object.entries(value)) {
    const at = `${pointer}/${escapePointer(key)}`
    if (key.startsWith('@') && at !== '/@context') found.push(at)
    else if (typeof member === 'object' && at !== '/@context') found.push(...keywords(member, at))
  }
  return found
}
