import type { Presentation } from '@battery-passport/contexts'
import type { SecuredCredential } from '@battery-passport/verifier'

/** A timestamp as it stands in a presentation. */
export type Timestamp = NonNullable<Presentation['timestamps']>[number]

/** The most timestamps of one credential that are handed on: a verifier reads no more. */
const MOST_OF_ONE = 4

/** As many as the form of a presentation has room for. */
const MOST = 256

/**
 * The timestamps of these credentials among those at hand: each once, the first few of each. Where
 * they are more than a presentation has room for, one of each comes before a second of any.
 */
export function timestampsOf(
  credentials: readonly Pick<SecuredCredential, 'digestMultibase'>[],
  atHand: readonly Timestamp[],
): readonly Timestamp[] {
  const byDigest = new Map<string, Set<string>>(
    credentials.map(({ digestMultibase }) => [digestMultibase, new Set()]),
  )
  for (const { digestMultibase, rfc3161 } of atHand) byDigest.get(digestMultibase)?.add(rfc3161)
  const ranked = [...byDigest].flatMap(([digestMultibase, tokens]) =>
    [...tokens].slice(0, MOST_OF_ONE).map((rfc3161, rank) => ({ digestMultibase, rfc3161, rank })),
  )
  // Sorting keeps the order of those of equal rank.
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ digestMultibase, rfc3161 }) => ({ digestMultibase, rfc3161 }))
}
