import type { Board } from './board.ts'
import type { Pilot, PilotParty, PilotRole } from './pilot.ts'
import type { Places } from './places.ts'
import type { ProgramCalls } from './program-calls.ts'

/** What every step of the demo works with. */
export interface World {
  readonly pilot: Pilot
  readonly places: Places
  readonly calls: ProgramCalls
  readonly board: Board
  /** Seconds since the epoch. */
  readonly now: () => number
  /** The DID of each party, by its key; filled when the keys are made. */
  readonly dids: Map<string, string>
  /** How many item passports are issued. */
  readonly items: number
}

/** How many processes run at a time: the demo is made for two cores. */
export const AT_A_TIME = 3

/** A model of battery by its GTIN (a GS1 Digital Link); 9506000 is the prefix GS1 keeps for examples. */
const GTIN = '09506000134352'

/** The id of the battery model. */
export function modelId(world: Pick<World, 'pilot'>): string {
  return `https://id.${onlyParty(world, 'manufacturer').domain}/01/${GTIN}`
}

/** Where the service of the manufacturer would be found. */
export function serviceUrl(world: Pick<World, 'pilot'>): string {
  return `https://passports.${onlyParty(world, 'manufacturer').domain}`
}

/** The DID of a party whose key was made. */
export function didOf({ dids }: Pick<World, 'dids'>, party: string): string {
  const did = dids.get(party)
  if (did === undefined) throw new TypeError(`the pilot has no party ${party}`)
  return did
}

/** The parties of a role. */
export function partiesOf({ pilot }: Pick<World, 'pilot'>, role: PilotRole): readonly PilotParty[] {
  return pilot.parties.filter((party) => party.role === role)
}

/** The one party of a role. */
export function onlyParty(world: Pick<World, 'pilot'>, role: PilotRole): PilotParty {
  const [party, ...others] = partiesOf(world, role)
  if (party === undefined || others.length > 0) {
    throw new TypeError(`the pilot must have one ${role}`)
  }
  return party
}

/** The id of a facility by its key. */
export function facilityId({ pilot }: Pick<World, 'pilot'>, facility: string): string {
  const found = pilot.facilities.find(({ key }) => key === facility)
  if (found === undefined) throw new TypeError(`the pilot has no facility ${facility}`)
  return found.id
}
