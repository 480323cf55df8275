import { type Answer, jsonAnswer } from './operation.ts'

const MOST = 100

/** How many entries a page has. */
export const LIMIT = {
  name: 'limit',
  description: `How many entries at most, 1 to ${MOST}; ${MOST} unless told otherwise.`,
  pattern: '^([1-9][0-9]?|100)$',
}

/** The limit of a query whose parameters have been checked. */
export function limitOf(query: Readonly<Record<string, string>>): number {
  return query.limit === undefined ? MOST : Number(query.limit)
}

/**
 * One page of a listing, and where the next begins.
 *
 * @param found one more than the limit if there are more
 */
export function pageAnswer<T>(
  name: string,
  found: readonly T[],
  limit: number,
  cursor: (entry: T) => string,
): Answer {
  const entries = found.slice(0, limit)
  const last = entries.at(-1)
  const more = found.length > limit && last !== undefined ? { next: cursor(last) } : {}
  return jsonAnswer(200, { [name]: entries, ...more })
}
