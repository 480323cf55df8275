import { formatInstant } from '@battery-passport/contexts'
import type { Clock } from '@battery-passport/verifier'
import type { ServiceConfig } from './config-schema.ts'
import { readRecord } from './service/record-types.ts'
import { initLevelStore, openLevelStore } from './store/level.ts'
import { StoreError } from './store/store-error.ts'

/**
 * Creates the data folder of a service. Starting alone never does: a folder that is gone must be
 * noticed.
 *
 * @param options.issuer the DID that will issue from it, to say whose the folder is that is there
 * @throws {StoreError} STORE_EXISTS, STORE_PERMISSIONS
 */
export async function initService(
  { dataDir }: Pick<ServiceConfig, 'dataDir'>,
  { clock, issuer }: { readonly clock: Clock; readonly issuer?: string },
): Promise<void> {
  try {
    await initLevelStore(dataDir, { at: formatInstant(clock.now()) })
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'STORE_EXISTS') throw error
    throw (await existing(dataDir, issuer)) ?? error
  }
}

/** What to do about a folder with a store in it; null when there is none. */
async function existing(dataDir: string, issuer: string | undefined): Promise<StoreError | null> {
  const owner = await ownerOf(dataDir)
  if (owner === undefined) return null
  const isOurs = owner === null || issuer === undefined || owner === issuer
  const found = owner === null ? 'a store that no issuer has used' : `the store of ${owner}`
  const remedy = isOurs
    ? 'It is complete: start without --init.'
    : `Use the key it was begun with, or another folder for ${issuer}.`
  const message = `data folder ${dataDir}: expected an empty folder, found ${found}. ${remedy}`
  return new StoreError('STORE_EXISTS', message)
}

/** Whose the store is; null when nobody's yet, undefined when there is none that opens. */
async function ownerOf(dataDir: string): Promise<string | null | undefined> {
  try {
    const store = await openLevelStore(dataDir)
    try {
      return (await readRecord(store, 'meta', 'owner'))?.issuer ?? null
    } finally {
      await store.close()
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    if (error.code === 'STORE_LOCKED') throw error
    return undefined
  }
}
