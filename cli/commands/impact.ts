import { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { assertCorpus } from '../impact/corpus.ts'
import { runImpact } from '../impact/run-impact.ts'
import { readTarget, type TargetFlags } from '../impact/target.ts'
import {
  addVerifierOptions,
  namingMethods,
  readVerifierInput,
  type VerifierFlags,
} from '../verifying/verifier-options.ts'
import { example, repeated } from './options.ts'

interface Flags extends VerifierFlags, TargetFlags {
  readonly bulk?: string
  readonly json?: true
}

/** `impact`: which passports fall if something is withdrawn? 0 none, 1 some, 2 it cannot be told. */
export function impactCommand(deps: CommandDeps): Command {
  const command = new Command('impact')
    .description(
      'Tell which passports fall, and which change their score, if a credential is withdrawn or an issuer or key distrusted. 0 none falls, 1 one does, 2 none does, but one could not be checked to begin with.',
    )
    .argument(
      '[path...]',
      'passports and presentations, and folders with them; - for standard input',
    )
    .requiredOption(
      '--of <what>',
      'the id of a credential, a file with it, a DID, or a key as did#name or thumbprint',
    )
    .option(
      '--indicator <id>',
      'only this answer of an attestation is withdrawn; may be repeated',
      repeated,
      [],
    )
    .option('--effective-from <instant>', 'from when on it is not to be relied on; default: ever')
    .option('--void-from <instant>', 'from when on it is void, instead of --effective-from')
  return addVerifierOptions(command)
    .option('--bulk <ndjson>', 'instead of paths: a delivery as "verify --bulk" takes it')
    .option('--json', 'print one JSON document; of --bulk, one on each line')
    .addHelpText(
      'after',
      example(
        'battery-passport impact --of accreditation.json --policy policy.json passports',
        'battery-passport impact --of attestation.json --indicator ghg.intensity-ratio --policy policy.json presentation.json',
        'battery-passport impact --of accreditation.json --policy policy.json --bulk deliveries.ndjson --json',
      ),
    )
    .action(async (paths: readonly string[], flags: Flags) => {
      const corpus = { paths, bulk: flags.bulk }
      assertCorpus(corpus)
      const target = await readTarget(flags)
      const input = await readVerifierInput(flags, deps)
      const question = { target, corpus, input, at: flags.at, json: flags.json === true }
      await namingMethods(() => runImpact(question, deps))
    })
}
