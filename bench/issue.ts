import { onceKey } from '@battery-passport/issuer/service'
import type { Issuing } from './issuing.ts'
import type { Contest } from './row.ts'

/** As the items of a batch come: enough that the disk and both threads always have something to do. */
export const IN_FLIGHT = 64

/**
 * Row 4: issue a passport durably, many at a time. Ours verifies what the passport rests on,
 * composes it, evaluates the rulebooks, records the intent, signs, verifies the result as a stranger
 * would, and commits it with an audit entry. The library signs what it is given.
 */
export function issueContest(
  issuing: Issuing,
  count: { readonly ours: number; readonly library: number },
): Contest {
  return {
    row: 4,
    name: `issue durably in process, ${IN_FLIGHT} at a time, level with sync`,
    goal: 10,
    by: 'elapsed',
    ours: {
      run: () =>
        inFlight(count.ours, async () => {
          const request = issuing.nextRequest()
          const body = new TextEncoder().encode(JSON.stringify(request))
          await issuing.service.issue(request, onceKey(crypto.randomUUID(), body))
        }),
    },
    library: {
      run: () =>
        inFlight(count.library, async () => {
          await issuing.issueNaively(issuing.nextRequest())
        }),
    },
  }
}

/** Does something that often, and no more than so many at a time. */
export async function inFlight(count: number, act: () => Promise<void>): Promise<number> {
  let left = count
  const lane = async () => {
    while (left-- > 0) await act()
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane))
  return count
}
