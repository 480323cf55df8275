import type { PassportSubject } from '@battery-passport/contexts'
import type { IssuanceFault } from '../errors.ts'

type Described<T> = T extends unknown ? Omit<T, 'score'> : never

/** A passport of a model or batch is about that model or batch itself, so that nobody reads two. */
export function batteryIdFaults(battery: Described<PassportSubject>): IssuanceFault[] {
  const { granularity, id } = battery
  const named =
    granularity === 'model' ? battery.model : granularity === 'batch' ? battery.batch : id
  if (named === id) return []
  return [
    {
      code: 'SCHEMA',
      pointer: '/credentialSubject/id',
      expected: `${named}, the ${granularity} it names`,
      found: id,
      detail: `The passport of a ${granularity} is about that ${granularity} itself.`,
      remedy: `Give id and ${granularity} the same value.`,
    },
  ]
}
