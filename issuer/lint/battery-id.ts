import type { PassportSubject } from '@battery-passport/contexts'
import type { IssuanceFault } from '../errors.ts'

type Described<T> = T extends unknown ? Omit<T, 'score'> : never

/** A passport of a model or batch is about that model or batch itself, so that nobody reads two. */
export function batteryIdFaults(battery: Described<PassportSubject>): IssuanceFault[] {
  const { granularity, id } = battery
  const named =
    granularity === 'model' ? battery.model : granularity === 'batch' ? battery.batch : id
  if (granularity === 'item' && (id === battery.model || id === battery.batch)) {
    return [
      {
        code: 'SCHEMA',
        pointer: '/credentialSubject/id',
        expected: 'an id that is that of no model and no batch',
        found: id,
        detail: 'The passport of an item is about that item itself.',
        remedy: 'Give the item an id of its own, or issue the passport of its model or batch.',
      },
    ]
  }
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
