import { DOCUMENT_LIMITS, type JsonValue, readJson } from '@battery-passport/verifier'
import { usageError } from '../errors.ts'

/**
 * Strict JSON of a document that a person wrote: a policy, a rulebook, a request.
 *
 * @throws {CommandError} usage, naming the place in the file
 */
export function parseDocument(bytes: Uint8Array, name: string): JsonValue {
  const read = readJson(bytes, DOCUMENT_LIMITS)
  if (read.ok) return read.value
  const { pointer, expected, found } = read.fault
  throw usageError({
    what: 'The file is not strict JSON.',
    where: placeIn(name, pointer),
    expected,
    found,
    remedy:
      'Write UTF-8 without a byte order mark, each key once, no null, and no number with a fraction or exponent.',
  })
}

/** A place in a file, as messages name it: the file and a JSON pointer (RFC 6901). */
export function placeIn(name: string, pointer: string): string {
  return pointer === '' ? name : `${name} ${pointer}`
}
