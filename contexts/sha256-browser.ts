import { sha256 as digest } from '@noble/hashes/sha2.js'

const utf8 = new TextEncoder()

/**
 * SHA-256 of the bytes, or of the UTF-8 form of the text: 32 bytes. The digest of Web Cryptography
 * has to be waited for, and an identifier must not.
 */
export function sha256(data: string | Uint8Array): Uint8Array {
  return digest(typeof data === 'string' ? utf8.encode(data) : data)
}
