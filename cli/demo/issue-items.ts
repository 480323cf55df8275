import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dayOf, formatDay, isCredential, type PassportSubject } from '@battery-passport/contexts'
import { atMost } from '../at-most.ts'
import { refusal } from '../errors.ts'
import type { ServiceClient } from '../service/client.ts'
import { parsed } from '../service/json-members.ts'
import type { SubmittedEvidence } from './submit-evidence.ts'
import { AT_A_TIME, modelId, type World } from './world.ts'

/** An item passport that the service released. */
export interface IssuedItem {
  /** The id of the battery. */
  readonly battery: string
  /** Where the service has it: `/passports/…`. */
  readonly location: string
  readonly text: string
  readonly subject: PassportSubject
}

/** What all passports of the demo rest on. */
export interface CommonRequest extends SubmittedEvidence {
  /** The subject of the model passport, which items of the model share. */
  readonly model: PassportSubject
  readonly validUntil: string
}

/** Over so many days the items were made. */
const DAYS_OF_PRODUCTION = 30

/**
 * Issues passports of items with `POST /passports`, a few at a time, as the manufacturer's own
 * program would. The first request is sent twice under one key: that must make one passport.
 */
export async function issueItems(
  world: World,
  client: ServiceClient,
  common: CommonRequest,
): Promise<readonly IssuedItem[]> {
  const numbers = Array.from({ length: world.items }, (_, index) => index)
  await mkdir(world.places.passports(), { recursive: true })
  return atMost(AT_A_TIME, numbers, async (index) => {
    const body = JSON.stringify(itemRequest(world, common, index))
    const key = randomUUID()
    const item = await issueItem(client, body, key)
    if (index === 0 && (await issueItem(client, body, key)).text !== item.text) {
      throw refusal({
        what: 'The same request under the same Idempotency-Key made two passports.',
        where: 'POST /passports',
        expected: 'the same passport again',
      })
    }
    const name = `item-${String(index + 1).padStart(3, '0')}.json`
    await writeFile(world.places.passports(name), `${item.text}\n`)
    return item
  })
}

/** One item by its request; the key makes sure that it is issued once. */
export async function issueItem(
  client: ServiceClient,
  body: string,
  key: string,
): Promise<IssuedItem> {
  const headers = { 'idempotency-key': key }
  const answer = await client.post('/passports', { body, mediaType: 'application/json', headers })
  const passport = parsed(answer.body)
  if (!isCredential('BatteryPassport', passport) || answer.location === undefined) {
    throw refusal({
      what: 'The service answered with something that is no passport.',
      where: 'POST /passports',
      expected: 'a BatteryPassport and its Location',
      found: answer.body.slice(0, 400),
    })
  }
  const { credentialSubject: subject } = passport
  return { battery: subject.id, location: answer.location, text: answer.body, subject }
}

/** The request of an item: unguessable serial number, made on one of the last days. */
export function itemRequest(
  world: World,
  { model, attestations, custody, validUntil }: CommonRequest,
  index: number,
): object {
  const { category, chemistry, manufacturerGroup, product, supplyChain } = model
  const serial = randomBytes(10).toString('hex').toUpperCase()
  const day = dayOf(world.now()) - 1 - (index % DAYS_OF_PRODUCTION)
  return {
    battery: {
      granularity: 'item',
      id: `${modelId(world)}/21/${serial}`,
      model: modelId(world),
      manufacturedOn: formatDay(day),
      category,
      chemistry,
      ...(manufacturerGroup === undefined ? {} : { manufacturerGroup }),
      product: { ...product, serialNumber: serial },
      supplyChain,
    },
    attestations,
    custody,
    validUntil,
  }
}
