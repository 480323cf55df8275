import { parseInstant } from '@battery-passport/contexts'
import type { PassportVerdict } from '../verdict.ts'
import type { StatusSigner } from './status-signers.ts'

/** A status list by who signed it and its id: a stranger's list of the same id is another one. */
export interface ListName {
  readonly issuer: string
  readonly id: string
}

/**
 * What the caller remembers of status lists from one verification to the next, so that nobody can
 * show an older edition, from before a withdrawal, to one who has seen the newer.
 */
export interface SeenLists {
  /** When the newest edition that was seen was signed: seconds since the epoch; null: none was. */
  newest(list: ListName): number | null
}

/** An edition of a list that a verdict rests on. */
export interface SeenEdition extends ListName {
  /** Seconds since the epoch. */
  readonly created: number
}

/**
 * The editions of lists to be remembered after a verdict, whatever its outcome: each is authentic
 * and was current.
 */
export function listsSeen({ chain }: Pick<PassportVerdict, 'chain'>): readonly SeenEdition[] {
  return chain.flatMap(({ type, result, issuer, credential, signedAt }) => {
    const created = parseInstant(signedAt ?? '')
    return type === 'BitstringStatusListCredential' && result === 'passed' && created !== null
      ? [{ issuer, id: credential, created }]
      : []
  })
}

/**
 * When the newest edition of a list that was seen was signed, by whoever may sign it.
 *
 * @throws {TypeError} when the caller answers what is no instant: no list would be older than that
 */
export function newestSeen(
  { id }: Pick<ListName, 'id'>,
  seen: SeenLists,
  signers: readonly StatusSigner[],
): number | null {
  let newest: number | null = null
  for (const issuer of new Set(signers.map(({ did }) => did))) {
    const created = seen.newest({ issuer, id })
    if (created === null) continue
    if (!Number.isSafeInteger(created)) {
      throw new TypeError(`seen.newest: expected whole seconds or null, found ${created}`)
    }
    newest = Math.max(newest ?? created, created)
  }
  return newest
}
