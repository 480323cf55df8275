import { seal } from './sealed.ts'
import type { Change } from './store.ts'

/** A change as it will be written: a value is sealed once, for the record and for the audit log. */
export type SealedChange =
  | { readonly type: 'create' | 'put'; readonly key: string; readonly sealed: Buffer }
  | { readonly type: 'remove'; readonly key: string }

/** Seals what a change writes. */
export function sealChange(change: Change): SealedChange {
  const key = recordKey(change)
  const { type } = change
  return type === 'remove' ? { type, key } : { type, key, sealed: seal(key, change.value) }
}

/** The key of a record in every backend; ids hold no separator. */
export function recordKey({ kind, id }: Pick<Change, 'kind' | 'id'>): string {
  return `${kind}/${id}`
}
