import { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { readInput } from '../input/read-file.ts'
import { inspectFile } from '../inspect/inspect-file.ts'
import type { Inspection } from '../inspect/inspection.ts'
import { inspectionText } from '../report/inspection-text.ts'
import { example } from './options.ts'

/** `inspect`: what is in a file, without trusting it. */
export function inspectCommand(deps: CommandDeps): Command {
  return new Command('inspect')
    .description(
      'Show what a file holds: a credential, presentation, key file, status list, policy, rulebook or verdict. Nothing is verified.',
    )
    .argument('<file>', 'any file; - for standard input')
    .option('--json', 'print one JSON document')
    .addHelpText('after', example('battery-passport inspect passport.json'))
    .action(async (file: string, { json }: { readonly json?: true }) => {
      const inspection = inspectFile(await readInput(file, deps), file)
      deps.out(
        json ? `${JSON.stringify(asJson(inspection), null, 2)}\n` : inspectionText(inspection),
      )
    })
}

function asJson({ kind, facts, faults, contents }: Inspection): object {
  return {
    kind,
    verified: false,
    facts: facts.map(([name, value]) => ({ name, value })),
    faults,
    ...(contents === undefined ? {} : { contents: contents.map(asJson) }),
  }
}
