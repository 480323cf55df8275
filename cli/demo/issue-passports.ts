import { createServiceClient, type ServiceClient } from '../service/client.ts'
import { type CommonRequest, type IssuedItem, issueItems } from './issue-items.ts'
import { issueModel } from './issue-model.ts'
import { secretFile } from './make-keys.ts'
import { yearsFrom } from './party-forms.ts'
import { type ServiceProcess, startService, writeSettings } from './service-process.ts'
import { submitEvidence } from './submit-evidence.ts'
import type { World } from './world.ts'

/** The service of the manufacturer with its passports. */
export interface Issued {
  readonly client: ServiceClient
  readonly common: CommonRequest
  /** The first of the items: the one the buyer gets. */
  readonly item: IssuedItem
}

/** How long the passports are valid. */
const YEARS = 10

/**
 * Runs the manufacturer's service for as long as something is done with it; it is stopped whatever
 * happens.
 */
export async function withService<T>(
  world: World,
  work: (service: ServiceProcess, token: string) => Promise<T>,
): Promise<T> {
  world.board.heading('The manufacturer')
  const token = await secretFile(world.places.token)
  await writeSettings(world)
  const service = await world.board.step(
    () => startService(world),
    ({ url }) => `the issuer service listens at ${url}`,
  )
  try {
    return await work(service, token)
  } finally {
    await service.stop()
  }
}

/** Submits what was signed, and issues the passports of the model and of every item. */
export async function issuePassports(
  world: World,
  { url }: ServiceProcess,
  token: string,
): Promise<Issued> {
  const { board, places } = world
  const options = ['--service', url, '--token-file', places.token]
  const evidence = await board.step(
    () => submitEvidence(world, options),
    ({ attestations, custody }) =>
      `${attestations.length + custody.length} attestations submitted, each verified to its trust anchor`,
  )
  const rests = { ...evidence, validUntil: yearsFrom(world.now(), YEARS) }
  const model = await board.step(
    () => issueModel(world, options, rests),
    () => 'the passport of the model issued, from a Catena-X document and a table of shares',
  )
  const common = { ...rests, model }
  const client = createServiceClient({ url: new URL(`${url}/`), token })
  const [item] = await board.step(
    () => issueItems(world, client, common),
    ({ length }) => `${length} item passports issued over HTTP, one request sent twice`,
  )
  if (item === undefined) throw new TypeError('the demo needs an item')
  return { client, common, item }
}
