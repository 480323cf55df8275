import { preview, VC_CONTEXT } from '@battery-passport/contexts'
import { type ProblemDetails, parseDateTimeStamp, problem } from '@battery-passport/keys'
import type { JsonObject, JsonValue } from '../reading/json.ts'
import { isObject } from '../reading/shape.ts'

/** What a credential may have that this verification does not look at. */
const NOT_LOOKED_AT = ['credentialStatus', 'credentialSchema', 'relatedResource', 'refreshService']

/** Whether a document is of a type. */
export function isOfModelType({ type }: JsonObject, name: string): boolean {
  return type === name || (Array.isArray(type) && type.includes(name))
}

/** The `issuer` or `holder`: a text, or the id of an object. */
export function partyOf(value: JsonValue | undefined): string | null {
  const id = isObject(value) ? value.id : value
  return typeof id === 'string' && id !== '' ? id : null
}

/** What a credential or presentation has against it by the Data Model 2.0, whoever secured it. */
export function dataModelErrors(document: JsonObject): ProblemDetails[] {
  const { '@context': contexts, id } = document
  const errors: ProblemDetails[] = []
  if (!Array.isArray(contexts) || contexts[0] !== VC_CONTEXT) {
    errors.push(malformed('/@context', `a list that begins with ${VC_CONTEXT}`, contexts))
  }
  if (id !== undefined && (typeof id !== 'string' || !URL.canParse(id))) {
    errors.push(malformed('/id', 'a URL', id))
  }
  return errors
}

/**
 * What a credential has against it besides: its issuer, its subject, its time.
 *
 * @param now seconds since the epoch
 * @see https://www.w3.org/TR/vc-data-model-2.0/#validity-period
 */
export function credentialErrors(
  credential: JsonObject,
  now: number,
  clockSkew: number,
): ProblemDetails[] {
  const { issuer, credentialSubject, validFrom, validUntil } = credential
  const errors = dataModelErrors(credential)
  if (partyOf(issuer) === null) errors.push(malformed('/issuer', 'a URL, or its object', issuer))
  const subjects: readonly unknown[] = [credentialSubject].flat()
  if (subjects.length === 0 || !subjects.every((each) => typeof each === 'object')) {
    errors.push(malformed('/credentialSubject', 'an object, or a list of them', credentialSubject))
  }
  const range = (pointer: string, detail: string, expected: string, found: unknown) =>
    errors.push(outOfRange(pointer, detail, expected, found))
  const from = instantOf(validFrom, '/validFrom', errors)
  const until = instantOf(validUntil, '/validUntil', errors)
  const clock = new Date(now * 1000).toISOString()
  if (from !== null && from > (now + clockSkew) * 1000) {
    range('/validFrom', 'It is not valid yet.', `not later than ${clock}`, validFrom)
  }
  if (until !== null && until < (now - clockSkew) * 1000) {
    range('/validUntil', 'It is no longer valid.', `not before ${clock}`, validUntil)
  }
  if (from !== null && until !== null && until < from) {
    range(
      '/validUntil',
      'It ends before it begins.',
      `not before ${preview(validFrom)}`,
      validUntil,
    )
  }
  return errors
}

/** What of a credential nobody looked at here. */
export function unlookedAt(credential: JsonObject): readonly string[] {
  return NOT_LOOKED_AT.filter((name) => Object.hasOwn(credential, name)).map(
    (name) => `${name} was not looked at.`,
  )
}

/** A value that has its form, and does not hold at the instant or beside the others. */
export function outOfRange(
  pointer: string,
  detail: string,
  expected: string,
  found: unknown,
): ProblemDetails {
  return problem('RANGE_ERROR', { detail, pointer, expected, found: preview(found) })
}

/** A problem with the form of a value. */
export function malformed(
  pointer: string,
  expected: string,
  found: unknown,
  detail = 'The Data Model 2.0 has it otherwise.',
): ProblemDetails {
  return problem('MALFORMED_VALUE_ERROR', { detail, pointer, expected, found: preview(found) })
}

function instantOf(
  value: JsonValue | undefined,
  pointer: string,
  errors: ProblemDetails[],
): number | null {
  if (value === undefined) return null
  const instant = typeof value === 'string' ? parseDateTimeStamp(value) : null
  if (instant === null) errors.push(malformed(pointer, 'an xsd:dateTimeStamp', value))
  return instant
}
