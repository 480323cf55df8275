import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { schemaFaults } from '@battery-passport/contexts'
import { systemCode } from '@battery-passport/keys/files'
import { DOCUMENT_LIMITS, type JsonValue, readJson } from '@battery-passport/verifier'
import type { SecretSource, ServiceConfig } from './config-schema.ts'
import * as generated from './generated/typed-validators.ts'
import { StartError, type StartFault } from './start-error.ts'

export type { SecretSource, ServiceConfig } from './config-schema.ts'

/** Where the passphrase is unless the settings say. */
export const DEFAULT_PASSPHRASE: SecretSource = { variable: 'BATTERY_PASSPORT_PASSPHRASE' }

/**
 * Reads the settings of the service from a file. Paths in it are relative to it.
 *
 * @throws {StartError} CONFIG_UNREADABLE, CONFIG_INVALID with every fault
 */
export async function readServiceConfig(path: string): Promise<ServiceConfig> {
  const document = await readDocument(path, 'CONFIG_UNREADABLE')
  return absolute(parseServiceConfig(document, path), dirname(resolve(path)))
}

/**
 * Checks settings: a misspelt or misplaced one is an error, never ignored.
 *
 * @param place where they come from, for messages
 * @throws {StartError} CONFIG_INVALID with every fault
 */
export function parseServiceConfig(document: unknown, place = 'configuration'): ServiceConfig {
  if (generated.ServiceConfig(document)) return document
  const faults = schemaFaults(generated.ServiceConfig, document)
  const message = `${place}: the settings are not as they should be. docs/operating.md has each of them.`
  throw new StartError('CONFIG_INVALID', message, faults)
}

/**
 * Reads strict JSON that an operator wrote.
 *
 * @throws {StartError} `code`, naming the file and the place in it
 */
export async function readDocument(path: string, code: StartFault): Promise<JsonValue> {
  const read = readJson(await readBytes(path, code), DOCUMENT_LIMITS)
  if (read.ok) return read.value
  const { pointer, expected, found } = read.fault
  throw new StartError(code, `${path}: it is not strict JSON.`, [{ pointer, expected, found }])
}

/** @throws {StartError} `code`, naming the file */
export async function readBytes(path: string, code: StartFault): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    const found = systemCode(error) ?? 'an error'
    throw new StartError(
      code,
      `${path}: expected a readable file, found ${found}. Correct the path.`,
    )
  }
}

function absolute(config: ServiceConfig, base: string): ServiceConfig {
  const path = (file: string) => resolve(base, file)
  const paths = (files: readonly string[] | undefined) => files?.map(path)
  const secret = (source: SecretSource): SecretSource =>
    'file' in source ? { file: path(source.file) } : source
  const { passphrase, token, methodFiles, rulebookFiles } = config
  return {
    ...config,
    dataDir: path(config.dataDir),
    keyFile: path(config.keyFile),
    policyFile: path(config.policyFile),
    ...(passphrase === undefined ? {} : { passphrase: secret(passphrase) }),
    ...(token === undefined ? {} : { token: secret(token) }),
    ...(methodFiles === undefined ? {} : { methodFiles: paths(methodFiles) ?? [] }),
    ...(rulebookFiles === undefined ? {} : { rulebookFiles: paths(rulebookFiles) ?? [] }),
  }
}
