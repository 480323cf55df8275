import { KeyFileError } from './key-file-error.ts'
import type { Passphrase } from './passphrase.ts'

/** Iterations of PBKDF2 with SHA-512: what OWASP asks for, some 80 ms. */
const ITERATIONS = 210_000

/** A file that asks for more would only keep the processor busy. */
const MAX_ITERATIONS = 1_000_000

const ALGORITHM = 'PBES2-HS512+A256KW'
const ENCRYPTION = 'A256GCM'

/**
 * Encrypts a private JWK with a passphrase as a compact JWE.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7518#section-4.8
 */
export async function encryptJwk(plaintext: string, passphrase: Passphrase): Promise<string> {
  const { CompactEncrypt } = await import('jose')
  return new CompactEncrypt(new TextEncoder().encode(plaintext))
    .setProtectedHeader({ alg: ALGORITHM, enc: ENCRYPTION, cty: 'jwk+json' })
    .setKeyManagementParameters({ p2c: ITERATIONS })
    .encrypt(passphrase.reveal())
}

/**
 * Decrypts what `encryptJwk` made.
 *
 * @param path the key file, for messages
 * @throws {KeyFileError} KEY_FILE_FORMAT, KEY_FILE_ITERATIONS, KEY_FILE_PASSPHRASE
 */
export async function decryptJwk(
  jwe: string,
  passphrase: Passphrase,
  path: string,
): Promise<string> {
  const place = `key file ${path}`
  assertHeader(jwe, place)
  const { compactDecrypt } = await import('jose')
  try {
    const { plaintext } = await compactDecrypt(jwe, passphrase.reveal(), {
      keyManagementAlgorithms: [ALGORITHM],
      contentEncryptionAlgorithms: [ENCRYPTION],
      maxPBES2Count: MAX_ITERATIONS,
    })
    return new TextDecoder().decode(plaintext)
  } catch {
    throw new KeyFileError('KEY_FILE_PASSPHRASE', {
      place,
      expected: 'the passphrase it was encrypted with',
      found: 'another, or a file that was changed',
      remedy: 'Check the passphrase; if it is right, restore the file from a copy.',
    })
  }
}

/** Judges the header before any iteration is spent on it. */
function assertHeader(jwe: string, place: string): void {
  const parts = jwe.split('.')
  const header = parseHeader(parts[0] ?? '')
  if (parts.length !== 5 || header?.alg !== ALGORITHM || header.enc !== ENCRYPTION) {
    throw new KeyFileError('KEY_FILE_FORMAT', {
      place,
      expected: `jwe with ${ALGORITHM} and ${ENCRYPTION}`,
      found: 'another form',
      remedy: 'Restore the file from a copy.',
    })
  }
  const { p2c } = header
  if (typeof p2c === 'number' && p2c >= ITERATIONS && p2c <= MAX_ITERATIONS) return
  throw new KeyFileError('KEY_FILE_ITERATIONS', {
    place,
    expected: `from ${ITERATIONS} to ${MAX_ITERATIONS} iterations (p2c)`,
    found: typeof p2c === 'number' ? String(p2c) : 'none',
    remedy: 'Restore the file from a copy.',
  })
}

function parseHeader(part: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? { ...value } : null
  } catch {
    return null
  }
}
