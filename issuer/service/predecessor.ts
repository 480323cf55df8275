import type { Store } from '../store/store.ts'
import type { StatusPlace } from './list-name.ts'
import { readRecord } from './record-types.ts'
import type { PassportRecord } from './records.ts'
import { ServiceError } from './service-error.ts'

/** The passport that a new one replaces. */
export interface Predecessor {
  readonly passport: string
  readonly place: StatusPlace
  readonly record: PassportRecord
}

const LOCAL_ID = /^[A-Za-z0-9_-]{22}$/

/**
 * The earlier passport of this service with a credential id.
 *
 * @throws {ServiceError} PREDECESSOR_UNKNOWN
 */
export async function findPredecessor(
  credential: string | undefined,
  { store, publicBaseUrl }: { readonly store: Store; readonly publicBaseUrl: string },
): Promise<Predecessor | null> {
  if (credential === undefined) return null
  const prefix = `${publicBaseUrl}/passports/`
  const passport = credential.startsWith(prefix) ? credential.slice(prefix.length) : ''
  const record = LOCAL_ID.test(passport) ? await readRecord(store, 'passport', passport) : null
  if (record !== null) return { passport, place: record.status, record }
  const expected = 'the id of a passport of this service'
  throw new ServiceError('PREDECESSOR_UNKNOWN', 'There is no such passport to be replaced.', {
    faults: [
      {
        pointer: '/battery/predecessor',
        expected,
        found: credential,
        remedy: 'Correct the id, or leave it out.',
      },
    ],
  })
}
