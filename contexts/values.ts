import { type TSchema, Type } from '@sinclair/typebox'
import { ASSURANCE_LEVELS } from './names.ts'
import { MAX_URI_LENGTH, URI_PATTERN } from './uri.ts'

/**
 * The value rules every credential type shares: decimal strings, basis points, RFC 3339 instants
 * in UTC with second precision, calendar days, ASCII identifiers.
 */

/** Closes an object: an unknown property is an error, never ignored. */
export const closed = { additionalProperties: false } as const

/** A quantity as a decimal string, so that no reader rounds it: `-?(0|[1-9]\d*)(\.\d+)?`. */
export const DecimalString = Type.String({
  pattern: '^-?(0|[1-9][0-9]*)(\\.[0-9]+)?$',
  maxLength: 40,
  description: 'A quantity as a decimal string; the unit stands beside it.',
})

/** A quantity that cannot be below zero, as a decimal string. */
export const NonNegativeDecimal = Type.String({
  pattern: '^(0|[1-9][0-9]*)(\\.[0-9]+)?$',
  maxLength: 40,
  description: 'A quantity of zero or more as a decimal string; the unit stands beside it.',
})

/** A share or efficiency in percent, 0 to 100, as a decimal string. */
export const Percent = Type.String({
  pattern: '^(100(\\.0+)?|[1-9]?[0-9](\\.[0-9]+)?)$',
  maxLength: 40,
  description: 'Percent, 0 to 100, as a decimal string.',
})

/** A number of whole things (cycles, months), as a decimal string without a fraction. */
export const Count = Type.String({
  pattern: '^(0|[1-9][0-9]*)$',
  maxLength: 12,
  description: 'A whole number of zero or more as a decimal string.',
})

/** An integer share or score in basis points, 0 to 10000. */
export const BasisPoints = Type.Integer({
  minimum: 0,
  maximum: 10000,
  description: 'Basis points: 10000 is the whole.',
})

/** Every day of the Gregorian calendar from year 0000 to 9999 and no other, leap years included. */
const CALENDAR_DAY =
  '([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))' +
  '|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)'

/** RFC 3339 with `Z` and second precision; the day exists. */
export const Instant = Type.String({
  pattern: `^${CALENDAR_DAY}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$`,
  description: 'RFC 3339, UTC (`Z`), second precision.',
})

/** A calendar day, `YYYY-MM-DD`. */
export const Day = Type.String({
  pattern: `^${CALENDAR_DAY}$`,
  description: 'A calendar day, YYYY-MM-DD.',
})

/** An absolute URI of an allow-listed scheme (https, urn, did), printable ASCII only. */
export const Uri = Type.String({
  pattern: URI_PATTERN,
  maxLength: MAX_URI_LENGTH,
  description: 'An absolute URI (https, urn or did), printable ASCII.',
})

/** A decentralized identifier without path, query or fragment. */
export const Did = Type.String({
  pattern: '^did:[a-z0-9]+:[A-Za-z0-9.%:_-]+$',
  maxLength: 256,
  description: 'A DID without path, query or fragment (DID Core §3.1).',
})

/** SHA-256 multihash in base58btc multibase. */
export const DigestMultibase = Type.String({
  pattern: '^zQm[1-9A-HJ-NP-Za-km-z]{44}$',
  description: 'SHA-256 multihash, base58btc multibase (VCDM 2.0 §5.3 digestMultibase).',
})

/** ISO 17442 Legal Entity Identifier. */
export const Lei = Type.String({
  pattern: '^[A-Z0-9]{18}[0-9]{2}$',
  description: 'Legal Entity Identifier (ISO 17442).',
})

/** ISO 3166-1 alpha-2. */
export const Country = Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2.' })

/** A lower-case key of a rulebook, method, stage or material. */
export const Key = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$' })

/** The id of an indicator, such as `ghg.intensity`. */
export const IndicatorId = Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{0,63}$' })

/** A semantic version of a rulebook or method. */
export const Version = Type.String({
  pattern: '^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)$',
})

/** A line of text for people: well-formed Unicode, no control characters. */
export const Text = Type.String({ pattern: '^[^\\x00-\\x1f\\x7f]+$', maxLength: 2000 })

/** The level of assurance a conclusion gives (ISAE 3000, ISO 14064-3). */
export const AssuranceLevel = oneOf(ASSURANCE_LEVELS)

/** A closed list of strings. */
export function oneOf<const T extends readonly string[]>(values: T, description?: string) {
  return Type.Unsafe<T[number]>({
    type: 'string',
    enum: [...values],
    ...(description === undefined ? {} : { description }),
  })
}

/** A value that can only be this one. */
export function exactly<const T>(value: T) {
  return Type.Unsafe<T>({ const: value })
}

/** A union of objects told apart by one property, so that an error names the right branch. */
export function taggedUnion<const T extends readonly TSchema[]>(property: string, branches: T) {
  return Type.Unsafe<T[number]['static']>({
    type: 'object',
    discriminator: { propertyName: property },
    required: [property],
    oneOf: [...branches],
  })
}
