import { verifyMany } from '@battery-passport/verifier'
import { VerifierThreads } from '@battery-passport/verifier/threads'
import { presentationOf } from '../test/support/consortium.ts'
import { type Chain, wholePresentations } from './chain.ts'
import type { Side } from './measure.ts'
import type { NaiveStack } from './naive.ts'
import type { Contest } from './row.ts'

/**
 * Row 3: many passports that rest on the same credentials, by verifiers that have seen nothing
 * before. Every passport is walked to the anchor and its score compared. The library has no memory:
 * it verifies everything for each passport, so that a few of them tell what all would take. On one
 * core what counts is the time of the processor, on two threads that of the clock.
 */
export function bulkContests(chain: Chain, naive: NaiveStack, theirs: Chain): readonly Contest[] {
  const passports = chain.passports.map(({ bytes }) => bytes)
  const shared = [presentationOf(chain.shared)]
  const name = `bulk: ${passports.length} passports that share their attestations`
  const threads = new VerifierThreads({ policy: chain.policy, methods: [], rulebooks: [] }, 2)
  const library = librarySide(naive, theirs)
  return [
    {
      row: 3,
      name: `${name}, one core`,
      goal: 150,
      by: 'processor',
      library,
      ours: {
        async run() {
          const asked = { clock: chain.clock, with: shared }
          for await (const verdict of verifyMany(passports, chain.policy, asked)) {
            assertAccepted(verdict)
          }
          return passports.length
        },
      },
    },
    {
      row: 3,
      name: `${name}, two threads`,
      goal: 300,
      by: 'elapsed',
      library,
      ours: {
        async run() {
          threads.forget()
          const asked = { clock: chain.clock, with: shared, form: 'text' } as const
          for await (const answer of threads.verify(passports, asked)) assertAccepted(answer)
          return passports.length
        },
      },
      dispose: () => threads.close(),
    },
  ]
}

function librarySide(naive: NaiveStack, theirs: Chain): Side {
  const presentations = wholePresentations(theirs)
  return {
    async run() {
      for (const presentation of presentations) await naive.verifyAll(presentation)
      return presentations.length
    },
  }
}

function assertAccepted({ outcome }: { readonly outcome: string }): void {
  if (outcome !== 'accepted') throw new Error(`the verifier refused what is right: ${outcome}`)
}
