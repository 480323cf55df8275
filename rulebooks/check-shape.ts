import {
  faultRemedy,
  type SchemaFault,
  schemaFaults,
  type Validator,
} from '@battery-passport/contexts'
import type { Fault } from './fault.ts'

/** A document that has the shape of its schema, or every way in which it does not. */
export type Shaped<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly [Fault, ...Fault[]] }

/** Holds a document against the schema of a title. */
export function readShape<T>(validator: Validator<T>, title: string, document: unknown): Shaped<T> {
  if (validator(document)) return { ok: true, value: document }
  const name = title.toLowerCase()
  const [first = whole(name), ...more] = schemaFaults(validator, document)
  const compare = `Compare it with the JSON Schema of a ${name} (schemas/${title}.json).`
  const told = (fault: SchemaFault): Fault => {
    const { pointer, expected, found } = fault
    const detail = `This does not have the shape a ${name} has there.`
    return { pointer, expected, found, detail, remedy: faultRemedy(fault, compare) }
  }
  return { ok: false, faults: [told(first), ...more.map(told)] }
}

function whole(name: string) {
  return { pointer: '', expected: `a ${name}`, found: 'another document' }
}
