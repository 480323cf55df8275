import { hash } from 'node:crypto'

/**
 * SHA-256 of the bytes, or of the UTF-8 form of the text: 32 bytes. Browsers have
 * `sha256-browser.ts` in the place of this file.
 */
export function sha256(data: string | Uint8Array): Uint8Array {
  return hash('sha256', data, 'buffer')
}
