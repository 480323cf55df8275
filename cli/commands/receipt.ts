import { OUTCOMES } from '@battery-passport/contexts'
import type { PassportVerdict } from '@battery-passport/verifier'
import { checkReceipt, type ReceiptCheck, readReceipt } from '@battery-passport/verifier/receipts'
import { Command, Option } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { EXIT, refusal, usageError } from '../errors.ts'
import { readCredentials } from '../input/read-credentials.ts'
import { readInput } from '../input/read-file.ts'
import { findingComplaint } from '../input/read-secured.ts'
import { usePolicy } from '../policy/read-policy.ts'
import { complaintsText } from '../report/complaints.ts'
import { receiptText } from '../report/receipt-text.ts'
import { styleOf } from '../report/style.ts'
import { assertInstant, INSTANT_HELP } from '../verifying/instant-option.ts'
import { webResolver } from '../web-resolver.ts'
import { example, repeated } from './options.ts'

/** `receipt`: read and check what `verify --receipt` wrote. */
export function receiptCommand(deps: CommandDeps): Command {
  return new Command('receipt')
    .description('Read and check the signed receipt of a verification.')
    .addHelpText('after', example('battery-passport receipt show receipt.json'))
    .addCommand(showCommand(deps))
    .addCommand(checkCommand(deps))
}

function showCommand(deps: CommandDeps): Command {
  return new Command('show')
    .description('Show what a receipt says. It is not checked: "receipt check" does.')
    .argument('<file>', 'a receipt; - for standard input')
    .option('--json', 'print it as one JSON document, without its proof')
    .addHelpText('after', example('battery-passport receipt show receipt.json'))
    .action(async (file: string, { json }: { readonly json?: true }) => {
      const reading = readReceipt(await readInput(file, deps))
      if (!reading.ok) {
        throw refusal(...reading.findings.map((each) => findingComplaint(each, file)))
      }
      const { receipt } = reading
      deps.out(
        json
          ? `${JSON.stringify(receipt, null, 2)}\n`
          : `${receiptText(receipt)}\n\nNothing was checked here: "receipt check" does that.\n`,
      )
    })
}

interface CheckFlags {
  readonly at?: string
  readonly input?: string
  readonly with: readonly string[]
  readonly policy?: string
  readonly expectIssuer: string
  readonly expectSubject?: string
  readonly expectOutcome?: PassportVerdict['outcome']
  readonly resolveWeb?: true
  readonly json?: true
}

function checkCommand(deps: CommandDeps): Command {
  return new Command('check')
    .description(
      'Check a receipt: that the verifier you trust signed it, its dates, and that it is about what you name. 0 it holds, 1 it does not.',
    )
    .argument('<file>', 'a receipt; - for standard input')
    .option('--at <RFC3339>', `check at this instant instead of now: ${INSTANT_HELP}`)
    .option('--input <file>', 'what should have been verified')
    .option(
      '--with <file|dir>',
      'with --input: all that should have been added to it',
      repeated,
      [],
    )
    .option('--policy <file>', 'the policy it should have been verified under')
    .requiredOption(
      '--expect-issuer <did>',
      'the DID of the verifier you trust: anybody can sign a receipt',
    )
    .option('--expect-subject <id>', 'the id of the battery in your hands')
    .addOption(
      new Option('--expect-outcome <outcome>', 'what it should have come to').choices(OUTCOMES),
    )
    .option('--resolve-web', 'ask the network for the document of a did:web that signed')
    .option('--json', 'print the answer as one JSON document')
    .addHelpText(
      'after',
      example(
        'battery-passport receipt check receipt.json --expect-issuer did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK --input presentation.json --policy policy.json --expect-outcome accepted',
      ),
    )
    .action(async (file: string, flags: CheckFlags) => {
      assertCheckable(file, flags)
      const check = await answerTo(file, flags, deps)
      deps.out(
        flags.json
          ? `${JSON.stringify(check, null, 2)}\n`
          : checkText(check, file, styleOf(deps.colour)),
      )
      deps.exitWith(check.holds ? EXIT.done : EXIT.refused)
    })
}

function assertCheckable(file: string, flags: CheckFlags): void {
  const { at, input, with: added, expectIssuer } = flags
  assertInstant(at)
  if (expectIssuer === '') {
    throw usageError({
      what: 'Anybody can sign a receipt.',
      where: '--expect-issuer',
      expected: 'the DID of the verifier you trust',
      found: 'nothing',
      remedy: 'Name it: "keys show" prints the DID of a key.',
    })
  }
  if (file === '-' && input === '-') {
    throw usageError({
      what: 'Standard input can be read once.',
      where: '<file>, --input',
      expected: '- for one of them',
      found: '- for both',
      remedy: 'Write one of them to a file.',
    })
  }
  if (input !== undefined || added.length === 0) return
  throw usageError({
    what: 'What was added is compared together with the input.',
    where: '--with',
    expected: '--input with it',
    found: '--with alone',
    remedy: 'Add --input FILE, or leave --with out.',
  })
}

async function answerTo(file: string, flags: CheckFlags, deps: CommandDeps): Promise<ReceiptCheck> {
  const { at, input, expectIssuer, expectSubject, expectOutcome } = flags
  const named = flags.policy === undefined ? null : await usePolicy(flags.policy)
  const bytes = await readInput(file, deps)
  const added = await readCredentials(flags.with, deps)
  return checkReceipt(bytes, {
    clock: deps.clock,
    ...(at === undefined ? {} : { at }),
    ...(input === undefined ? {} : { input: await readInput(input, deps) }),
    ...(added.length === 0 ? {} : { with: added.map((each) => each.bytes) }),
    ...(named === null ? {} : { policy: named.policy, didDocuments: named.didDocuments }),
    expectIssuer,
    ...(expectSubject === undefined ? {} : { expectSubject }),
    ...(expectOutcome === undefined ? {} : { expectOutcome }),
    ...(flags.resolveWeb ? { resolver: await webResolver(deps) } : {}),
  })
}

function checkText(check: ReceiptCheck, file: string, style: ReturnType<typeof styleOf>): string {
  if (!check.holds) {
    const complaints = check.findings.map((each) => findingComplaint(each, file))
    return `${style.bad(style.strong('DOES NOT HOLD'))} at ${check.at}\n\n${complaintsText(complaints)}`
  }
  const { receipt } = check
  const { outcome } = receipt.credentialSubject
  const verdict = outcome === 'accepted' ? 'an acceptance' : `a verdict of ${outcome}`
  return [
    `${style.good(style.strong('HOLDS'))} at ${check.at}: the receipt of ${verdict}`,
    '',
    receiptText(receipt),
    '',
  ].join('\n')
}
