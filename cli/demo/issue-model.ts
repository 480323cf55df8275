import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isCredential, type PassportSubject } from '@battery-passport/contexts'
import { parseDocument } from '../input/read-document.ts'
import type { SubmittedEvidence } from './submit-evidence.ts'
import { modelId, onlyParty, type World } from './world.ts'
import { writeJson } from './write-json.ts'

/**
 * The manufacturer has the passport of the model issued, with `issue`: from the Catena-X document,
 * what that has no place for, and the table of shares.
 */
export async function issueModel(
  world: World,
  service: readonly string[],
  { attestations, custody, validUntil }: SubmittedEvidence & { readonly validUntil: string },
): Promise<PassportSubject> {
  const { pilot, places, calls } = world
  const supplement = join(pilot.folder, 'product', 'supplement.json')
  const request = places.form('model-request.json')
  await writeJson(request, {
    battery: {
      granularity: 'model',
      model: modelId(world),
      manufacturerGroup: onlyParty(world, 'manufacturer').ultimateParentLei,
      product: parseDocument(await readFile(supplement), supplement),
    },
    attestations,
    custody,
    validUntil,
  })
  const out = places.passports('model')
  const product = ['--product', join(pilot.folder, 'product', 'catena-x-battery-pass.json')]
  const rows = ['--supply-chain', join(pilot.folder, 'supply-chain.csv')]
  const files = ['--request', request, ...product, ...rows, '--out', out, '--json']
  await calls.must(['issue', ...service, ...files])
  const issued: unknown = JSON.parse(await readFile(join(out, 'passport.json'), 'utf8'))
  if (isCredential('BatteryPassport', issued)) return issued.credentialSubject
  throw new TypeError('issue wrote something that is no passport')
}
