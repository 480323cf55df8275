/**
 * Bytes in base64url without padding (RFC 4648 §5). Browsers have `base64url-browser.ts`
 * in the place of this file.
 */
export function toBase64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')
}

/**
 * The bytes of a text in base64url, or null unless it is the one canonical text of them: no padding,
 * no unused bits, no other characters.
 */
export function fromBase64url(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : null
}
