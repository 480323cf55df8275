import { readFile, stat } from 'node:fs/promises'
import type { SecretSource } from './config-schema.ts'
import { StartError } from './start-error.ts'

/** Characters of a bearer token (RFC 6750 §2.1); so many that it cannot be guessed. */
const TOKEN = /^[A-Za-z0-9\-._~+/]{24,512}=*$/

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
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const { mode } = await stat(file)
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new StartError(
      'TOKEN_UNSUITABLE',
      `token file ${file}: expected mode 0600 or less, found ${(mode & 0o777).toString(8).padStart(4, '0')}. Others may have copied it: make a new one, and run chmod 600 on it.`,
    )
  }
  return text.replace(/\r?\n$/, '')
}
