/** Characters that one call of `fromCharCode` is given: the stack holds that many arguments. */
const CHUNK = 8192

const BASE64URL = /^[A-Za-z0-9_-]*$/

/** Bytes in base64url without padding (RFC 4648 §5). */
export function toBase64url(bytes: Uint8Array): string {
  let binary = ''
  for (let start = 0; start < bytes.length; start += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK))
  }
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/**
 * The bytes of a text in base64url, or null unless it is the one canonical text of them: no padding,
 * no unused bits, no other characters.
 */
export function fromBase64url(text: string): Uint8Array | null {
  // One character more than whole groups of four holds no byte.
  if (!BASE64URL.test(text) || text.length % 4 === 1) return null
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
  return toBase64url(bytes) === text ? bytes : null
}
