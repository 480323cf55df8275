import { accreditBodies } from './accredit-bodies.ts'
import { attestEngagements } from './attest-engagements.ts'
import { attestShares } from './attest-shares.ts'
import { makeKeys } from './make-keys.ts'
import { publishLists } from './publish-lists.ts'
import { registerParties } from './register-parties.ts'
import type { World } from './world.ts'
import { writePolicy } from './write-policy.ts'

/** What registrar, accreditors and assurance bodies sign, each with its own key at its own desk. */
export async function signEverything(world: World): Promise<void> {
  const { board, pilot } = world
  board.heading('Registrar, accreditors and assurance bodies')
  await board.step(
    () => makeKeys(world),
    () => `${pilot.parties.length} keys, each encrypted in a file of its owner`,
  )
  await board.step(
    () => registerParties(world),
    (count) => `${count} identities registered by the scheme owner`,
  )
  await board.step(
    () => accreditBodies(world),
    (count) => `${count} accreditations, one of them delegating`,
  )
  await board.step(
    () => attestEngagements(world),
    (count) => `${count} attestations signed, from CSV results and evidence files`,
  )
  await board.step(
    () => attestShares(world),
    () => 'the shares of the supply chain assured, in a custody attestation',
  )
  await board.step(
    () => publishLists(world),
    (count) => `status lists of ${count} desks published`,
  )
  await board.step(
    () => writePolicy(world),
    () => 'the buyer’s policy: one trust anchor, minimums',
  )
}
