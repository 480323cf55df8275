import { briefly, type Clock, type VerdictInBrief, type Verifier } from '@battery-passport/verifier'
import { type ThreadStart, VerifierThread } from '@battery-passport/verifier/threads'
import type { EvidenceChain } from './evidence-pool.ts'
import type { OwnListRecord } from './records.ts'
import { Series } from './series.ts'

/** A passport that was signed and is not released yet, with what it would be handed out with. */
export interface UnreleasedPassport {
  readonly text: string
  readonly chain: EvidenceChain
  /** The newest editions of our own lists it has entries in. */
  readonly lists: readonly OwnListRecord[]
  /** The id of the battery. */
  readonly subject: string
  readonly issuer: string
}

/** Verifies what the service is about to release, as a stranger would. */
export interface OutputCheck {
  verify(passport: UnreleasedPassport): Promise<VerdictInBrief>
  close(): Promise<void>
}

/** On the thread of the service: nothing else is done meanwhile. */
export function checkInPlace(verifier: Verifier): OutputCheck {
  const companions = new Series((inputs) => verifier.prepare(inputs))
  return {
    async verify({ text, chain, lists, subject, issuer }) {
      const verdict = await verifier.verifyPassport(new TextEncoder().encode(text), {
        with: companions.of(chain, lists),
        expectSubject: subject,
        expectIssuer: issuer,
      })
      return briefly(verdict)
    },
    close: async () => undefined,
  }
}

/** On a thread of its own, while the service makes the next passport. */
export function checkOnThread(start: ThreadStart, clock: Clock): OutputCheck {
  const thread = new VerifierThread(start)
  const companions = new Series(
    (inputs) => thread.keep(inputs),
    (kept) => thread.release(kept),
  )
  return {
    verify: ({ text, chain, lists, subject, issuer }) =>
      thread.verifyPassport({
        passport: text,
        companions: companions.of(chain, lists),
        now: clock.now(),
        expectSubject: subject,
        expectIssuer: issuer,
      }),
    close: () => thread.close(),
  }
}
