import { list, memberOf, parsed, text } from '../service/json-members.ts'
import type { World } from './world.ts'

/** The ids of what was submitted, as passport requests name them. */
export interface SubmittedEvidence {
  readonly attestations: readonly string[]
  readonly custody: readonly string[]
}

/**
 * Hands everything that was signed to the service, with `submit`: it verifies all of it before it
 * stores any.
 */
export async function submitEvidence(
  { places, calls }: World,
  service: readonly string[],
): Promise<SubmittedEvidence> {
  const printed = await calls.must(['submit', ...service, '--json', places.credentials()])
  const stored = list(memberOf(parsed(printed)).stored)
  const ofType = (wanted: string) =>
    stored.flatMap(({ type, id }) => {
      const name = text(id)
      return text(type) === wanted && name !== undefined ? [name] : []
    })
  return { attestations: ofType('RulebookAttestation'), custody: ofType('CustodyAttestation') }
}
