import { createHash, hash } from 'node:crypto'
import { StoreError } from './store-error.ts'

const DIGEST_BYTES = 32

/**
 * A value as it lies on the disk: SHA-256 over key and text, then the text in UTF-8. The database
 * serves flipped bits without a word, and the key in the digest catches a value in another's place.
 */
export function seal(key: string, text: string): Buffer {
  const sealed = Buffer.allocUnsafe(DIGEST_BYTES + Buffer.byteLength(text))
  // In one call: the digest of the text is that of its bytes.
  sealed.set(hash('sha256', `${prefix(key)}${text}`, 'buffer'))
  sealed.write(text, DIGEST_BYTES, 'utf8')
  return sealed
}

/** The digest that a sealed value begins with, in hexadecimal. */
export function sealOf(sealed: Buffer): string {
  return sealed.toString('hex', 0, DIGEST_BYTES)
}

/**
 * The text of a sealed value.
 *
 * @throws {StoreError} STORE_CORRUPT when it is not, byte for byte, what was sealed under this key
 */
export function unseal(key: string, sealed: Uint8Array): string {
  const payload = sealed.subarray(DIGEST_BYTES)
  const expected = digest(key, payload)
  if (sealed.length < DIGEST_BYTES || !expected.equals(sealed.subarray(0, DIGEST_BYTES))) {
    throw new StoreError(
      'STORE_CORRUPT',
      `record ${key}: expected the bytes that were written, found others. The disk or the file was damaged: stop the service and restore the data folder from a copy.`,
    )
  }
  return Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString('utf8')
}

function digest(key: string, payload: Uint8Array): Buffer {
  return createHash('sha256').update(prefix(key)).update(payload).digest()
}

/** The length keeps one pair of key and payload from reading as another. */
function prefix(key: string): string {
  return `${key.length}:${key}`
}
