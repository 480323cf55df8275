import { schemaFaults, type Validator } from '@battery-passport/contexts'
import type { Fault } from './fault.ts'

/** Every way in which a document does not have the shape of its schema. */
export function shapeFaults(validator: Validator, title: string, document: unknown): Fault[] {
  return schemaFaults(validator, document).map(({ pointer, expected, found }) => ({
    pointer,
    expected,
    found,
    detail: `This does not have the shape a ${title.toLowerCase()} has there.`,
    remedy: `Compare it with the JSON Schema of a ${title.toLowerCase()} (schemas/${title}.json).`,
  }))
}
