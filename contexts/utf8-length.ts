/**
 * How many bytes the UTF-8 form of a text has, a lone surrogate three. A bundle for browsers has
 * `utf8-length-browser.ts` in the place of this file.
 */
export function utf8Length(text: string): number {
  return Buffer.byteLength(text)
}
