/**
 * How much may be made canonical for one document with all that is in it: its objects and their
 * types, once for each canonical form. A JSON-LD processor takes up to half a millisecond for each,
 * and proofs that sign the proofs before them ask for a form each.
 */
export const MAX_CANONICAL_WORK = 2048

/** What a JSON-LD processor may still be given. */
export interface CanonicalWork {
  /**
   * Counts a document before it is made canonical.
   *
   * @throws {TypeError} when nothing is left for it
   */
  spend(document: object): void
}

/** The work for one document, and for all that is in it. */
export function canonicalWork(): CanonicalWork {
  let left = MAX_CANONICAL_WORK
  return {
    spend(document) {
      const needed = workOf(document, left)
      if (needed > left) {
        throw new TypeError(
          `expected at most ${MAX_CANONICAL_WORK} objects and types in all that is made canonical`,
        )
      }
      left -= needed
    },
  }
}

/** The objects of a document, with the types of each, but no more than is of interest. */
function workOf(document: object, most: number): number {
  let work = 0
  const waiting: object[] = [document]
  for (let value = waiting.pop(); value !== undefined && work <= most; value = waiting.pop()) {
    const members: readonly unknown[] = Object.values(value)
    if (!Array.isArray(value)) work += 1 + typesOf(value)
    for (const member of members) {
      if (typeof member === 'object' && member !== null) waiting.push(member)
    }
  }
  return work
}

function typesOf(value: object): number {
  const types: unknown = 'type' in value ? value.type : []
  return Array.isArray(types) ? types.length : 1
}
