import type { ProofPurpose } from '@battery-passport/keys'
import { type SecuredDocumentVerdict, verifySecuredDocument } from '@battery-passport/verifier'
import { Command, Option } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { EXIT } from '../errors.ts'
import { readInput } from '../input/read-file.ts'
import { proofsText } from '../report/proofs-text.ts'
import { styleOf } from '../report/style.ts'
import { webResolver } from '../web-resolver.ts'
import { example } from './options.ts'

interface ProofsFlags {
  readonly expectIssuer?: string
  readonly expectPurpose?: ProofPurpose
  readonly challenge?: string
  readonly domain?: string
  readonly resolveWeb?: true
  readonly json?: true
}

const EXIT_CODES = {
  verified: EXIT.done,
  refused: EXIT.refused,
  indeterminate: EXIT.indeterminate,
} as const satisfies Record<SecuredDocumentVerdict['outcome'], number>

/** `proofs`: who signed a credential or presentation that need be no passport, and does it hold? */
export function proofsCommand(deps: CommandDeps): Command {
  return new Command('proofs')
    .description(
      'Verify every proof of any W3C credential or presentation: one, a set, or a chain by previousProof. All must hold. It says who signed, not whether to trust them, and looks at no status list. 0 all hold, 1 refused, 2 could not be checked.',
    )
    .argument('<file>', 'a credential, presentation or vc+jwt; - for standard input')
    .option('--expect-issuer <did>', 'who must be its issuer; of a presentation, its holder')
    .addOption(
      new Option(
        '--expect-purpose <purpose>',
        'what its proofs must be for (default: assertionMethod, of a presentation authentication)',
      ).choices(['assertionMethod', 'authentication']),
    )
    .option('--challenge <text>', 'what you asked the holder of a presentation')
    .option('--domain <text>', 'the domain you asked as')
    .option('--resolve-web', 'ask the network for the document of a did:web that signed')
    .option('--json', 'print the verdict as one JSON document')
    .addHelpText('after', example('battery-passport proofs credential.json'))
    .action(async (file: string, flags: ProofsFlags) => {
      const { expectIssuer, expectPurpose, challenge, domain, resolveWeb, json } = flags
      const verdict = await verifySecuredDocument(await readInput(file, deps), {
        clock: deps.clock,
        ...(expectIssuer === undefined ? {} : { expectController: expectIssuer }),
        ...(expectPurpose === undefined ? {} : { proofPurpose: expectPurpose }),
        ...(challenge === undefined ? {} : { challenge }),
        ...(domain === undefined ? {} : { domain }),
        ...(resolveWeb ? { resolver: await webResolver(deps) } : {}),
      })
      deps.out(
        json
          ? `${JSON.stringify(verdict, null, 2)}\n`
          : proofsText(verdict, file, styleOf(deps.colour)),
      )
      deps.exitWith(EXIT_CODES[verdict.outcome])
    })
}
