import { type Passphrase, readKeyFile, readPassphrase, type Signer } from '@battery-passport/keys'
import type { Command } from 'commander'
import type { CommandDeps } from './command-deps.ts'
import { keyFileErrors } from './key-file-errors.ts'

/** Where a passphrase is read unless told otherwise. */
export const PASSPHRASE_VARIABLE = 'BATTERY_PASSPORT_PASSPHRASE'

/** The options that say where a passphrase is. */
export interface PassphraseOptions {
  readonly passphraseEnv?: string
  readonly passphraseFile?: string
}

/** The options with which a command opens a key. */
export interface KeyOptions extends PassphraseOptions {
  readonly key: string
}

/** Adds the two options; a passphrase is never an argument, which every user could list. */
export function addPassphraseOptions(command: Command): Command {
  return command
    .option('--passphrase-env <name>', `variable with the passphrase (${PASSPHRASE_VARIABLE})`)
    .option('--passphrase-file <file>', 'file with the passphrase')
}

/** Adds `--key` and where its passphrase is. */
export function addKeyOptions(command: Command): Command {
  return addPassphraseOptions(command.requiredOption('--key <file>', 'key file of the signer'))
}

/**
 * The passphrase that the options name.
 *
 * @throws {CommandError} usage
 */
export async function passphraseOf(
  { passphraseEnv, passphraseFile }: PassphraseOptions,
  { env }: Pick<CommandDeps, 'env'>,
): Promise<Passphrase> {
  const source = {
    ...(passphraseEnv === undefined ? {} : { env: passphraseEnv }),
    ...(passphraseFile === undefined ? {} : { file: passphraseFile }),
  }
  const given = Object.keys(source).length > 0 ? source : { env: PASSPHRASE_VARIABLE }
  return keyFileErrors(() => readPassphrase(given, env))
}

/**
 * The signer of the key file that the options name.
 *
 * @throws {CommandError} usage: no such key, others may read it, it is damaged, or the passphrase is wrong
 */
export async function openKey(
  options: KeyOptions,
  deps: Pick<CommandDeps, 'env'>,
): Promise<Signer> {
  const passphrase = await passphraseOf(options, deps)
  return keyFileErrors(() => readKeyFile(options.key, passphrase))
}
