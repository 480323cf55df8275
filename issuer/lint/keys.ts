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
