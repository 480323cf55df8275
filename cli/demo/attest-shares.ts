import { join } from 'node:path'
import { dayOf } from '@battery-passport/contexts'
import type { CustodyForm } from '../forms/custody.ts'
import { accreditationFile } from './accredit-bodies.ts'
import { periodOf, productionWindowOf, statementOf } from './pilot-dates.ts'
import { deskOptions, keyOptions } from './signing-options.ts'
import { didOf, modelId, onlyParty, type World } from './world.ts'
import { writeJson } from './write-json.ts'

/** The body that is accredited for chains of custody. */
const BODY = 'pruefstein'

/** A form as it is written to a file; the command that reads it checks it. */
type Written<T> = { readonly [K in keyof T]?: unknown }

/** A body assures the shares of the supply chain, row by row as the manufacturer states them. */
export async function attestShares(world: World): Promise<void> {
  const { pilot, places, calls } = world
  const form = places.form('model.custody.json')
  await writeJson(form, custodyForm(world))
  const signer = [...keyOptions(world, BODY), ...deskOptions(world, BODY)]
  const accreditation = ['--accreditation', accreditationFile(world, BODY)]
  const rows = ['--in', form, '--supply-chain', join(pilot.folder, 'supply-chain.csv')]
  const out = ['--out', places.credentials('attestations', BODY, 'model.custody.json')]
  await calls.must(['attest-custody', ...signer, ...accreditation, ...rows, ...out])
}

function custodyForm(world: World): Written<CustodyForm> {
  const period = periodOf('calendar-year', dayOf(world.now()))
  const { statementDate, validFrom, validUntil } = statementOf(period)
  const subject: Written<CustodyForm['subject']> = {
    type: 'Battery',
    id: modelId(world),
    granularity: 'model',
    manufacturer: didOf(world, onlyParty(world, 'manufacturer').key),
    period,
    productionWindow: productionWindowOf(period),
    statementDate,
    assuranceLevel: 'limited',
  }
  return { name: 'battery model: shares of the supply chain', validFrom, validUntil, subject }
}
