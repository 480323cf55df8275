import { formatInstant, parseInstant } from '@battery-passport/contexts'
import {
  createVerifier,
  decodeInput,
  type JsonValue,
  MethodDocumentError,
  type PassportVerdict,
  type VerifyOptions,
} from '@battery-passport/verifier'
import { Command } from 'commander'
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
  readonly json?: true
}

/** `verify`: may the score of this passport be relied on? 0 yes, 1 no, 2 could not be checked. */
export function verifyCommand(deps: CommandDeps): Command {
  return new Command('verify')
    .description(
      'Verify a passport and recompute its score: 0 accepted, 1 rejected, 2 could not be checked.',
    )
    .argument('<file>', 'a passport or a presentation; - for standard input')
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
    .option('--json', 'print the verdict as one JSON document')
    .addHelpText('after', example('battery-passport verify presentation.json --policy policy.json'))
    .action(async (file: string, flags: Flags) => {
      const input = await readEverything(file, flags, deps)
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

interface Everything {
  readonly bytes: Uint8Array
  readonly added: readonly NamedBytes[]
  readonly policy: Awaited<ReturnType<typeof usePolicy>>['policy']
  readonly documents: ReturnType<typeof checkedDocuments>
  readonly didDocuments: readonly JsonValue[]
}

async function readEverything(file: string, flags: Flags, deps: CommandDeps): Promise<Everything> {
  if (flags.at !== undefined && parseInstant(flags.at) === null) throw noInstant(flags.at)
  const { policy, documents, didDocuments } = await usePolicy(flags.policy)
  const folder =
    flags.rulebooks === undefined ? [] : await readRulebookFolder(flags.rulebooks, deps)
  const checked = checkedDocuments([...documents, ...folder])
  const bytes = await readInput(file, deps)
  const added = await readCredentials(flags.with, deps)
  return { bytes, added, policy, documents: checked, didDocuments }
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
  { bytes, added, policy, documents, didDocuments }: Everything,
  { at, expectSubject, expectIssuer, resolveWeb }: Flags,
  deps: CommandDeps,
): Promise<PassportVerdict> {
  const options: VerifyOptions = {
    with: added.map((each) => each.bytes),
    ...(at === undefined ? {} : { at }),
    ...(expectSubject === undefined ? {} : { expectSubject }),
    ...(expectIssuer === undefined ? {} : { expectIssuer }),
  }
  try {
    const resolver = resolveWeb ? { resolver: await webResolver(deps) } : {}
    const { clock } = deps
    const verifier = createVerifier({ policy, clock, ...documents, didDocuments, ...resolver })
    return await verifier.verifyPassport(bytes, options)
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
