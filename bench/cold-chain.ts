import { createVerifier } from '@battery-passport/verifier'
import { type Chain, wholePresentations } from './chain.ts'
import type { NaiveStack } from './naive.ts'
import type { Contest } from './row.ts'
import { verifyAccepted } from './verify-accepted.ts'

/**
 * Row 2: a passport with its whole chain, by a verifier that has seen nothing before. Ours walks the
 * chain to its anchor and recomputes the score. The library verifies every credential that has a
 * status, and for each of them both status lists, which it verifies each time.
 */
export function coldChainContest(chain: Chain, naive: NaiveStack, theirs: Chain): Contest {
  const presentations = wholePresentations(chain)
  const theirPresentations = wholePresentations(theirs)
  const { attestations, accreditations, lists } = chain
  return {
    row: 2,
    name: `cold chain: 1 passport, ${attestations.length} attestations, ${accreditations.length} accreditations, ${lists.length} status lists`,
    goal: 10,
    by: 'processor',
    ours: {
      async run() {
        for (const presentation of presentations) {
          await verifyAccepted(createVerifier(chain), presentation)
        }
        return presentations.length
      },
    },
    library: {
      async run() {
        for (const presentation of theirPresentations) await naive.verifyAll(presentation)
        return theirPresentations.length
      },
    },
  }
}
