import { DATES } from './dates.ts'
import type { Facilities, Parties, Party } from './parties.ts'

/** The subject of an honest identity. */
export function registeredSubject(
  party: Party,
  { parties, facilities }: { readonly parties: Parties; readonly facilities: Facilities },
): object {
  const operated = Object.values(facilities).filter(({ operator }) => operator === party)
  return {
    id: party.did,
    type: 'RegisteredOrganization',
    legalName: party.legalName,
    lei: party.lei,
    ultimateParentLei: party.ultimateParentLei,
    roles: [roleOf(party, parties)],
    facilities: operated.map(({ id }) => ({ id })),
    keys: [coveredKey(party)],
  }
}

/** The key of a party, as identities and accreditations list it. */
export function coveredKey({ signer }: Party) {
  const { validFrom: from, validUntil: until } = DATES.accreditations
  return { thumbprint: signer.publicKey.thumbprint, from, until }
}

function roleOf(party: Party, parties: Parties): string {
  const { packMaker, miner, refiner, cellMaker, accreditationBody } = parties
  if (party === packMaker) return 'manufacturer'
  if ([miner, refiner, cellMaker].includes(party)) return 'operator'
  return party === accreditationBody ? 'accreditation-body' : 'assurance-body'
}
