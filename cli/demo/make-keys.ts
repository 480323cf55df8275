import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { atMost } from '../at-most.ts'
import { memberOf, parsed, text } from '../service/json-members.ts'
import { AT_A_TIME, type World } from './world.ts'

/** Makes the demo's passphrase and a key for everybody; each with `keys new`. */
export async function makeKeys({ pilot, places, calls, dids }: World): Promise<void> {
  await mkdir(dirname(places.key('any')), { recursive: true, mode: 0o700 })
  await secretFile(places.passphrase)
  await atMost(AT_A_TIME, pilot.parties, async ({ key }) => {
    const out = ['--out', places.key(key), '--passphrase-file', places.passphrase]
    const printed = await calls.must(['keys', 'new', ...out, '--json'])
    const did = text(memberOf(parsed(printed)).did)
    if (did === undefined) throw new TypeError('keys new --json printed no DID')
    dids.set(key, did)
  })
}

/** A new secret that only this user may read. */
export async function secretFile(path: string): Promise<string> {
  const secret = randomBytes(32).toString('hex')
  await writeFile(path, `${secret}\n`, { mode: 0o600, flag: 'wx' })
  return secret
}
