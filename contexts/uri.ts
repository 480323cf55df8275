/** An absolute URI of an allow-listed scheme (https, urn, did), printable ASCII only. */
export const URI_PATTERN = '^(https://|urn:[a-z0-9][a-z0-9-]{0,31}:|did:[a-z0-9]+:)[\\x21-\\x7e]+$'

/** The longest URI that is read, in characters. */
export const MAX_URI_LENGTH = 512

const URI = new RegExp(URI_PATTERN)

/** Whether a text is a URI as the schemas have it. */
export function isUri(text: string): boolean {
  return text.length <= MAX_URI_LENGTH && URI.test(text)
}
