import { Command } from 'commander'
import type { CommandDeps } from './command-deps.ts'
import { example } from './commands/options.ts'
import { PACKAGE_VERSION } from './version.ts'

interface Registration {
  readonly name: string
  readonly summary: string
  /** Loaded on use only: `verify` must not wait for a database it does not need. */
  readonly load: () => Promise<(deps: CommandDeps) => Command>
}

/** Every command, in the order in which a passport comes to be. One line a command. */
const COMMANDS: readonly Registration[] = [
  {
    name: 'keys',
    summary: 'make a key, or see whose a key is',
    load: async () => (await import('./commands/keys.ts')).keysCommand,
  },
  {
    name: 'identify',
    summary: 'sign whose DID this is',
    load: async () => (await import('./commands/identify.ts')).identifyCommand,
  },
  {
    name: 'accredit',
    summary: 'sign who may attest what',
    load: async () => (await import('./commands/accredit.ts')).accreditCommand,
  },
  {
    name: 'attest',
    summary: 'sign what was assessed',
    load: async () => (await import('./commands/attest.ts')).attestCommand,
  },
  {
    name: 'attest-custody',
    summary: 'sign which shares were assured',
    load: async () => (await import('./commands/attest-custody.ts')).attestCustodyCommand,
  },
  {
    name: 'timestamp',
    summary: 'have it proven when a credential was signed',
    load: async () => (await import('./commands/timestamp.ts')).timestampCommand,
  },
  {
    name: 'lists',
    summary: 'sign and write the status lists of a desk',
    load: async () => (await import('./commands/lists.ts')).listsCommand,
  },
  {
    name: 'revoke',
    summary: 'withdraw a credential for good',
    load: async () => (await import('./commands/status.ts')).revokeCommand,
  },
  {
    name: 'suspend',
    summary: 'withdraw a credential until it is reinstated',
    load: async () => (await import('./commands/status.ts')).suspendCommand,
  },
  {
    name: 'reinstate',
    summary: 'end a suspension',
    load: async () => (await import('./commands/status.ts')).reinstateCommand,
  },
  {
    name: 'submit',
    summary: 'hand attestations to an issuer service',
    load: async () => (await import('./commands/submit.ts')).submitCommand,
  },
  {
    name: 'issue',
    summary: 'have an issuer service issue passports',
    load: async () => (await import('./commands/issue.ts')).issueCommand,
  },
  {
    name: 'bundle',
    summary: 'a passport with its whole chain in one presentation',
    load: async () => (await import('./commands/bundle.ts')).bundleCommand,
  },
  {
    name: 'serve',
    summary: 'run the issuer service',
    load: async () => (await import('./commands/serve.ts')).serveCommand,
  },
  {
    name: 'verify',
    summary: 'may the score of this passport be relied on?',
    load: async () => (await import('./commands/verify.ts')).verifyCommand,
  },
  {
    name: 'impact',
    summary: 'which passports fall if something is withdrawn?',
    load: async () => (await import('./commands/impact.ts')).impactCommand,
  },
  {
    name: 'receipt',
    summary: 'read and check the receipt of a verification',
    load: async () => (await import('./commands/receipt.ts')).receiptCommand,
  },
  {
    name: 'score',
    summary: 'what would the score be?',
    load: async () => (await import('./commands/score.ts')).scoreCommand,
  },
  {
    name: 'explain',
    summary: 'where does the score come from, and what would raise it?',
    load: async () => (await import('./commands/explain.ts')).explainCommand,
  },
  {
    name: 'compare',
    summary: 'which of two scores is higher?',
    load: async () => (await import('./commands/compare.ts')).compareCommand,
  },
  {
    name: 'inspect',
    summary: 'what is in this file?',
    load: async () => (await import('./commands/inspect.ts')).inspectCommand,
  },
  {
    name: 'proofs',
    summary: 'do the proofs of any W3C credential hold, and whose are they?',
    load: async () => (await import('./commands/proofs.ts')).proofsCommand,
  },
  {
    name: 'rulebooks',
    summary: 'list, read and check rulebooks and methods',
    load: async () => (await import('./commands/rulebooks.ts')).rulebooksCommand,
  },
  {
    name: 'policy',
    summary: 'write, check and explain a policy',
    load: async () => (await import('./commands/policy.ts')).policyCommand,
  },
  {
    name: 'demo',
    summary: 'a fictional consortium, from keys to an accepted score',
    load: async () => (await import('./commands/demo.ts')).demoCommand,
  },
]

const DESCRIPTION = `Battery passports whose sustainability score is recomputed from what was attested.

Exit codes: 0 done, 1 refused, 2 could not be checked (verify, impact, proofs),
64 wrong usage or unreadable file, 70 internal error.`

/** The command line of a program call. Only the command that is called is loaded. */
export async function createProgram(argv: readonly string[], deps: CommandDeps): Promise<Command> {
  const program = new Command('battery-passport')
    .description(DESCRIPTION)
    .version(PACKAGE_VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .showSuggestionAfterError()
    .addHelpText('after', example('battery-passport verify presentation.json --policy policy.json'))
  const words = argv.filter((word) => !word.startsWith('-'))
  const called = words[0] === 'help' ? words[1] : words[0]
  for (const { name, summary, load } of COMMANDS) {
    if (name !== called) program.command(name).summary(summary).description(summary)
    else program.addCommand((await load())(deps).summary(summary))
  }
  return program
}
