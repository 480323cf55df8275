import { readPrivateLine } from '@battery-passport/keys/files'
import type { SecretSource } from './config-schema.ts'
import { StartError } from './start-error.ts'

/** Characters of a bearer token (RFC 6750 §2.1); so many that it cannot be guessed. */
const TOKEN = /^[A-Za-z0-9\-._~+/]{24,512}=*$/

/** No token file is longer. */
const MAX_BYTES = 4096

/**
 * Reads the token that writes and listings need.
 *
 * @throws {StartError} TOKEN_MISSING, TOKEN_UNSUITABLE; the message never holds the token
 */
export async function readToken(
  source: SecretSource,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const place = 'file' in source ? `token file ${source.file}` : `variable ${source.variable}`
  const text = 'file' in source ? await readPrivate(source.file) : environment[source.variable]
  if (text === undefined || text === '') {
    throw new StartError('TOKEN_MISSING', `${place}: expected a bearer token, found nothing.`)
  }
  if (TOKEN.test(text)) return text
  throw new StartError(
    'TOKEN_UNSUITABLE',
    `${place}: expected 24 to 512 characters A-Z a-z 0-9 - . _ ~ + /, found others, or too few or many. Make one with: openssl rand -hex 32`,
  )
}

async function readPrivate(file: string): Promise<string | undefined> {
  const line = await readPrivateLine(file, MAX_BYTES).catch(() => null)
  if (line === null) return undefined
  if (line.ok) return line.text
  throw new StartError(
    'TOKEN_UNSUITABLE',
    `token file ${file}: expected mode 0600 or less, found ${line.mode}. Others may have copied it: make a new one, and run chmod 600 on it.`,
  )
}
