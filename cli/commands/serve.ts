import { join, resolve } from 'node:path'
import { faultRemedy } from '@battery-passport/contexts'
import {
  DEFAULT_PASSPHRASE,
  jsonLog,
  type LogLine,
  parseServiceConfig,
  type RunningService,
  readServiceConfig,
  type SecretSource,
  type ServiceConfig,
  StartError,
  serve,
} from '@battery-passport/issuer/service'
import { type ProofForm, readKeyFileLabel } from '@battery-passport/keys'
import { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { DEMO_FOLDER } from '../demo/demo-folder.ts'
import { type CommandError, EXIT, usageError } from '../errors.ts'
import { addPassphraseOptions, type PassphraseOptions } from '../key-options.ts'
import { policyWarnings } from '../policy/warnings.ts'
import { labelled } from '../report/labelled.ts'
import { plain } from '../report/plain.ts'
import { addTokenOptions, TOKEN_VARIABLE } from '../service/service-options.ts'
import { startErrors } from '../service/start-errors.ts'
import { addSuiteOption } from '../suite-option.ts'
import { example } from './options.ts'

interface Flags extends PassphraseOptions {
  readonly config?: string
  readonly demo?: string | true
  readonly init?: true
  readonly data?: string
  readonly key?: string
  readonly policy?: string
  readonly publicBaseUrl?: string
  readonly host?: string
  readonly port?: string
  readonly allowRemote?: true
  readonly tokenEnv?: string
  readonly tokenFile?: string
  readonly suite?: ProofForm
  readonly json?: true
}

/** `serve`: run the issuer service of a manufacturer. */
export function serveCommand(deps: CommandDeps): Command {
  const command = new Command('serve').description(
    'Run the issuer service: takes attestations, issues passports, serves them and their status lists. Reads its settings from a file or from the options; options win.',
  )
  addSuiteOption(addTokenOptions(addPassphraseOptions(command)))
    .option('--config <file>', 'settings (JSON)')
    .option('--demo [dir]', `serve what the demo left in a folder (${DEMO_FOLDER})`)
    .option('--init', 'make the data folder first; starting alone never does')
    .option('--data <dir>', 'data folder')
    .option('--key <file>', 'key file of the manufacturer')
    .option('--policy <file>', 'what the service accepts and issues under')
    .option('--public-base-url <url>', 'https address under which others reach it')
    .option('--host <host>', 'address to listen at (127.0.0.1)')
    .option('--port <port>', 'port to listen at (8080); 0 takes a free one')
    .option('--allow-remote', 'listen at an address that other machines reach')
    .option('--json', 'print where it listens as one line of JSON')
    .addHelpText('after', example('battery-passport serve --config service.json'))
    .action(async (flags: Flags) => {
      // Whatever is created from here on is for this user's eyes only, LevelDB's files too.
      const umask = process.umask(0o077)
      await startErrors(async () => {
        const config = await configOf(flags)
        const { did } = await readKeyFileLabel(config.keyFile)
        const log = jsonLog(deps.err, () => new Date().toISOString())
        const end = await serve(config, {
          clock: deps.clock,
          environment: deps.env,
          init: flags.init === true,
          log,
          started: (service) => {
            deps.out(startedText(service, { did, config, json: flags.json === true }))
            for (const line of policyLines(service, config, deps.clock.now())) log(line)
          },
        })
        deps.exitWith(end === 'stopped' ? EXIT.done : EXIT.internal)
      }).finally(() => process.umask(umask))
    })
  return command
}

async function configOf(flags: Flags): Promise<ServiceConfig> {
  if (flags.demo !== undefined && flags.config !== undefined) {
    throw usageError({
      what: 'The demo has settings of its own.',
      where: '--config, --demo',
      expected: 'one of the two',
      remedy: 'Leave one of them out.',
    })
  }
  const file =
    flags.demo === undefined
      ? flags.config
      : join(flags.demo === true ? DEMO_FOLDER : flags.demo, 'service.json')
  const settings = file === undefined ? {} : await readServiceConfig(file)
  const demo = flags.demo === undefined ? {} : { demo: true }
  const document = { ...settings, ...optionsOf(flags, file !== undefined), ...demo }
  if (file !== undefined) return parseServiceConfig(document, file)
  try {
    return parseServiceConfig(document, 'options')
  } catch (error) {
    throw error instanceof StartError ? namingOptions(error) : error
  }
}

/** What the policy may not mean, once, in the form of the log: whoever starts it may mend it. */
function policyLines(
  { policy: { policy, methods, rulebooks } }: RunningService,
  { policyFile }: ServiceConfig,
  now: number,
): readonly LogLine[] {
  return policyWarnings(policy, { methods, rulebooks }, now).map((warning) => ({
    level: 'warning',
    event: 'policy-warning',
    file: policyFile,
    warning,
  }))
}

/** The option that says each setting, for those who never wrote a settings file. */
const OPTION_OF: Readonly<Record<string, string>> = {
  dataDir: '--data',
  keyFile: '--key',
  policyFile: '--policy',
  publicBaseUrl: '--public-base-url',
  host: '--host',
  port: '--port',
  allowRemote: '--allow-remote',
  proofForm: '--suite',
  passphrase: '--passphrase-env or --passphrase-file',
  token: '--token-env or --token-file',
}

function namingOptions({ code, faults }: StartError): CommandError {
  return usageError(
    {
      what: `${code}: the options are not as they should be.`,
      remedy: 'Give what is missing below, or a settings file with --config.',
    },
    ...faults.map((fault) => {
      const { pointer, expected, found } = fault
      const [, name = ''] = pointer.split('/')
      const isMissing = found === 'nothing'
      return {
        what: isMissing ? 'This option is missing.' : 'This option is not as it must be.',
        where: OPTION_OF[name] ?? pointer,
        expected,
        found,
        remedy: faultRemedy(fault, isMissing ? 'Give it.' : 'Correct it.'),
      }
    }),
  )
}

/** What the options say, under the names of the settings. */
function optionsOf(flags: Flags, hasFile: boolean): Readonly<Record<string, unknown>> {
  const { data, key, policy, publicBaseUrl, host, port, allowRemote, suite } = flags
  const passphrase = secretOf(flags.passphraseEnv, flags.passphraseFile)
  const token = secretOf(flags.tokenEnv, flags.tokenFile)
  const given = {
    dataDir: data === undefined ? undefined : resolve(data),
    keyFile: key === undefined ? undefined : resolve(key),
    policyFile: policy === undefined ? undefined : resolve(policy),
    publicBaseUrl,
    host,
    port: port === undefined || !/^[0-9]{1,6}$/.test(port) ? port : Number(port),
    allowRemote,
    proofForm: suite,
    passphrase,
    token: token ?? (hasFile ? undefined : { variable: TOKEN_VARIABLE }),
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function secretOf(variable: string | undefined, file: string | undefined) {
  if (file !== undefined)
    return { file: resolve(file), ...(variable === undefined ? {} : { variable }) }
  return variable === undefined ? undefined : { variable }
}

function startedText(
  { url }: RunningService,
  about: { readonly did: string; readonly config: ServiceConfig; readonly json: boolean },
): string {
  const { did, config, json } = about
  if (json) return `${JSON.stringify({ url, issuer: did, publicBaseUrl: config.publicBaseUrl })}\n`
  const access =
    config.token === undefined
      ? 'read-only: it was started without a token'
      : `writes need the token in ${secretPlace(config.token)}`
  return `The issuer service listens at ${url}\n${labelled([
    ['issuer', did],
    ['public', config.publicBaseUrl],
    ['data', plain(config.dataDir)],
    ['key', plain(config.keyFile)],
    ['passphrase', plain(`in ${secretPlace(config.passphrase ?? DEFAULT_PASSPHRASE)}`)],
    ['access', plain(access)],
    ['reference', `${url}/openapi.json`],
    ['stop', 'Ctrl-C, or SIGTERM'],
  ])}\n`
}

/** Where a secret is, never what it is. */
function secretPlace(source: SecretSource): string {
  return 'file' in source ? source.file : `the variable ${source.variable}`
}
