import type { BatteryDescription } from '../issue-request.ts'
import type { Store } from '../store/store.ts'
import { batteryIdOf } from './battery-id.ts'
import type { StatusPlace } from './list-name.ts'
import { isLocalId } from './local-id.ts'
import { readRecord } from './record-types.ts'
import type { PassportRecord } from './records.ts'
import { ServiceError } from './service-error.ts'

/** The passport that a new one replaces. */
export interface Predecessor {
  readonly passport: string
  readonly place: StatusPlace
  readonly record: PassportRecord
}

/**
 * The earlier passport of this service that a description names: of the same battery, since it is
 * revoked when the new one is released.
 *
 * @throws {ServiceError} PREDECESSOR_UNKNOWN
 */
export async function findPredecessor(
  battery: BatteryDescription,
  { store, publicBaseUrl }: { readonly store: Store; readonly publicBaseUrl: string },
): Promise<Predecessor | null> {
  const { predecessor: credential, granularity } = battery
  if (credential === undefined) return null
  const prefix = `${publicBaseUrl}/passports/`
  const passport = credential.startsWith(prefix) ? credential.slice(prefix.length) : ''
  const record = isLocalId(passport) ? await readRecord(store, 'passport', passport) : null
  if (record === null) {
    throw unknownPredecessor('the id of a passport of this service', credential)
  }
  const id = batteryIdOf(battery)
  if (record.battery !== id || record.granularity !== granularity) {
    throw unknownPredecessor(
      `the id of a passport of the ${granularity} ${id}`,
      `${credential}, of the ${record.granularity} ${record.battery}`,
    )
  }
  return { passport, place: record.status, record }
}

function unknownPredecessor(expected: string, found: string): ServiceError {
  const remedy = 'Correct the id, or leave it out.'
  return new ServiceError('PREDECESSOR_UNKNOWN', 'There is no such passport to be replaced.', {
    faults: [{ pointer: '/battery/predecessor', expected, found, remedy }],
  })
}
