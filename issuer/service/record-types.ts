import { schemaFaults, type Validator } from '@battery-passport/contexts'
import * as generated from '../generated/typed-validators.ts'
import type { Change, RecordKind, Store } from '../store/store.ts'
import { StoreError } from '../store/store-error.ts'
import type {
  EvidenceRecord,
  IntentRecord,
  OwnerRecord,
  OwnListRecord,
  PassportRecord,
  ReplyRecord,
  StatusIndexRecord,
  StatusRecord,
} from './records.ts'

/** What a record of each kind holds. */
export interface RecordTypes {
  readonly meta: OwnerRecord
  readonly evidence: EvidenceRecord
  readonly 'foreign-list': EvidenceRecord
  readonly passport: PassportRecord
  readonly intent: IntentRecord
  readonly reply: ReplyRecord
  readonly 'status-index': StatusIndexRecord
  readonly 'own-list': OwnListRecord
  readonly status: StatusRecord
}

const validators: { readonly [K in RecordKind]: Validator<RecordTypes[K]> } = {
  meta: generated.OwnerRecord,
  evidence: generated.EvidenceRecord,
  'foreign-list': generated.EvidenceRecord,
  passport: generated.PassportRecord,
  intent: generated.IntentRecord,
  reply: generated.ReplyRecord,
  'status-index': generated.StatusIndexRecord,
  'own-list': generated.OwnListRecord,
  status: generated.StatusRecord,
}

/** How many records are read at a time. */
const PAGE = 256

/**
 * The record of a kind and id, or null.
 *
 * @throws {StoreError} STORE_CORRUPT when it is not what this version writes
 */
export async function readRecord<K extends RecordKind>(
  store: Store,
  kind: K,
  id: string,
): Promise<RecordTypes[K] | null> {
  const text = await store.read(kind, id)
  return text === null ? null : parseRecord(kind, id, text)
}

/** A page of records of a kind, in the order of their ids. */
export async function pageOfRecords<K extends RecordKind>(
  store: Store,
  kind: K,
  options: { readonly after?: string; readonly limit: number },
): Promise<readonly (readonly [id: string, record: RecordTypes[K]])[]> {
  const page = await store.page(kind, options)
  return page.map(({ id, value }) => [id, parseRecord(kind, id, value)])
}

/** Every record of a kind. */
export async function* allRecords<K extends RecordKind>(
  store: Store,
  kind: K,
): AsyncGenerator<readonly [id: string, record: RecordTypes[K]]> {
  for (let after: string | undefined; ; ) {
    const options = after === undefined ? { limit: PAGE } : { after, limit: PAGE }
    const page = await pageOfRecords(store, kind, options)
    yield* page
    after = page.at(-1)?.[0]
    if (page.length < PAGE) return
  }
}

/** The change that writes a record. */
export function writing<K extends RecordKind>(
  type: 'create' | 'put',
  kind: K,
  id: string,
  record: RecordTypes[K],
): Change {
  return { type, kind, id, value: JSON.stringify(record) }
}

function parseRecord<K extends RecordKind>(kind: K, id: string, text: string): RecordTypes[K] {
  const value: unknown = JSON.parse(text)
  const validator: Validator<RecordTypes[K]> = validators[kind]
  if (validator(value)) return value
  const [fault] = schemaFaults(validator, value)
  throw new StoreError(
    'STORE_FORMAT',
    `record ${kind}/${id}: expected ${fault?.expected} at ${fault?.pointer || 'the document'}, found ${fault?.found}. Open the folder with the version that wrote it.`,
  )
}
