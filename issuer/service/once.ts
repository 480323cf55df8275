import { createHash } from 'node:crypto'
import { digestMultibase } from '@battery-passport/contexts'
import type { Store } from '../store/store.ts'
import { readRecord } from './record-types.ts'
import type { IntentRecord, ReplyRecord } from './records.ts'
import { ServiceError } from './service-error.ts'

/** A request that is to take effect at most once, however often it is sent. */
export interface OnceKey {
  /** The hash of the key: what comes from outside never becomes a key of the store. */
  readonly id: string
  /** The bytes of the request: another request under the same key is refused. */
  readonly requestDigest: string
}

/** The identity of a request by its `Idempotency-Key` and its bytes. */
export function onceKey(key: string, body: Uint8Array): OnceKey {
  return {
    id: createHash('sha256').update(key).digest('base64url'),
    requestDigest: digestMultibase(body),
  }
}

/**
 * What the store knows of a request: the answer it got, the intent it left, or nothing.
 *
 * @throws {ServiceError} IDEMPOTENCY_KEY_REUSED when the key came with another request before
 */
export async function recall(
  { id, requestDigest }: OnceKey,
  store: Store,
): Promise<{ readonly reply: ReplyRecord | null; readonly intent: IntentRecord | null }> {
  const reply = await readRecord(store, 'reply', id)
  const intent = reply === null ? await readRecord(store, 'intent', id) : null
  const before = reply ?? intent
  if (before !== null && before.requestDigest !== requestDigest) throw keyReused()
  return { reply, intent }
}

/** Requests under way by key, so that simultaneous ones share one piece of work. */
export class InFlight<T> {
  private readonly work = new Map<
    string,
    { readonly requestDigest: string; readonly result: Promise<T> }
  >()

  /** @throws {ServiceError} IDEMPOTENCY_KEY_REUSED */
  share({ id, requestDigest }: OnceKey, begin: () => Promise<T>): Promise<T> {
    const known = this.work.get(id)
    if (known !== undefined) {
      return known.requestDigest === requestDigest ? known.result : Promise.reject(keyReused())
    }
    const result = begin().finally(() => this.work.delete(id))
    this.work.set(id, { requestDigest, result })
    return result
  }
}

function keyReused(): ServiceError {
  return new ServiceError(
    'IDEMPOTENCY_KEY_REUSED',
    'This Idempotency-Key came with another request before. Send a new key with a new request.',
  )
}
