import { type CoveredKey, parseInstant } from '@battery-passport/contexts'
import type { IssuanceFault } from '../errors.ts'
import { orderFaults } from './shape.ts'

/** Keys whose dates are in no order. */
export function keyFaults(keys: readonly CoveredKey[], pointer: string): IssuanceFault[] {
  return keys.flatMap((key, index) =>
    orderFaults(key, parseInstant, {
      pointer: `${pointer}/${index}`,
      from: 'from',
      until: 'until',
    }),
  )
}

/** Whether a key is listed for an instant; bounds are inclusive. */
export function isListedKey(
  keys: readonly CoveredKey[],
  thumbprint: string,
  instant: number,
): boolean {
  return keys.some((key) => {
    const from = parseInstant(key.from)
    const until = parseInstant(key.until)
    return (
      key.thumbprint === thumbprint &&
      from !== null &&
      until !== null &&
      from <= instant &&
      instant <= until
    )
  })
}
