import { formatInstant, parseInstant } from '@battery-passport/contexts'
import {
  createVerifier,
  type DeliveryOptions,
  decodeInput,
  type JsonValue,
  MethodDocumentError,
  type PassportVerdict,
  type VerifierOptions,
} from '@battery-passport/verifier'
import { Command } from 'commander'
import { assertUsage, threadCount } from '../bulk/usage.ts'
import type { CommandDeps } from '../command-deps.ts'
import { EXIT, usageError } from '../errors.ts'
import { type NamedBytes, readCredentials } from '../input/read-credentials.ts'
import { readInput } from '../input/read-file.ts'
import { checkedDocuments, readRulebookFolder } from '../input/read-rulebooks.ts'
import { usePolicy } from '../policy/read-policy.ts'
import { webResolver } from '../web-resolver.ts'
import { example, repeated } from './options.ts'

interface Flags {
  readonly policy: string
  readonly with: readonly string[]
  readonly at?: string
  readonly expectSubject?: string
  readonly expectIssuer?: string
  readonly rulebooks?: string
  readonly resolveWeb?: true
  readonly bulk?: string
  readonly expectList?: string
  readonly threads?: number
  readonly json?: true
}

/** `verify`: may the score of this passport be relied on? 0 yes, 1 no, 2 could not be checked. */
export function verifyCommand(deps: CommandDeps): Command {
  return new Command('verify')
    .description(
      'Verify a passport and recompute its score: 0 accepted, 1 rejected, 2 could not be checked.',
    )
    .argument('[file]', 'a passport or a presentation; - for standard input')
    .requiredOption('--policy <file>', 'your rules: trust anchors, accepted methods, minimums')
    .option('--with <file|dir>', 'more credentials, such as current status lists', repeated, [])
    .option(
      '--at <RFC3339>',
      'judge at this instant instead of now: RFC 3339 in UTC with Z, as 2026-11-23T12:00:00Z',
    )
    .option('--expect-subject <id>', 'the id of the battery in your hands')
    .option('--expect-issuer <did>', 'the DID of the manufacturer you expect')
    .option('--rulebooks <dir>', 'methods and rulebooks that are not shipped')
    .option(
      '--resolve-web',
      'ask the network for the documents of did:web issuers that the policy does not pin',
    )
    .option('--json', 'print the verdict as one JSON document; of --bulk, one on each line')
    .option(
      '--bulk <ndjson>',
      'instead of <file>: a delivery with one passport, presentation or quoted JWT a line; - for standard input',
    )
    .option('--expect-list <csv>', 'with --bulk: the batteries it should have, in a column id')
    .option('--threads <n>', 'with --bulk: verify on so many threads (default: 1)', threadCount)
    .addHelpText(
      'after',
      example(
        'battery-passport verify presentation.json --policy policy.json',
        'battery-passport verify --bulk deliveries.ndjson --policy policy.json --expect-list items.csv',
      ),
    )
    .action(async (file: string | undefined, flags: Flags) => {
      const { bulk } = flags
      assertUsage(file, flags)
      if (bulk !== undefined) return verifyDelivery(bulk, flags, deps)
      const input = await readEverything(file ?? '', flags, deps)
      const verdict = await judge(input, flags, deps)
      deps.out(
        flags.json ? `${JSON.stringify(verdict, null, 2)}\n` : await reportOf(verdict, input, deps),
      )
      deps.exitWith(EXIT_OF[verdict.outcome])
    })
}

const EXIT_OF = {
  accepted: EXIT.done,
  rejected: EXIT.refused,
  indeterminate: EXIT.indeterminate,
} as const

/** What every passport is judged by. */
interface Rules {
  readonly policy: Awaited<ReturnType<typeof usePolicy>>['policy']
  readonly documents: ReturnType<typeof checkedDocuments>
  readonly didDocuments: readonly JsonValue[]
}

interface Everything extends Rules {
  readonly bytes: Uint8Array
  readonly added: readonly NamedBytes[]
}

async function readEverything(file: string, flags: Flags, deps: CommandDeps): Promise<Everything> {
  const rules = await readRules(flags, deps)
  const bytes = await readInput(file, deps)
  return { ...rules, bytes, added: await readCredentials(flags.with, deps) }
}

async function readRules(flags: Flags, deps: CommandDeps): Promise<Rules> {
  if (flags.at !== undefined && parseInstant(flags.at) === null) throw noInstant(flags.at)
  const { policy, documents, didDocuments } = await usePolicy(flags.policy)
  const folder =
    flags.rulebooks === undefined ? [] : await readRulebookFolder(flags.rulebooks, deps)
  return { policy, didDocuments, documents: checkedDocuments([...documents, ...folder]) }
}

/** What a verifier is made of; only with --resolve-web does it ask the network. */
async function verifierOptions(
  { policy, documents, didDocuments }: Rules,
  { resolveWeb }: Flags,
  deps: CommandDeps,
): Promise<VerifierOptions> {
  const resolver = resolveWeb ? { resolver: await webResolver(deps) } : {}
  return { policy, clock: deps.clock, ...documents, didDocuments, ...resolver }
}

/** A delivery; who verifies one passport does not wait for the modules it takes. */
async function verifyDelivery(file: string, flags: Flags, deps: CommandDeps): Promise<void> {
  const rules = await readRules(flags, deps)
  const added = await readCredentials(flags.with, deps)
  const { verifyBulk } = await import('../bulk/verify-bulk.ts')
  const question = {
    file,
    expectList: flags.expectList,
    threads: flags.threads ?? 1,
    json: flags.json === true,
    verification: await verifierOptions(rules, flags, deps),
    asked: optionsOf({ added }, flags),
  }
  await namingMethods(() => verifyBulk(question, deps))
}

function noInstant(at: string) {
  return usageError({
    what: 'The instant of --at cannot be read.',
    where: '--at',
    expected: 'RFC 3339 in UTC with whole seconds, such as 2026-11-23T12:00:00Z',
    found: at,
    remedy: `${inUtc(at)}Write it in this form, or leave --at out to verify as of now.`,
  })
}

/** What an instant with an offset is in UTC; nothing for other texts. */
function inUtc(at: string): string {
  const seconds = Date.parse(at) / 1000
  const hasOffset = /T.*[+-]\d\d:\d\d$/.test(at) && Number.isInteger(seconds)
  return hasOffset ? `In UTC that is ${formatInstant(seconds)}. ` : ''
}

async function judge(
  { bytes, added, ...rules }: Everything,
  flags: Flags,
  deps: CommandDeps,
): Promise<PassportVerdict> {
  const options = await verifierOptions(rules, flags, deps)
  return namingMethods(() =>
    createVerifier(options).verifyPassport(bytes, optionsOf({ added }, flags)),
  )
}

function optionsOf(
  { added }: Pick<Everything, 'added'>,
  { at, expectSubject, expectIssuer }: Flags,
): DeliveryOptions {
  return {
    with: added.map((each) => each.bytes),
    ...(at === undefined ? {} : { at }),
    ...(expectSubject === undefined ? {} : { expectSubject }),
    ...(expectIssuer === undefined ? {} : { expectIssuer }),
  }
}

/** A method that cannot be loaded is wrong usage, with its fault. */
async function namingMethods<T>(work: () => Promise<T>): Promise<T> {
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

/** For people; scripts that ask for JSON do not wait for the modules it takes. */
async function reportOf(
  verdict: PassportVerdict,
  { bytes, added, policy }: Everything,
  { colour }: CommandDeps,
): Promise<string> {
  const [{ credentialLabels }, { styleOf }, { verdictReport }] = await Promise.all([
    import('../report/credential-labels.ts'),
    import('../report/style.ts'),
    import('../report/verdict-report.ts'),
  ])
  const decoded = [bytes, ...added.map((each) => each.bytes)].map((each) =>
    decodeInput(each, policy.limits),
  )
  return verdictReport(verdict, {
    labels: credentialLabels(decoded, verdict.chain, policy.anchors),
    style: styleOf(colour),
    fileOf: (index) => added[index]?.name,
  })
}
