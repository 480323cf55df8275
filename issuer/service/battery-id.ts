import type { BatteryDescription } from '../issue-request.ts'

/** The battery a request is about: a model or batch itself; an item has an id of its own. */
export function batteryIdOf(battery: BatteryDescription): string {
  switch (battery.granularity) {
    case 'item':
      return battery.id
    case 'batch':
      return battery.batch
    case 'model':
      return battery.model
  }
}
