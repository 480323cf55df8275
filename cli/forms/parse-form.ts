import {
  faultRemedy,
  type SchemaFault,
  schemaFaults,
  type Validator,
} from '@battery-passport/contexts'
import type { Complaint } from '../errors.ts'
import { parseDocument, placeIn } from '../input/read-document.ts'

/** A form that was read, or everything that is wrong with it. */
export type ParsedForm<T> =
  | { readonly ok: true; readonly form: T }
  | { readonly ok: false; readonly complaints: readonly Complaint[] }

/** The name of a form of the type T, and the generated validator of its closed schema. */
export interface FormKind<T> {
  /** As a sentence names it: `an engagement`. */
  readonly title: string
  readonly validator: Validator<T>
}

/**
 * Reads a form that a person filled in: strict JSON of a closed schema.
 *
 * @param name the file, for messages
 * @throws {CommandError} usage: the file is not strict JSON
 */
export function parseForm<T>(bytes: Uint8Array, name: string, kind: FormKind<T>): ParsedForm<T> {
  const value: unknown = parseDocument(withoutMark(bytes), name)
  if (kind.validator(value)) return { ok: true, form: value }
  return { ok: false, complaints: formComplaints(value, name, kind) }
}

/** What a schema says of a document, as complaints. */
function formComplaints(value: unknown, name: string, kind: FormKind<unknown>): Complaint[] {
  return schemaFaults(kind.validator, value).map((fault) =>
    schemaComplaint(fault, name, kind.title),
  )
}

function schemaComplaint(fault: SchemaFault, name: string, title: string): Complaint {
  const { pointer, expected, found, isUnknown } = fault
  return {
    what: isUnknown
      ? `The form of ${title} has no such property here.`
      : `This is not the form of ${title}.`,
    where: placeIn(name, pointer),
    expected,
    found,
    remedy: faultRemedy(fault, found === 'nothing' ? 'Write it.' : 'Correct it.'),
  }
}

/** Editors of one system write a byte order mark; it says nothing. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}
