import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { CommandDeps } from '../command-deps.ts'
import { refusal } from '../errors.ts'
import { boardOn } from './board.ts'
import { checkApart, checkReplaceable, putInPlace, stagingFolder } from './demo-folder.ts'
import { placesIn } from './places.ts'
import { ProgramCalls } from './program-calls.ts'
import { readPilot } from './read-pilot.ts'
import { type Demonstrated, walkDemo } from './walk.ts'

/** What the demo is asked for. */
export interface DemoOptions {
  /** The folder of the pilot's files. */
  readonly pilot: string
  /** Where the keys, the desks and the service's data stay, for `serve --demo`. */
  readonly state: string
  /** Where the result goes for other programs; null where nobody asked. */
  readonly out: string | null
  readonly items: number
  /** Whether the frauds stay on the disk, to be looked at. */
  readonly keep: boolean
}

/**
 * Carries the pilot from its files to a score that a buyer accepts, and shows frauds refused: every
 * step is a call of this program, and the service is a process of its own. Nothing is left half
 * done: what the demo leaves appears when everything was as said.
 *
 * @throws {CommandError} something was not as said
 */
export async function runDemo(options: DemoOptions, deps: CommandDeps): Promise<Demonstrated> {
  const { state, out } = options
  const pilot = await readPilot(resolve(options.pilot))
  if (out !== null) checkApart(state, out)
  for (const folder of [state, ...(out === null ? [] : [out])]) await checkReplaceable(folder)
  const calls = new ProgramCalls(deps)
  let isInterrupted = false
  const interrupt = () => {
    isInterrupted = true
    void calls.endAll()
  }
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  const temporary: string[] = []
  const staging = async (target: string) => {
    const folder = await stagingFolder(target)
    temporary.push(folder)
    return folder
  }
  try {
    const places = placesIn(await staging(state))
    const exported = out === null ? null : await staging(out)
    const frauds = await mkdtemp(join(tmpdir(), 'battery-passport-frauds-'))
    if (!options.keep) temporary.push(frauds)
    const world = {
      pilot,
      places,
      calls,
      board: boardOn(deps.out, () => performance.now()),
      now: () => deps.clock.now(),
      dids: new Map<string, string>(),
      items: options.items,
    }
    const demonstrated = await walkDemo(world, { frauds, exported })
    await putInPlace(places.root, resolve(state), 0o700)
    if (exported !== null && out !== null) await putInPlace(exported, resolve(out), 0o755)
    if (options.keep) deps.out(`\nThe frauds are in ${frauds}\n`)
    return demonstrated
  } catch (error) {
    throw isInterrupted ? interrupted() : error
  } finally {
    process.removeListener('SIGINT', interrupt)
    process.removeListener('SIGTERM', interrupt)
    await calls.endAll()
    for (const folder of temporary) await rm(folder, { recursive: true, force: true })
  }
}

function interrupted() {
  return refusal({ what: 'The demo was interrupted; nothing of it is left.' })
}
