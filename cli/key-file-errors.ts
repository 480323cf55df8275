import { KeyFileError, type KeyFileFault } from '@battery-passport/keys'
import { usageError } from './errors.ts'

const TITLES: Readonly<Record<KeyFileFault, string>> = {
  KEY_FILE_MISSING: 'There is no such key file',
  KEY_FILE_UNREADABLE: 'The key file cannot be read',
  KEY_FILE_PERMISSIONS: 'Others may read the key file',
  KEY_FILE_TOO_LARGE: 'The key file is too large',
  KEY_FILE_TRUNCATED: 'The key file is cut short',
  KEY_FILE_FORMAT: 'This is no key file of this program',
  KEY_FILE_ITERATIONS: 'The key file asks for another effort than this program makes',
  KEY_FILE_PASSPHRASE: 'The passphrase does not open the key file',
  KEY_FILE_DID_MISMATCH: 'The key file holds another key than it says',
  KEY_FILE_EXISTS: 'The key file exists already; a key is never overwritten',
  KEY_FILE_UNWRITABLE: 'The key file cannot be written',
  PASSPHRASE_MISSING: 'There is no passphrase',
  PASSPHRASE_SOURCE: 'It is not clear where the passphrase is',
  PASSPHRASE_TOO_SHORT: 'The passphrase is too short',
  PASSPHRASE_TOO_LONG: 'The passphrase is too long',
}

/**
 * Runs something that opens or writes a key.
 *
 * @throws {CommandError} usage, for what is wrong with a key file or passphrase
 */
export async function keyFileErrors<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof KeyFileError)) throw error
    const { code, place, expected, found, remedy } = error
    throw usageError({ what: `${TITLES[code]} (${code}).`, where: place, expected, found, remedy })
  }
}
