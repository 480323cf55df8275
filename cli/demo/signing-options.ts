import { REGISTER } from './places.ts'
import type { World } from './world.ts'

/** The options that open a party's key. */
export function keyOptions({ places }: World, party: string): readonly string[] {
  return ['--key', places.key(party), '--passphrase-file', places.passphrase]
}

/** The options that name a party's desk, and where its status lists would be published. */
export function deskOptions(
  { places, pilot }: World,
  party: string,
  desk: string = party,
): readonly string[] {
  const domain = pilot.parties.find(({ key }) => key === party)?.domain ?? 'unknown.example'
  const path = desk === REGISTER ? 'register/status' : 'status'
  return ['--desk', places.desk(desk), '--status-base', `https://${domain}/${path}`]
}
