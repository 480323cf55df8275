import { identityForm } from './party-forms.ts'
import { REGISTER } from './places.ts'
import { deskOptions, keyOptions } from './signing-options.ts'
import { didOf, onlyParty, type World } from './world.ts'
import { writeJson } from './write-json.ts'

/** The scheme owner, as registrar, signs whose DID is whose: everybody's but its own. */
export async function registerParties(world: World): Promise<number> {
  const { pilot, places, calls, now } = world
  const registrar = onlyParty(world, 'scheme-owner')
  const parties = pilot.parties.filter(({ key }) => key !== registrar.key)
  const files: string[] = []
  for (const party of parties) {
    const form = places.form('identities', `${party.key}.json`)
    await writeJson(form, identityForm(party, didOf(world, party.key), { pilot, now: now() }))
    files.push('--in', form, '--out', places.credentials('identities', `${party.key}.json`))
  }
  const desk = deskOptions(world, registrar.key, REGISTER)
  await calls.must(['identify', ...keyOptions(world, registrar.key), ...desk, ...files])
  return parties.length
}
