/**
 * Who speaks, and how a statement is secured: DIDs and their keys, signers, Data Integrity proofs
 * and JWTs. What a credential says is not looked at here.
 */
export * from './browser.ts'
export { generatePrivateJwk, generateSigner, signerFromJwk } from './local-signer.ts'
export { type KeyFileLabel, readKeyFile, readKeyFileLabel, writeKeyFile } from './stores/file.ts'
export { type KeyFileComplaint, KeyFileError, type KeyFileFault } from './stores/key-file-error.ts'
export {
  MAX_PASSPHRASE_BYTES,
  MIN_PASSPHRASE_LENGTH,
  type Passphrase,
  passphraseFrom,
  readPassphrase,
} from './stores/passphrase.ts'
