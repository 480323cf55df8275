import { PROOF_VALUE_PATTERN } from './names.ts'
import * as values from './values.ts'

interface Patterned {
  readonly pattern?: string
}

const NAMED: readonly (readonly [schema: Patterned, words: string])[] = [
  [values.DecimalString, 'a decimal number as text, such as "12.5" or "-3"'],
  [values.NonNegativeDecimal, 'a decimal number of zero or more as text, such as "12.5"'],
  [values.Percent, 'percent from 0 to 100 as text, such as "98.5"'],
  [values.Count, 'a whole number of zero or more as text, such as "1500"'],
  [values.Instant, 'an instant such as 2026-03-20T00:00:00Z (RFC 3339, UTC with Z, whole seconds)'],
  [values.Day, 'a day of the calendar such as 2026-03-20'],
  [values.Uri, 'an absolute URI that begins with https://, urn: or did:, without spaces'],
  [values.Did, 'a DID such as did:key:z6Mk…, without path, query or fragment'],
  [values.DigestMultibase, 'a SHA-256 digest in multibase: zQm and 44 letters and digits'],
  [values.Lei, 'a LEI (ISO 17442): 18 capital letters or digits, then 2 digits'],
  [values.Country, 'a country as two capital letters such as DE (ISO 3166-1 alpha-2)'],
  [values.Key, 'a key of small letters, digits and hyphens, such as child-labour'],
  [values.IndicatorId, 'an id of small letters, digits, hyphens and dots, such as ghg.intensity'],
  [values.Version, 'a version of three numbers such as 1.0.0'],
  [values.Text, 'a line of text without control characters or line breaks'],
]

/** Patterns of single fields, which have no name of their own. */
const SINGLE: Readonly<Record<string, string>> = {
  '^(\\*|[A-Z]{2})$': 'a country as two capital letters such as DE (ISO 3166-1 alpha-2), or *',
  '^(\\*|[a-z0-9][a-z0-9-]{0,63})$': 'a key of small letters, digits and hyphens, or *',
  '^(0|[1-9][0-9]{0,8})$': 'an index of a status list as text, such as "94567"',
  '^[0-9]{4}-(0[1-9]|1[0-2])$': 'a month such as 2026-03',
  '^[A-Z][A-Z_]{1,63}$': 'the code of a finding in capital letters, such as SCORE_MISMATCH',
  '^[A-Z][A-Z0-9-]{1,15}$': 'a chemistry in capital letters, such as NMC or LFP',
  '^[A-Za-z][A-Za-z0-9]{0,63}$': 'a name of letters and digits that begins with a letter',
  '^[\\x21-\\x3f\\x41-\\x7e]+@[a-z0-9.-]+$': 'an e-mail address',
  '^[\\x21-\\x7e]+$': 'printable ASCII characters without spaces',
  '^[a-z]+/[a-z0-9.+-]+$': 'a media type such as application/pdf',
  '^data:application/vc\\+jwt,[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$':
    'data:application/vc+jwt, followed by a compact JWT of three parts',
  '^did:[\\x21-\\x7e]+#[\\x21-\\x7e]+$': 'a key of a DID, such as did:key:z6Mk…#z6Mk…',
  '^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$':
    'base64 with its padding, without line breaks',
  '^u[A-Za-z0-9_-]+$': 'multibase base64url: u and letters, digits, _ and -',
  '^urn:uuid:[0-9a-f-]{36}$': 'a UUID as urn:uuid: and 36 small hexadecimal digits and hyphens',
  [PROOF_VALUE_PATTERN]: 'a signature of 64 bytes in multibase base58btc, beginning with z',
}

/**
 * What the patterns of the schemas mean, for whoever must mend a value: a regular expression tells a
 * clerk nothing. Read when validators are generated; a test holds it to the published schemas.
 */
export const PATTERN_WORDS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(SINGLE),
  ...NAMED.map(([{ pattern = '' }, words]) => [pattern, words] as const),
])
