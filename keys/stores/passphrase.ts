import { KeyFileError } from './key-file-error.ts'
import { readBounded } from './read-bounded.ts'
import { systemCode } from './system-code.ts'

/** The fewest characters of a passphrase. */
export const MIN_PASSPHRASE_LENGTH = 12

/** The most bytes of a passphrase in UTF-8. */
export const MAX_PASSPHRASE_BYTES = 1024

/** A passphrase that no log, JSON text or error can show: the bytes are behind a function. */
export interface Passphrase {
  /** The UTF-8 bytes of the NFC form, so that every keyboard spells the same secret. */
  reveal(): Uint8Array
}

/**
 * Reads a passphrase from exactly one place. It is never an argument of the command line, which
 * every user of the machine could list.
 *
 * @param source.env the name of an environment variable
 * @param source.file a file; one line end after the passphrase is left out
 * @throws {KeyFileError} PASSPHRASE_*
 */
export async function readPassphrase(
  source: { readonly env?: string; readonly file?: string },
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Passphrase> {
  const { env, file } = source
  if (env !== undefined && file === undefined) {
    return passphraseFrom(environment[env], `environment variable ${env}`)
  }
  if (file !== undefined && env === undefined) {
    return passphraseFrom(await readLine(file), `passphrase file ${file}`)
  }
  throw new KeyFileError('PASSPHRASE_SOURCE', {
    place: 'passphrase',
    expected: 'one source, an environment variable or a file',
    found: env === undefined ? 'none' : 'both',
    remedy: 'Name exactly one of them.',
  })
}

/**
 * A passphrase from a text at hand.
 *
 * @param place where it came from, for messages
 * @throws {KeyFileError} PASSPHRASE_MISSING, PASSPHRASE_TOO_SHORT, PASSPHRASE_TOO_LONG
 */
export function passphraseFrom(text: string | undefined, place = 'passphrase'): Passphrase {
  if (text === undefined || text === '') {
    const expected = `a passphrase of at least ${MIN_PASSPHRASE_LENGTH} characters`
    const complaint = { place, expected, found: 'nothing', remedy: 'Set it and try again.' }
    throw new KeyFileError('PASSPHRASE_MISSING', complaint)
  }
  const normal = text.normalize('NFC')
  const bytes = new TextEncoder().encode(normal)
  if ([...normal].length < MIN_PASSPHRASE_LENGTH) {
    throw new KeyFileError('PASSPHRASE_TOO_SHORT', {
      place,
      expected: `at least ${MIN_PASSPHRASE_LENGTH} characters`,
      found: 'fewer',
      remedy:
        'For a new key, use several random words or a generated password. No key has a shorter one.',
    })
  }
  if (bytes.length > MAX_PASSPHRASE_BYTES) {
    throw new KeyFileError('PASSPHRASE_TOO_LONG', {
      place,
      expected: `at most ${MAX_PASSPHRASE_BYTES} bytes`,
      found: 'more',
      remedy: 'Was another file named by mistake?',
    })
  }
  return Object.freeze({ reveal: () => Uint8Array.from(bytes) })
}

async function readLine(file: string): Promise<string> {
  const place = `passphrase file ${file}`
  const expected = 'a readable file'
  const remedy = 'Check the path and who may read it.'
  try {
    const { bytes, isFile } = await readBounded(file, MAX_PASSPHRASE_BYTES + 2)
    if (isFile) return new TextDecoder().decode(bytes).replace(/\r?\n$/, '')
  } catch (error) {
    const found = systemCode(error) ?? 'an error'
    throw new KeyFileError('PASSPHRASE_MISSING', { place, expected, found, remedy })
  }
  throw new KeyFileError('PASSPHRASE_MISSING', { place, expected, found: 'something else', remedy })
}
