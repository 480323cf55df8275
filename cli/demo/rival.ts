import { join } from 'node:path'
import { statusEntries } from '@battery-passport/issuer'
import { readKeyFile, readPassphrase, type Signer } from '@battery-passport/keys'
import type { Workshop } from './fraud.ts'

/** Somebody nobody registered, with a key and status lists of its own. */
export interface Rival {
  readonly signer: Signer
  /** The folder of its lists. */
  readonly lists: string
  readonly credentialStatus: ReturnType<typeof statusEntries>
}

const STATUS_BASE = 'https://copycat-packs.example/status'

/** Makes a key and publishes lists as everybody can. */
export async function makeRival({ world, folder }: Workshop): Promise<Rival> {
  const { calls, places } = world
  const key = join(folder, 'rival.key.json')
  const passphrase = ['--passphrase-file', places.passphrase]
  await calls.must(['keys', 'new', '--out', key, ...passphrase])
  const lists = join(folder, 'rival-lists')
  const desk = ['--desk', join(folder, 'rival-desk'), '--status-base', STATUS_BASE]
  await calls.must(['lists', '--key', key, ...passphrase, ...desk, '--out', lists])
  const credentialStatus = statusEntries(
    { revocation: `${STATUS_BASE}/revocation-1`, suspension: `${STATUS_BASE}/suspension-1` },
    4711,
  )
  const signer = await readKeyFile(key, await readPassphrase({ file: places.passphrase }, {}))
  return { signer, lists, credentialStatus }
}
