import { accreditationForm } from './party-forms.ts'
import type { PilotAccreditation } from './pilot.ts'
import { deskOptions, keyOptions } from './signing-options.ts'
import { didOf, onlyParty, type World } from './world.ts'
import { writeJson } from './write-json.ts'

/** Where the accreditation of a body is. */
export function accreditationFile({ places }: Pick<World, 'places'>, body: string): string {
  return places.credentials('accreditations', `${body}.json`)
}

/**
 * The scheme owner accredits the accreditation body; this accredits the assurance bodies, and its
 * own accreditation is pinned in theirs.
 */
export async function accreditBodies(world: World): Promise<number> {
  const { pilot } = world
  const scheme = onlyParty(world, 'scheme-owner').key
  const council = onlyParty(world, 'accreditation-body').key
  const by = (accreditor: string) =>
    [...pilot.accreditations].filter(([, { accreditedBy }]) => accreditedBy === accreditor)
  await accreditAll(world, scheme, by(scheme), [])
  const pinned = ['--accredited-by', accreditationFile(world, council)]
  await accreditAll(world, council, by(council), pinned)
  return pilot.accreditations.size
}

async function accreditAll(
  world: World,
  accreditor: string,
  accreditations: readonly (readonly [string, PilotAccreditation])[],
  options: readonly string[],
): Promise<void> {
  const { pilot, places, calls, now } = world
  const files: string[] = []
  for (const [body, accreditation] of accreditations) {
    const party = pilot.parties.find(({ key }) => key === body)
    if (party === undefined) throw new TypeError(`accreditations.json: no party ${body}`)
    const form = places.form('accreditations', `${body}.json`)
    await writeJson(form, accreditationForm(party, accreditation, didOf(world, body), now()))
    files.push('--in', form, '--out', accreditationFile(world, body))
  }
  const signer = [...keyOptions(world, accreditor), ...deskOptions(world, accreditor)]
  await calls.must(['accredit', ...signer, ...options, ...files])
}
