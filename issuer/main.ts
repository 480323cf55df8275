import { availableParallelism } from 'node:os'
import { readKeyFile, readPassphrase, type Signer } from '@battery-passport/keys'
import { type Clock, createVerifier, type EffectivePolicy } from '@battery-passport/verifier'
import { DEFAULT_PASSPHRASE } from './config.ts'
import type { SecretSource, ServiceConfig } from './config-schema.ts'
import { createApp } from './http/app.ts'
import { bearerToken } from './http/auth.ts'
import { jsonLog, type Log } from './http/log.ts'
import { issuerOperations } from './http/operations.ts'
import { initService } from './init.ts'
import { assertPortFree, checkHost, listen } from './listen.ts'
import { type PolicyOnDisk, readPolicyFile } from './policy-file.ts'
import { checkInPlace, checkOnThread } from './service/output-check.ts'
import { openPassportService, type PassportService } from './service/passport-service.ts'
import { defaultForm } from './sign-credential.ts'
import { StartError } from './start-error.ts'
import { openLevelStore } from './store/level.ts'
import type { Store } from './store/store.ts'
import { StoreError } from './store/store-error.ts'
import { readToken } from './token.ts'

/** What the service takes from its surroundings; each default is the real one. */
export interface StartDeps {
  readonly clock?: Clock
  readonly environment?: Readonly<Record<string, string | undefined>>
  readonly log?: Log
  /** Opens what the data folder holds. */
  readonly openStore?: (folder: string) => Promise<Store>
  /** Makes the data folder, once everything else is known to be as it must be. */
  readonly init?: boolean
}

/** A service that listens. */
export interface RunningService {
  readonly url: string
  readonly port: number
  /** By which it judges what it is given and what it issues. */
  readonly policy: PolicyOnDisk
  /** Resolves when it was closed; rejects when it stopped itself because a write failed. */
  readonly finished: Promise<void>
  /** Lets requests under way finish, closes the store, and resolves. */
  close(): Promise<void>
}

const DEFAULTS = {
  host: '127.0.0.1',
  port: 8080,
  statusListValiditySeconds: 86_400,
  passphrase: DEFAULT_PASSPHRASE,
} as const

/**
 * Starts the service: reads what the settings name, opens the store, listens. Either all of it
 * works, or nothing is left open.
 *
 * @throws {StartError} for settings, policy, token, host and port; {KeyFileError} for the key;
 *   {StoreError} for the data folder
 */
export async function startService(
  config: ServiceConfig,
  deps: StartDeps = {},
): Promise<RunningService> {
  const { clock = SYSTEM_CLOCK, environment = process.env, log = STDERR_LOG } = deps
  const { openStore = openLevelStore } = deps
  const settings = { ...DEFAULTS, ...config }
  checkHost(settings.host, settings.allowRemote ?? false)
  const token = await tokenOf(settings, environment)
  const policyOnDisk = await readPolicyFile(settings.policyFile, settings)
  const { policy, accepted, ...documents } = policyOnDisk
  const passphrase = await readPassphrase(passphraseSource(settings.passphrase), environment)
  const signer = await readKeyFile(settings.keyFile, passphrase)
  assertKnown(signer, policy, settings.policyFile)
  const verifier = createVerifier({ policy, clock, ...documents })
  if (deps.init) {
    // A folder that a failed start leaves behind would be in the way of the next one.
    await assertPortFree(settings)
    await initService(settings, { clock, issuer: signer.did })
  }
  const store = await openStore(settings.dataDir)
  // With one processor there is nothing to gain from a second thread.
  const outputCheck =
    availableParallelism() > 1
      ? checkOnThread({ policy, ...documents }, clock)
      : checkInPlace(verifier)
  try {
    const service = await openPassportService({
      store,
      verifier,
      outputCheck,
      signer,
      form: settings.proofForm ?? defaultForm(signer),
      methods: accepted,
      clock,
      publicBaseUrl: settings.publicBaseUrl,
      statusListValiditySeconds: settings.statusListValiditySeconds,
      statusMaximumAgeSeconds: policy.statusMaximumAge,
    })
    const running = await run(service, settings, { clock, log, token })
    return { ...running, policy: policyOnDisk }
  } catch (error) {
    await Promise.allSettled([store.close(), outputCheck.close()])
    throw error
  }
}

/** What it issues is verified under its own policy, without a network. */
function assertKnown({ did }: Signer, policy: EffectivePolicy, file: string): void {
  if (did.startsWith('did:key:') || policy.didDocuments.some((pin) => pin.did === did)) return
  throw new StartError('POLICY_INVALID', `${file}: the policy does not know who issues here.`, [
    {
      pointer: '/didDocuments',
      expected: `the document of ${did} ("keys show --document" prints it)`,
      found: 'none',
    },
  ])
}

async function run(
  service: PassportService,
  settings: { readonly host: string; readonly port: number },
  deps: { readonly clock: Clock; readonly log: Log; readonly token: string | null },
): Promise<Omit<RunningService, 'policy'>> {
  const { log, token, clock } = deps
  let settle: (failure: StoreError | null) => void = () => undefined
  const finished = new Promise<void>((resolve, reject) => {
    settle = (failure) => (failure === null ? resolve() : reject(failure))
  })
  // Whoever started the service may look at this later, or never.
  finished.catch(() => undefined)
  let stopping: Promise<void> | null = null
  const stop = (failure: StoreError | null) => {
    stopping ??= (async () => {
      await listening.close()
      await service.close().catch((error: unknown) => {
        log({ level: 'error', event: 'close-failed', error: String(error) })
      })
      log({ level: failure === null ? 'info' : 'error', event: 'stopped' })
      settle(failure)
    })()
    return stopping
  }
  const app = createApp({
    operations: issuerOperations(service, clock),
    authoriser: bearerToken(token),
    log,
    failed: (error) => {
      if (error instanceof StoreError && error.code === 'STORE_FAILED') void stop(error)
    },
  })
  const listening = await listen(app, settings)
  const host = listening.host.includes(':') ? `[${listening.host}]` : listening.host
  const url = `http://${host}:${listening.port}`
  log({ level: 'info', event: 'listening', url, issuer: service.signer.did })
  return { url, port: listening.port, finished, close: () => stop(null) }
}

/**
 * Runs the service until it is told to stop by SIGINT or SIGTERM, or stops itself.
 *
 * @param started told once it listens
 * @returns `failed` when it stopped itself because a write failed
 * @throws as `startService`
 */
export async function serve(
  config: ServiceConfig,
  deps: StartDeps & { readonly started?: (service: RunningService) => void } = {},
): Promise<'stopped' | 'failed'> {
  const service = await startService(config, deps)
  const stop = () => void service.close()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  deps.started?.(service)
  try {
    await service.finished
    return 'stopped'
  } catch {
    return 'failed'
  } finally {
    process.removeListener('SIGINT', stop)
    process.removeListener('SIGTERM', stop)
  }
}

async function tokenOf(
  { token, demo = false }: ServiceConfig,
  environment: NonNullable<StartDeps['environment']>,
): Promise<string | null> {
  if (token !== undefined) return readToken(token, environment)
  if (demo) return null
  throw new StartError(
    'TOKEN_MISSING',
    'token: expected a file or variable with the token that writes need, found none. Make one with openssl rand -hex 32, and name it in the settings.',
  )
}

function passphraseSource(
  source: SecretSource,
): { readonly file: string } | { readonly env: string } {
  return 'file' in source ? { file: source.file } : { env: source.variable }
}

const SYSTEM_CLOCK: Clock = { now: () => Math.floor(Date.now() / 1000) }

const STDERR_LOG: Log = jsonLog(
  (text) => process.stderr.write(text),
  () => new Date().toISOString(),
)
