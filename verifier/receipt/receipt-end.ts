import { formatInstant } from '@battery-passport/contexts'
import type { EffectivePolicy } from '../policy/policy.ts'
import { instant } from '../reading/calendar.ts'
import type { ChainLink, PassportVerdict } from '../verdict.ts'

/**
 * Until when a verdict can be relied on without asking again: until the first status list it used
 * ends or becomes older than the policy allows, or a credential it used ends, whichever comes first.
 * A verdict that used no list says nothing about any other instant than its own.
 */
export function receiptEnd(
  { at, chain }: Pick<PassportVerdict, 'at' | 'chain'>,
  { statusMaximumAge }: Pick<EffectivePolicy, 'statusMaximumAge'>,
): string {
  const asked = instant(at)
  const used = chain.filter(({ result }) => result !== 'unused')
  const lists = used.filter(({ type }) => type === 'BitstringStatusListCredential')
  const ofLists = [
    ...lists.flatMap(endsOf),
    ...lists.flatMap(({ signedAt }) =>
      signedAt === undefined ? [] : [instant(signedAt) + statusMaximumAge],
    ),
  ]
  if (ofLists.length === 0) return at
  const ends = [
    ...ofLists,
    // What had ended before was judged as such: it changes nothing later.
    ...used.flatMap(endsOf).filter((end) => end >= asked),
  ]
  return formatInstant(Math.max(asked, Math.min(...ends)))
}

function endsOf({ validUntil }: ChainLink): readonly number[] {
  return validUntil === undefined ? [] : [instant(validUntil)]
}
