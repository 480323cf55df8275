import { createVerifier } from '@battery-passport/verifier'
import { presentationOf } from '../test/support/consortium.ts'
import { type Chain, wholePresentations } from './chain.ts'
import type { NaiveStack } from './naive.ts'
import type { Contest } from './row.ts'
import { verifyAccepted } from './verify-accepted.ts'

/**
 * Row 3: many passports that rest on the same credentials, by one verifier that has seen nothing
 * before. Every passport is walked to the anchor and its score compared. The library has no memory:
 * it verifies everything for each passport, so that a few of them tell what all would take.
 */
export function bulkContest(chain: Chain, naive: NaiveStack, theirs: Chain): Contest {
  const shared = presentationOf(chain.shared)
  const theirPresentations = wholePresentations(theirs)
  return {
    row: 3,
    name: `bulk: ${chain.passports.length} passports that share their attestations, one core`,
    goal: 50,
    by: 'processor',
    ours: {
      async run() {
        const verifier = createVerifier(chain)
        for (const { bytes } of chain.passports) {
          await verifyAccepted(verifier, bytes, { with: [shared] })
        }
        return chain.passports.length
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
