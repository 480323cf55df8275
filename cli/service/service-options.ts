import { readPrivateLine } from '@battery-passport/keys/files'
import type { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { usageError } from '../errors.ts'
import { unreadable } from '../input/read-file.ts'
import { createServiceClient, type ServiceClient } from './client.ts'

/** Where the token of the service is read unless told otherwise. */
export const TOKEN_VARIABLE = 'BATTERY_PASSPORT_TOKEN'

/** No token file is longer. */
const MAX_TOKEN_BYTES = 4096

/** The options that name a service. */
export interface ServiceFlags {
  readonly service: string
  readonly tokenEnv?: string
  readonly tokenFile?: string
}

/** Adds where the service is and where its token is; a token is never an argument. */
export function addServiceOptions(command: Command): Command {
  return addTokenOptions(command.requiredOption('--service <url>', 'address of the issuer service'))
}

/** Adds where the token is. */
export function addTokenOptions(command: Command): Command {
  return command
    .option('--token-env <name>', `variable with the token of the service (${TOKEN_VARIABLE})`)
    .option('--token-file <file>', 'file with the token of the service')
}

/**
 * A client for the service that the options name.
 *
 * @throws {CommandError} usage: no usable address, or no token
 */
export async function serviceClient(
  flags: ServiceFlags,
  { env }: Pick<CommandDeps, 'env'>,
): Promise<ServiceClient> {
  return createServiceClient({ url: serviceUrl(flags.service), token: await tokenOf(flags, env) })
}

const LOOPBACK = /^(localhost|127(\.[0-9]{1,3}){3}|\[::1\])$/

/** Everyone on the way could read a token that is sent without TLS. */
function serviceUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  const isSafe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname))
  if (url !== null && isSafe && url.username === '' && url.search === '' && url.hash === '') {
    if (!url.pathname.endsWith('/')) url.pathname += '/'
    return url
  }
  throw usageError({
    what: 'The address of the service cannot be used.',
    where: '--service',
    expected: 'an https URL, or http on this machine, such as http://127.0.0.1:8080',
    found: text,
    remedy: 'Correct the address; the token is not sent without TLS to another machine.',
  })
}

async function tokenOf(
  { tokenEnv, tokenFile }: ServiceFlags,
  env: CommandDeps['env'],
): Promise<string> {
  if (tokenEnv !== undefined && tokenFile !== undefined) {
    throw usageError({
      what: 'It is not clear where the token is.',
      where: '--token-env, --token-file',
      expected: 'one of the two',
      found: 'both',
      remedy: 'Leave one of them out.',
    })
  }
  const name = tokenEnv ?? TOKEN_VARIABLE
  const where = tokenFile === undefined ? `variable ${name}` : `token file ${tokenFile}`
  const text = tokenFile === undefined ? env[name] : await readPrivate(tokenFile)
  if (text !== undefined && /^[A-Za-z0-9\-._~+/]{1,512}=*$/.test(text)) return text
  throw usageError({
    what: text === undefined ? 'There is no token for the service.' : 'This is no bearer token.',
    where,
    expected: 'the token that the service was started with',
    found: text === undefined || text === '' ? 'nothing' : 'other characters than a token has',
    remedy: `Set ${TOKEN_VARIABLE}, or name its place with --token-env or --token-file.`,
  })
}

async function readPrivate(file: string): Promise<string> {
  const line = await readPrivateLine(file, MAX_TOKEN_BYTES).catch((error: unknown) => {
    throw unreadable(file, error)
  })
  if (line.ok) return line.text
  throw usageError({
    what: 'Others may read the token file.',
    where: file,
    expected: 'mode 0600 or less',
    found: `mode ${line.mode}`,
    remedy: `If nobody copied it, run: chmod 600 ${file}`,
  })
}
