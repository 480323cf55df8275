import { faultRemedy, schemaFaults, type Validator } from '@battery-passport/contexts'
import { type JsonValue, LIMITS, readJson } from '@battery-passport/verifier'
import { HttpError } from './problems.ts'

/**
 * Reads a body as the strict JSON of the profile: what a second reader could read otherwise is
 * refused before anything looks at it.
 *
 * @throws {HttpError} JSON_INVALID, JSON_DUPLICATE_KEY, LIMIT_EXCEEDED
 */
export function strictJson(body: Uint8Array): JsonValue {
  const read = readJson(body, LIMITS)
  if (read.ok) return read.value
  const { code, pointer, expected, found } = read.fault
  throw new HttpError(code, `The body cannot be taken: expected ${expected}, found ${found}.`, {
    faults: [{ pointer, expected, found }],
  })
}

/**
 * Reads a body as a value of a closed schema.
 *
 * @throws {HttpError} as `strictJson`, and REQUEST_INVALID with every fault
 */
export function readBody<T>(body: Uint8Array, validator: Validator<T>): T {
  const value: unknown = strictJson(body)
  if (validator(value)) return value
  const faults = schemaFaults(validator, value).map((fault) => {
    const { pointer, expected, found } = fault
    const remedy = faultRemedy(fault, 'Correct it; /openapi.json has the schema.')
    return { pointer, expected, found, remedy }
  })
  throw new HttpError('REQUEST_INVALID', 'Every place that does not fit the schema is listed.', {
    faults,
  })
}
