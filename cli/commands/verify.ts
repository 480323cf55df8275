import {
  createVerifier,
  type DeliveryOptions,
  type ExplainedVerdict,
} from '@battery-passport/verifier'
import { Command } from 'commander'
import { assertUsage, threadCount } from '../bulk/usage.ts'
import type { CommandDeps } from '../command-deps.ts'
import { DEPTHS } from '../depth-option.ts'
import { EXIT } from '../errors.ts'
import { readInput } from '../input/read-file.ts'
import { type ExplainFlags, explainedDepth } from '../verifying/explain-option.ts'
import { addReceiptOptions, type ReceiptFlags, receiptWriter } from '../verifying/receipt-option.ts'
import { addSeenOption, type SeenFlags, seenMemory } from '../verifying/seen-option.ts'
import { verdictText } from '../verifying/verdict-text.ts'
import {
  addVerifierOptions,
  namingMethods,
  readVerifierInput,
  type VerifierFlags,
  type VerifierInput,
} from '../verifying/verifier-options.ts'
import { example } from './options.ts'

interface Flags extends VerifierFlags, ExplainFlags, ReceiptFlags, SeenFlags {
  readonly expectSubject?: string
  readonly expectIssuer?: string
  readonly expectList?: string
  readonly threads?: number
  readonly json?: true
}

/** `verify`: may the score of this passport be relied on? 0 yes, 1 no, 2 could not be checked. */
export function verifyCommand(deps: CommandDeps): Command {
  const command = new Command('verify')
    .description(
      'Verify a passport and recompute its score: 0 accepted, 1 rejected, 2 could not be checked.',
    )
    .argument('[file]', 'a passport or a presentation; - for standard input')
  return addReceiptOptions(addSeenOption(addVerifierOptions(command)))
    .option('--expect-subject <id>', 'the id of the battery in your hands')
    .option('--expect-issuer <did>', 'the DID of the manufacturer you expect')
    .option('--explain', 'show where the score comes from, or what stands in its way')
    .option('--depth <level>', `how far down to explain: ${DEPTHS.join(', ')} (the default)`)
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
        'battery-passport verify presentation.json --policy policy.json --explain --depth stages',
        'battery-passport verify presentation.json --policy policy.json --receipt receipt.json --receipt-key verifier.key.json',
        'battery-passport verify --bulk deliveries.ndjson --policy policy.json --expect-list items.csv',
      ),
    )
    .action(async (file: string | undefined, flags: Flags) => {
      const { bulk } = flags
      assertUsage(file, flags)
      const depth = explainedDepth(flags)
      const writeReceipt = await receiptWriter(flags, deps)
      const memory = await seenMemory(flags)
      const input = await readVerifierInput(flags, deps)
      if (bulk !== undefined) return verifyDelivery(bulk, flags, input, deps)
      const bytes = await readInput(file ?? '', deps)
      const explains = depth !== null && flags.json !== true
      const seen = memory === null ? {} : { seen: memory.seen }
      const within = { ...input, options: { ...input.options, ...seen } }
      const { verdict, battery, explanation } = await judge(bytes, within, flags, explains)
      await memory?.remember(verdict)
      await writeReceipt?.({ verdict, battery }, input)
      const explained = explains ? { explained: { explanation, depth } } : {}
      deps.out(
        flags.json
          ? `${JSON.stringify(verdict, null, 2)}\n`
          : await verdictText(verdict, bytes, input, explained, deps),
      )
      deps.exitWith(EXIT_OF[verdict.outcome])
    })
}

const EXIT_OF = {
  accepted: EXIT.done,
  rejected: EXIT.refused,
  indeterminate: EXIT.indeterminate,
} as const

/** A delivery; who verifies one passport does not wait for the modules it takes. */
async function verifyDelivery(
  file: string,
  flags: Flags,
  input: VerifierInput,
  deps: CommandDeps,
): Promise<void> {
  const { verifyBulk } = await import('../bulk/verify-bulk.ts')
  const question = {
    file,
    expectList: flags.expectList,
    threads: flags.threads ?? 1,
    json: flags.json === true,
    verification: input.options,
    asked: askedOf(input, flags),
  }
  await namingMethods(() => verifyBulk(question, deps))
}

function judge(
  bytes: Uint8Array,
  input: VerifierInput,
  flags: Flags,
  explains: boolean,
): Promise<ExplainedVerdict> {
  const asked = askedOf(input, flags)
  return namingMethods(async () => {
    const verifier = createVerifier(input.options)
    if (explains) return verifier.explainPassport(bytes, asked)
    return { ...(await verifier.verifyDelivery(bytes, asked)), explanation: null }
  })
}

function askedOf(
  { added }: VerifierInput,
  { at, expectSubject, expectIssuer }: Flags,
): DeliveryOptions {
  return {
    with: added.map((each) => each.bytes),
    ...(at === undefined ? {} : { at }),
    ...(expectSubject === undefined ? {} : { expectSubject }),
    ...(expectIssuer === undefined ? {} : { expectIssuer }),
  }
}
