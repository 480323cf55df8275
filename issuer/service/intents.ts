import { randomBytes } from 'node:crypto'
import { formatInstant } from '@battery-passport/contexts'
import type { Clock } from '@battery-passport/verifier'
import type { Store } from '../store/store.ts'
import { statusIndexId } from './list-name.ts'
import type { OnceKey } from './once.ts'
import { readRecord, writing } from './record-types.ts'
import type { IntentRecord } from './records.ts'
import type { StatusRegister } from './status-register.ts'

interface IntentDeps {
  readonly store: Store
  readonly register: StatusRegister
  readonly clock: Clock
}

/** What will be signed, but for the content: a retry makes the same credential of it. */
export function newIntent(
  { requestDigest }: OnceKey,
  { register, clock }: IntentDeps,
): IntentRecord {
  return {
    requestDigest,
    passport: randomBytes(16).toString('base64url'),
    status: register.reserve(),
    created: formatInstant(clock.now()),
  }
}

/** Before the signature, so that nothing is ever signed that the store does not know of. */
export async function recordIntent(
  { id }: OnceKey,
  intent: IntentRecord,
  { store, clock }: IntentDeps,
): Promise<void> {
  const { passport, status } = intent
  await store.commit(
    [
      writing('create', 'intent', id, intent),
      writing('create', 'status-index', statusIndexId(status), { passport }),
    ],
    { action: 'intent-recorded', subject: passport, at: formatInstant(clock.now()) },
    // The batch that releases the passport makes it durable; losing both is losing nothing.
    'ordered',
  )
}

/** Forgets an intent that came to nothing: its key and its index are free again. */
export async function dropIntent(
  { id }: OnceKey,
  intent: IntentRecord,
  { store, register, clock }: IntentDeps,
): Promise<void> {
  if ((await readRecord(store, 'intent', id)) !== null) {
    await store.commit(
      [
        { type: 'remove', kind: 'intent', id },
        { type: 'remove', kind: 'status-index', id: statusIndexId(intent.status) },
      ],
      { action: 'intent-dropped', subject: intent.passport, at: formatInstant(clock.now()) },
      'ordered',
    )
  }
  register.release(intent.status)
}
