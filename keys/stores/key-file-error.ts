/** What is wrong with a key file, its passphrase, or the place it is written to. */
export type KeyFileFault =
  | 'KEY_FILE_MISSING'
  | 'KEY_FILE_UNREADABLE'
  | 'KEY_FILE_PERMISSIONS'
  | 'KEY_FILE_TOO_LARGE'
  | 'KEY_FILE_TRUNCATED'
  | 'KEY_FILE_FORMAT'
  | 'KEY_FILE_ITERATIONS'
  | 'KEY_FILE_PASSPHRASE'
  | 'KEY_FILE_DID_MISMATCH'
  | 'KEY_FILE_EXISTS'
  | 'KEY_FILE_UNWRITABLE'
  | 'PASSPHRASE_MISSING'
  | 'PASSPHRASE_SOURCE'
  | 'PASSPHRASE_TOO_SHORT'
  | 'PASSPHRASE_TOO_LONG'

/** What a message says: never the passphrase, never a part of the key, never the file's content. */
export interface KeyFileComplaint {
  readonly place: string
  readonly expected: string
  readonly found: string
  readonly remedy: string
}

/** A key file or passphrase that is refused. There is no cause: its text might hold a secret. */
export class KeyFileError extends Error implements KeyFileComplaint {
  readonly code: KeyFileFault
  readonly place: string
  readonly expected: string
  readonly found: string
  readonly remedy: string

  constructor(code: KeyFileFault, complaint: KeyFileComplaint) {
    const { place, expected, found, remedy } = complaint
    super(`${place}: expected ${expected}, found ${found}. ${remedy}`)
    this.name = 'KeyFileError'
    this.code = code
    this.place = place
    this.expected = expected
    this.found = found
    this.remedy = remedy
  }
}
