/**
 * How many bytes the UTF-8 form of a text has, a lone surrogate three. Browsers have
 * `utf8-length-browser.ts` in the place of this file.
 */
export function utf8Length(text: string): number {
  return Buffer.byteLength(text)
}
