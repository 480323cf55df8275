import { formatInstant } from '@battery-passport/contexts'
import type { Clock } from '@battery-passport/verifier'
import type { Store } from '../store/store.ts'
import { StoreError } from '../store/store-error.ts'
import { readRecord, writing } from './record-types.ts'
import type { OwnerRecord } from './records.ts'

const OWNER = 'owner'

/**
 * Binds a new store to its issuer and address, and refuses a store that is bound to others: the
 * lists and ids in it are theirs for good.
 *
 * @throws {StoreError} STORE_FORMAT
 */
export async function claimStore(store: Store, owner: OwnerRecord, clock: Clock): Promise<void> {
  const known = await readRecord(store, 'meta', OWNER)
  if (known === null) {
    await store.commit([writing('create', 'meta', OWNER, owner)], {
      action: 'store-claimed',
      subject: owner.issuer,
      detail: owner.publicBaseUrl,
      at: formatInstant(clock.now()),
    })
    return
  }
  for (const member of ['issuer', 'publicBaseUrl'] as const) {
    if (known[member] === owner[member]) continue
    throw new StoreError(
      'STORE_FORMAT',
      `data folder: expected the one of ${member} ${owner[member]}, found that of ${known[member]}. Use the key and address it was begun with, or another folder.`,
    )
  }
}
