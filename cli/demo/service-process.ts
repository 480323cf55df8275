import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { refusal } from '../errors.ts'
import { memberOf, parsed, text } from '../service/json-members.ts'
import { endProcess } from './program-calls.ts'
import { onlyParty, serviceUrl, type World } from './world.ts'
import { writeJson } from './write-json.ts'

/** The manufacturer's service, in a process of its own. */
export interface ServiceProcess {
  /** Where it listens on this machine. */
  readonly url: string
  /** Ends it and waits until it has closed its store. */
  stop(): Promise<void>
}

/** Writes the settings of the service; paths are relative, so that the folder can be moved. */
export async function writeSettings(world: World): Promise<void> {
  await writeJson(world.places.settings, {
    $comment:
      'The service of the fictional manufacturer, as the demo left it: battery-passport serve --demo',
    dataDir: 'data',
    keyFile: `keys/${onlyParty(world, 'manufacturer').key}.key.json`,
    passphrase: { file: 'passphrase' },
    token: { file: 'token' },
    policyFile: 'policy.json',
    publicBaseUrl: serviceUrl(world),
  })
}

/** Starts `serve` on a free port of this machine, with a new data folder. */
export async function startService({ calls, places }: World): Promise<ServiceProcess> {
  const options = ['--config', places.settings, '--init', '--port', '0', '--json']
  const child = calls.start(['serve', ...options])
  const said: string[] = []
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString('utf8')))
  const url = await listeningAt(child)
  if (url !== undefined) return { url, stop: () => endProcess(child) }
  throw refusal({
    what: 'The service did not start.',
    where: `battery-passport serve --config ${places.settings}`,
    expected: 'one line of JSON with the address it listens at',
    found: said.join('').slice(0, 2000),
  })
}

/** The address in its first line; undefined if it ended before. */
async function listeningAt({ stdout }: ChildProcess): Promise<string | undefined> {
  if (stdout === null) return undefined
  for await (const line of createInterface({ input: stdout })) {
    return text(memberOf(parsed(line)).url)
  }
  return undefined
}
