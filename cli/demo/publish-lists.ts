import { atMost } from '../at-most.ts'
import { REGISTER } from './places.ts'
import { keyOptions } from './signing-options.ts'
import { AT_A_TIME, onlyParty, partiesOf, type World } from './world.ts'

/** Everybody who signed publishes the status lists of the desk, with `lists`. */
export async function publishLists(world: World): Promise<number> {
  const { places, calls } = world
  const scheme = onlyParty(world, 'scheme-owner').key
  const desks = [
    { desk: REGISTER, party: scheme },
    { desk: scheme, party: scheme },
    { desk: onlyParty(world, 'accreditation-body').key },
    ...partiesOf(world, 'assurance-body').map(({ key }) => ({ desk: key })),
  ]
  await atMost(
    AT_A_TIME,
    desks,
    async ({ desk, party = desk }: { desk: string; party?: string }) => {
      const out = ['--out', places.credentials('lists', desk)]
      const signer = keyOptions(world, party)
      await calls.must(['lists', ...signer, '--desk', places.desk(desk), ...out])
    },
  )
  return desks.length
}
