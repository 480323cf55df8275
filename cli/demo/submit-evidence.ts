import { list, memberOf, parsed, text } from '../service/json-members.ts'
import type { World } from './world.ts'

/**
 * Hands everything that was signed to the service, with `submit`: it verifies all of it before it
 * stores any.
 *
 * @returns the ids of the attestations, as passport requests name them
 */
export async function submitEvidence(
  { places, calls }: World,
  service: readonly string[],
): Promise<readonly string[]> {
  const printed = await calls.must(['submit', ...service, '--json', places.credentials()])
  const stored = list(memberOf(parsed(printed)).stored)
  return stored.flatMap(({ type, id }) => {
    const name = text(id)
    return text(type) === 'RulebookAttestation' && name !== undefined ? [name] : []
  })
}
