import { jcs } from '@battery-passport/contexts'
import { explain } from '@battery-passport/rulebooks'
import { isOfType, type SecuredCredential } from '@battery-passport/verifier'
import { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { DEPTHS, depthOf } from '../depth-option.ts'
import { refusal } from '../errors.ts'
import { readCredentials } from '../input/read-credentials.ts'
import { readInput } from '../input/read-file.ts'
import { explanationTree } from '../report/explanation-tree.ts'
import { points } from '../report/figures.ts'
import { largestRaises } from '../report/largest-raises.ts'
import { wrap } from '../report/layout.ts'
import { plain } from '../report/plain.ts'
import { decodedCredentials } from '../scoring/decoded-credentials.ts'
import { evaluateBattery } from '../scoring/evaluate-battery.ts'
import { methodFinder } from '../scoring/find-method.ts'
import { example, repeated } from './options.ts'

interface Flags {
  readonly with: readonly string[]
  readonly rulebooks?: string
  readonly depth: string
  readonly json?: true
}

const MOST_RAISES = 10

/** So many missing attestations are named. */
const MOST_MISSING = 3

/** `explain`: the derivation of a passport's score, and what would raise it. */
export function explainCommand(deps: CommandDeps): Command {
  return new Command('explain')
    .description(
      'Show how the score of a passport comes about, from the documents as they are. It does not verify them: "verify" does.',
    )
    .argument('<file>', 'a presentation, or a passport with its attestations in --with')
    .option('--with <file|dir>', 'the attestations, if the file does not have them', repeated, [])
    .option('--rulebooks <dir>', 'methods and rulebooks that are not shipped')
    .option('--depth <level>', `how far down: ${DEPTHS.join(', ')}`, 'stages')
    .option('--json', 'print the whole derivation as one JSON document')
    .addHelpText('after', example('battery-passport explain presentation.json --depth facilities'))
    .action(async (file: string, flags: Flags) => {
      const depth = depthOf(flags.depth)
      const bytes = await readInput(file, deps)
      const added = await readCredentials(flags.with, deps)
      const atHand = decodedCredentials([{ name: file, bytes }, ...added])
      const passport = passportOf(atHand, file)
      const subject = passport.credential.credentialSubject
      const methods = await methodFinder(flags.rulebooks, deps)
      const evaluation = evaluateBattery(methods.byDigest(subject.score.method.digestMultibase), {
        name: file,
        battery: subject,
        supplyChain: subject.supplyChain,
        attestations: attestationsOf(passport, atHand, file),
        atHand,
      })
      const explanation = explain(evaluation)
      if (flags.json) {
        deps.out(`${JSON.stringify(explanation, null, 2)}\n`)
        return
      }
      const isClaimed = jcs(evaluation.score) === jcs(subject.score)
      const { value, upper, grade } = explanation
      deps.out(
        [
          wrap(plain(`${points(value)} to ${points(upper)}, grade ${grade}: ${subject.id}`)),
          wrap(
            isClaimed
              ? 'The passport claims the same. Nothing was verified here: "verify" does that.'
              : `The passport claims ${points(subject.score.value)} to ${points(subject.score.upper)}, which does not follow from what was attested: "verify" rejects it.`,
          ),
          '',
          explanationTree(explanation, depth),
          '',
          'What would raise the score most, each by itself and at its best:',
          largestRaises(explanation, MOST_RAISES),
          '',
        ].join('\n'),
      )
    })
}

function passportOf(
  credentials: readonly SecuredCredential[],
  file: string,
): SecuredCredential<'BatteryPassport'> {
  const [first] = credentials
  if (first !== undefined && isOfType(first, 'BatteryPassport')) return first
  throw refusal({
    what: 'The first credential is no passport.',
    where: file,
    expected: 'a BatteryPassport',
    found: first?.type ?? 'nothing',
    remedy: 'Name a passport, or a presentation that begins with one.',
  })
}

/** The attestations by the digests the passport was issued on. */
function attestationsOf(
  passport: SecuredCredential<'BatteryPassport'>,
  atHand: readonly SecuredCredential[],
  file: string,
): readonly SecuredCredential<'RulebookAttestation'>[] {
  const byDigest = new Map(atHand.map((each) => [each.digestMultibase, each]))
  const missing: string[] = []
  const { attestations: references } = passport.credential.credentialSubject
  const attestations = references.flatMap(({ id, digestMultibase }, index) => {
    const found = byDigest.get(digestMultibase)
    if (found !== undefined && isOfType(found, 'RulebookAttestation')) return [found]
    missing.push(`/credentialSubject/attestations/${index}: ${id} (${digestMultibase})`)
    return []
  })
  if (missing.length > 0) throw missingAttestations(missing, references.length, file)
  return attestations
}

/** A bare passport lacks them all: that is one reason, not one for each. */
function missingAttestations(missing: readonly string[], count: number, file: string) {
  const rest = missing.length > MOST_MISSING ? `, and ${missing.length - MOST_MISSING} more` : ''
  return refusal({
    what: `${missing.length} of the ${count} attestations the passport rests on are not at hand.`,
    where: file,
    expected: missing.slice(0, MOST_MISSING).join(', ') + rest,
    found: 'nothing with these digests',
    remedy: 'Name a presentation with the whole chain, or add the attestations with --with.',
  })
}
