import { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { EXIT } from '../errors.ts'
import { readInput } from '../input/read-file.ts'
import { inspectFile } from '../inspect/inspect-file.ts'
import type { Inspection } from '../inspect/inspection.ts'
import { inspectionText } from '../report/inspection-text.ts'
import { example } from './options.ts'

/** `inspect`: what is in a file, without trusting it; 1 where something in it cannot be read. */
export function inspectCommand(deps: CommandDeps): Command {
  return new Command('inspect')
    .description(
      'Show what a file holds: a credential, presentation, key file, status list, policy, rulebook or verdict. Nothing is verified. Answers 1, with every fault, where something in it cannot be read.',
    )
    .argument('<file>', 'any file; - for standard input')
    .option('--json', 'print one JSON document')
    .addHelpText('after', example('battery-passport inspect passport.json'))
    .action(async (file: string, { json }: { readonly json?: true }) => {
      const inspection = inspectFile(await readInput(file, deps), file)
      if (isFaulty(inspection)) deps.exitWith(EXIT.refused)
      deps.out(
        json ? `${JSON.stringify(asJson(inspection), null, 2)}\n` : inspectionText(inspection),
      )
    })
}

/** Whether anything in it could not be read. */
function isFaulty({ faults, contents = [] }: Inspection): boolean {
  return faults.length > 0 || contents.some(isFaulty)
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
