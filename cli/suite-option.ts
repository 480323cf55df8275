import { PROOF_FORMS } from '@battery-passport/contexts'
import { KEY_OF_SUITE, type ProofForm, type Signer } from '@battery-passport/keys'
import { type Command, Option } from 'commander'
import { usageError } from './errors.ts'

/** Adds `--suite`. */
export function addSuiteOption(command: Command): Command {
  return command.addOption(
    new Option('--suite <name>', 'how it is secured; the default is that of the key').choices(
      PROOF_FORMS,
    ),
  )
}

/**
 * The form in which a key shall secure; empty when the key may choose.
 *
 * @throws {CommandError} usage: the key cannot sign in that form
 */
export function suiteOf(
  suite: ProofForm | undefined,
  { algorithm }: Pick<Signer, 'algorithm'>,
): { readonly form?: ProofForm } {
  if (suite === undefined) return {}
  if (suite === 'vc+jwt' || KEY_OF_SUITE[suite] === algorithm) return { form: suite }
  throw usageError({
    what: 'The key cannot sign in this form.',
    where: `--suite ${suite}`,
    expected: `a key of type ${KEY_OF_SUITE[suite]}`,
    found: algorithm,
    remedy: 'Choose another suite, or leave --suite out: the key then takes its own.',
  })
}
