import { formatInstant } from '@battery-passport/contexts'
import { type Complaint, refusal } from '../errors.ts'
import { memberOf, text } from '../service/json-members.ts'
import type { AssembledRequest } from './assemble-request.ts'

/**
 * Refuses a battery that is yet to be made: a passport is of one that exists.
 *
 * @param now whole seconds since the epoch
 * @throws {CommandError} refused, naming each request
 */
export function refuseFuture(
  requests: readonly {
    readonly request: AssembledRequest
    readonly place: (pointer: string) => string
  }[],
  now: number,
): void {
  const today = formatInstant(now).slice(0, 10)
  const complaints = requests.flatMap(({ request, place }): Complaint[] => {
    const made = text(memberOf(request.battery).manufacturedOn)
    if (made === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(made) || made <= today) return []
    return [
      {
        what: 'The battery would be made in the future.',
        where: place('/battery/manufacturedOn'),
        expected: `${today} or before`,
        found: made,
        remedy: 'Correct the day, or ask for the passport once the battery is made.',
      },
    ]
  })
  if (complaints.length > 0) throw refusal(...complaints)
}
