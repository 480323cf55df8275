import { MethodDocumentError, type VerifierOptions } from '@battery-passport/verifier'
import type { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { repeated } from '../commands/options.ts'
import { usageError } from '../errors.ts'
import { type NamedBytes, readCredentials } from '../input/read-credentials.ts'
import { checkedDocuments, readRulebookFolder } from '../input/read-rulebooks.ts'
import { usePolicy } from '../policy/read-policy.ts'
import { webResolver } from '../web-resolver.ts'
import { assertInstant, INSTANT_HELP } from './instant-option.ts'

/** The options with which a command verifies. */
export interface VerifierFlags {
  readonly policy: string
  readonly with: readonly string[]
  readonly at?: string
  readonly rulebooks?: string
  readonly resolveWeb?: true
}

/** Adds them. */
export function addVerifierOptions(command: Command): Command {
  return command
    .requiredOption('--policy <file>', 'your rules: trust anchors, accepted methods, minimums')
    .option('--with <file|dir>', 'more credentials, such as current status lists', repeated, [])
    .option('--at <RFC3339>', `judge at this instant instead of now: ${INSTANT_HELP}`)
    .option('--rulebooks <dir>', 'methods and rulebooks that are not shipped')
    .option(
      '--resolve-web',
      'ask the network for the documents of did:web issuers that the policy does not pin',
    )
}

/** What a verifier is made of, and what is added to each input. */
export interface VerifierInput {
  readonly options: VerifierOptions
  readonly added: readonly NamedBytes[]
}

/**
 * Reads everything that the options name.
 *
 * @throws {CommandError} usage
 */
export async function readVerifierInput(
  flags: VerifierFlags,
  deps: CommandDeps,
): Promise<VerifierInput> {
  assertInstant(flags.at)
  const { policy, documents, didDocuments } = await usePolicy(flags.policy)
  const folder =
    flags.rulebooks === undefined ? [] : await readRulebookFolder(flags.rulebooks, deps)
  const checked = checkedDocuments([...documents, ...folder])
  const added = await readCredentials(flags.with, deps)
  const resolver = flags.resolveWeb ? { resolver: await webResolver(deps) } : {}
  const options = { policy, clock: deps.clock, ...checked, didDocuments, ...resolver }
  return { options, added }
}

/**
 * Runs what verifies. A method that cannot be loaded is wrong usage, with its fault.
 *
 * @throws {CommandError} usage
 */
export async function namingMethods<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof MethodDocumentError)) throw error
    const [fault] = error.faults
    throw usageError({
      what: 'A method or rulebook that was given cannot be used.',
      ...(fault === undefined
        ? {}
        : { where: fault.pointer, expected: fault.expected, found: fault.found }),
      remedy: 'Run "rulebooks check" on it: it names every fault.',
    })
  }
}
