import { join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { runDemo } from '../demo/demo.ts'
import { DEMO_FOLDER } from '../demo/demo-folder.ts'
import { pilotFolder } from '../demo/pilot-folder.ts'
import { scoreLine } from '../demo/score-line.ts'
import { example } from './options.ts'

interface Flags {
  readonly out?: string
  readonly state: string
  readonly items: number
  readonly pilot?: string
  readonly keep?: true
}

/** More would take the demo past a minute. */
const MOST_ITEMS = 1000

/** `demo`: the pilot from its files to an accepted score, and frauds refused. */
export function demoCommand(deps: CommandDeps): Command {
  return new Command('demo')
    .description(
      'Carry a fictional consortium through this program and its service, from keys to a score that a buyer accepts, and show frauds refused. It ends with an error unless all is as said.',
    )
    .option('--out <dir>', 'leave presentation, passport, policy, verdict and credentials there')
    .option('--state <dir>', 'keys, desks and data of the service, for serve --demo', DEMO_FOLDER)
    .option('--items <n>', 'how many item passports are issued', itemCount, 100)
    .option('--pilot <dir>', 'the files of the consortium; default: examples/pilot')
    .option('--keep', 'keep the frauds, and say where they are')
    .addHelpText('after', example('battery-passport demo --items 2 --out demo-result'))
    .action(async ({ out, state, items, pilot = pilotFolder(), keep }: Flags) => {
      const start = performance.now()
      deps.out('A fictional consortium: no company, place or person in it exists.\n')
      const options = { pilot, state, out: out ?? null, items, keep: keep === true }
      const { passports, frauds, score, at } = await runDemo(options, deps)
      const seconds = ((performance.now() - start) / 1000).toFixed(1)
      deps.out(
        [
          '',
          `Everything was as said, in ${seconds} s: ${passports} passports issued, ${scoreLine(score)}; ${frauds} frauds refused.`,
          `The service can be started again with: ${programCall(deps)} serve --demo${state === DEMO_FOLDER ? '' : ` ${state}`}`,
          ...(out === undefined
            ? []
            : ['Verify it yourself with:', `  ${programCall(deps)} ${verifyCall(out, at)}`]),
          '',
        ].join('\n'),
      )
    })
}

/** In a clone nothing is installed: npm, which ran this, finds the program there. */
function programCall({ env }: CommandDeps): string {
  return env.npm_lifecycle_event === undefined ? 'battery-passport' : 'npx battery-passport'
}

function verifyCall(out: string, at: string): string {
  const [presentation, policy] = [join(out, 'presentation.json'), join(out, 'policy.json')]
  return `verify ${presentation} --policy ${policy} --at ${at}`
}

function itemCount(text: string): number {
  if (/^[1-9][0-9]{0,3}$/.test(text) && Number(text) <= MOST_ITEMS) return Number(text)
  throw new InvalidArgumentError(`expected a whole number from 1 to ${MOST_ITEMS}`)
}
