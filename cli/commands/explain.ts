import { jcs } from '@battery-passport/contexts'
import { explain } from '@battery-passport/rulebooks'
import { coveredRows, isOfType, type SecuredCredential } from '@battery-passport/verifier'
import { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { DEPTHS, depthOf } from '../depth-option.ts'
import { refusal } from '../errors.ts'
import { readCredentials } from '../input/read-credentials.ts'
import { readInput } from '../input/read-file.ts'
import { coveredShares } from '../report/covered-shares.ts'
import { explanationTree } from '../report/explanation-tree.ts'
import { points } from '../report/figures.ts'
import { largestRaises } from '../report/largest-raises.ts'
import { wrap } from '../report/layout.ts'
import { plain } from '../report/plain.ts'
import { decodedCredentials } from '../scoring/decoded-credentials.ts'
import { evaluateBattery } from '../scoring/evaluate-battery.ts'
import { methodFinder } from '../scoring/find-method.ts'
import { followedStatements } from '../scoring/followed-statements.ts'
import { example, repeated } from './options.ts'

interface Flags {
  readonly with: readonly string[]
  readonly rulebooks?: string
  readonly depth: string
  readonly json?: true
}

const MOST_RAISES = 10

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
      const custody = followedStatements('CustodyAttestation', passport, atHand, file)
      const covered = coveredRows(subject.supplyChain, custody)
      const evaluation = evaluateBattery(methods.byDigest(subject.score.method.digestMultibase), {
        name: file,
        battery: subject,
        supplyChain: subject.supplyChain,
        attestations: followedStatements('RulebookAttestation', passport, atHand, file),
        custody,
        atHand,
      })
      const explanation = explain(evaluation)
      if (flags.json) {
        const { shareAssurance } = evaluation.score
        const shares = covered.map(({ row, level, by }) => ({
          ...row,
          assurance: level,
          custody: by?.id ?? null,
        }))
        deps.out(`${JSON.stringify({ ...explanation, shareAssurance, shares }, null, 2)}\n`)
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
          'What assures the shares of the supply chain:',
          coveredShares(covered),
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
