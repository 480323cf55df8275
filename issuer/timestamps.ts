import type { Presentation } from '@battery-passport/contexts'
import type { SecuredCredential } from '@battery-passport/verifier'

/** A timestamp as it stands in a presentation. */
export type Timestamp = NonNullable<Presentation['timestamps']>[number]

/** The most timestamps of one credential that are handed on: a verifier reads no more. */
const MOST_OF_ONE = 4

/** The timestamps of these credentials among those at hand: each once, the first few of each. */
export function timestampsOf(
  credentials: readonly Pick<SecuredCredential, 'digestMultibase'>[],
  atHand: readonly Timestamp[],
): readonly Timestamp[] {
  const byDigest = new Map<string, Set<string>>(
    credentials.map(({ digestMultibase }) => [digestMultibase, new Set()]),
  )
  for (const { digestMultibase, rfc3161 } of atHand) {
    const known = byDigest.get(digestMultibase)
    if (known !== undefined && known.size < MOST_OF_ONE) known.add(rfc3161)
  }
  return [...byDigest].flatMap(([digestMultibase, tokens]) =>
    [...tokens].map((rfc3161) => ({ digestMultibase, rfc3161 })),
  )
}
