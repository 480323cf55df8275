import { jcs, parseInstant } from '@battery-passport/contexts'
import type { Did, DidUrl } from '../did.ts'
import { type PrivateJwk, parsePrivateJwk } from '../jwk.ts'
import { signerFromJwk } from '../local-signer.ts'
import { type PublicKey, publicKeyFromMultikey } from '../public-key.ts'
import type { Signer } from '../signer.ts'
import { signerName } from '../signer-name.ts'
import { decryptJwk, encryptJwk } from './key-encryption.ts'
import { KeyFileError, type KeyFileFault } from './key-file-error.ts'
import type { Passphrase } from './passphrase.ts'
import { readBounded } from './read-bounded.ts'
import { systemCode } from './system-code.ts'
import { writeOnce } from './write-once.ts'

/** What a key file holds; only `jwe` is secret, and it is encrypted. */
interface KeyFile {
  readonly type: 'battery-passport-key'
  readonly version: 1
  readonly did: string
  /** The DID URL of the key in the document of a did:web; a did:key says it itself. */
  readonly verificationMethod?: string
  readonly publicKeyMultibase: string
  readonly created: string
  /**
   * JWE compact (RFC 7516) whose plaintext is the private JWK. Its `kid` is the verification method
   * of a did:web: what stands openly in the file could be changed to sign as somebody else.
   */
  readonly jwe: string
}

const MAX_FILE_BYTES = 16 * 1024
const MEMBERS = ['created', 'did', 'jwe', 'publicKeyMultibase', 'type', 'version']
const WEB_MEMBERS = [...MEMBERS, 'verificationMethod'].toSorted()

/**
 * Writes a private key, encrypted with the passphrase, to a new file that only its owner may read.
 *
 * @param options.created RFC 3339 with `Z` and second precision
 * @param options.name the did:web, or the verification method of one, that the key signs as
 * @returns the signer of that key
 * @throws {KeyFileError} KEY_FILE_EXISTS, KEY_FILE_UNWRITABLE
 */
export async function writeKeyFile(
  path: string,
  options: {
    readonly jwk: PrivateJwk
    readonly passphrase: Passphrase
    readonly created: string
    readonly name?: string
  },
): Promise<Signer> {
  const { jwk, passphrase, created, name } = options
  if (parseInstant(created) === null) throw new TypeError('writeKeyFile: created is no instant')
  const signer = signerFromJwk(jwk, name)
  const { verificationMethod } = signer
  const isWeb = !signer.did.startsWith('did:key:')
  const secret = { ...parsePrivateJwk(jwk), ...(isWeb ? { kid: verificationMethod } : {}) }
  const file: KeyFile = {
    type: 'battery-passport-key',
    version: 1,
    did: signer.did,
    ...(isWeb ? { verificationMethod } : {}),
    publicKeyMultibase: signer.publicKey.multibase,
    created,
    jwe: await encryptJwk(jcs(secret), passphrase),
  }
  try {
    await writeOnce(path, `${JSON.stringify(file, null, 2)}\n`)
  } catch (error) {
    if (systemCode(error) === 'EEXIST') {
      const remedy = 'Choose another path, or move the old key away: a key is never overwritten.'
      throw complain('KEY_FILE_EXISTS', path, 'no file of that name', 'one', remedy)
    }
    const remedy = 'Check that the folder exists, may be written and has space left.'
    throw complain(
      'KEY_FILE_UNWRITABLE',
      path,
      'a place to write a new file',
      systemCode(error) ?? 'an error',
      remedy,
    )
  }
  return signer
}

/**
 * Opens a key file and answers its signer.
 *
 * @throws {KeyFileError} for a file that is missing, readable by others, too large, cut short, of
 *   another form, of another key than it says, or encrypted with another passphrase
 */
export async function readKeyFile(path: string, passphrase: Passphrase): Promise<Signer> {
  const { did, publicKeyMultibase, verificationMethod, jwe } = await openKeyFile(path)
  const plaintext = await decryptJwk(jwe, passphrase, path)
  const signer = signerOf(plaintext, path)
  if (
    signer.did !== did ||
    signer.publicKey.multibase !== publicKeyMultibase ||
    (verificationMethod !== undefined && signer.verificationMethod !== verificationMethod)
  ) {
    const remedy = 'The file was changed: restore it from a copy.'
    throw complain('KEY_FILE_DID_MISMATCH', path, `the key of ${signer.did}`, 'another DID', remedy)
  }
  return signer
}

/** What a key file says openly: nothing of it is secret, and none of it is proven. */
export interface KeyFileLabel {
  readonly publicKey: PublicKey
  readonly did: Did
  readonly verificationMethod: DidUrl
  readonly created: string
}

/**
 * Reads whose key a file holds, without its passphrase.
 *
 * @throws {KeyFileError} as `readKeyFile`, but for what only the passphrase can show
 */
export async function readKeyFileLabel(path: string): Promise<KeyFileLabel> {
  const { did, publicKeyMultibase, verificationMethod, created } = await openKeyFile(path)
  const reading = publicKeyFromMultikey(publicKeyMultibase)
  if (!reading.ok) {
    const remedy = 'The file was changed: restore it from a copy.'
    throw complain('KEY_FILE_FORMAT', path, 'a public key', reading.detail, remedy)
  }
  const { publicKey } = reading
  const name = signerName(publicKey, verificationMethod)
  if (name === null || name.did !== did) {
    const remedy = 'The file was changed: restore it from a copy.'
    const expected = `the DID of ${publicKeyMultibase}`
    throw complain('KEY_FILE_DID_MISMATCH', path, expected, 'another DID', remedy)
  }
  return { publicKey, did: name.did, verificationMethod: name.url, created }
}

async function openKeyFile(path: string): Promise<KeyFile> {
  const { bytes, mode, isFile } = await readBounded(path, MAX_FILE_BYTES).catch((error) => {
    const code = systemCode(error) ?? 'an error'
    throw code === 'ENOENT'
      ? complain('KEY_FILE_MISSING', path, 'a key file', 'none', 'Create one, or correct the path.')
      : complain('KEY_FILE_UNREADABLE', path, 'a readable file', code, 'Check who may read it.')
  })
  if (!isFile) {
    const remedy = 'Name the key file itself.'
    throw complain('KEY_FILE_UNREADABLE', path, 'a file', 'something else', remedy)
  }
  if (bytes.length > MAX_FILE_BYTES) {
    const expected = `at most ${MAX_FILE_BYTES} bytes`
    throw complain('KEY_FILE_TOO_LARGE', path, expected, 'more', ANOTHER_FILE)
  }
  // First whether it is one at all: nobody need close another file to others.
  const keyFile = parseKeyFile(new TextDecoder().decode(bytes), path)
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    const found = `mode ${mode.toString(8).padStart(4, '0')}`
    const remedy = `Others may have copied it; if not, run: chmod 600 ${path}`
    throw complain('KEY_FILE_PERMISSIONS', path, 'mode 0600 or less', found, remedy)
  }
  return keyFile
}

const ANOTHER_FILE = 'Is it another file? Name the one that was written as a key file.'

function parseKeyFile(text: string, path: string): KeyFile {
  if (!/^\s*(\{|$)/.test(text)) {
    throw complain('KEY_FILE_FORMAT', path, 'a JSON object', 'other text', ANOTHER_FILE)
  }
  if (!text.trimEnd().endsWith('}')) {
    const remedy = 'Restore it from a copy.'
    throw complain('KEY_FILE_TRUNCATED', path, 'a whole JSON object', 'no end of it', remedy)
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw complain('KEY_FILE_FORMAT', path, 'JSON', 'other text', ANOTHER_FILE)
  }
  if (isKeyFile(value)) return value
  const expected = `a JSON object of battery-passport-key version 1 with ${MEMBERS.join()}`
  throw complain('KEY_FILE_FORMAT', path, expected, 'other members', ANOTHER_FILE)
}

function isKeyFile(value: unknown): value is KeyFile {
  if (typeof value !== 'object' || value === null) return false
  const members: Readonly<Record<string, unknown>> = { ...value }
  const { type, version, ...texts } = members
  const names = Object.keys(members).sort().join()
  return (
    (names === MEMBERS.join() || names === WEB_MEMBERS.join()) &&
    type === 'battery-passport-key' &&
    version === 1 &&
    Object.values(texts).every((text) => typeof text === 'string')
  )
}

function signerOf(plaintext: string, path: string): Signer {
  try {
    const secret: unknown = JSON.parse(plaintext)
    return signerFromJwk(secret, keyIdIn(secret))
  } catch {
    // Whatever was thrown may quote the secret.
    const remedy = 'Restore the file from a copy.'
    throw complain('KEY_FILE_FORMAT', path, 'an encrypted private JWK', 'another secret', remedy)
  }
}

/** The verification method of a did:web; without one it is that of the did:key. */
function keyIdIn(secret: unknown): string | undefined {
  if (typeof secret !== 'object' || secret === null) return undefined
  const kid: unknown = Reflect.get(secret, 'kid')
  return typeof kid === 'string' ? kid : undefined
}

function complain(
  code: KeyFileFault,
  path: string,
  expected: string,
  found: string,
  remedy: string,
): KeyFileError {
  return new KeyFileError(code, { place: `key file ${path}`, expected, found, remedy })
}
