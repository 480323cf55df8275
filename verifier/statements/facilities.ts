import type { Method } from '@battery-passport/rulebooks'
import type { Documents } from '../reading/documents.ts'
import { type Attestation, type Identity, isOfType } from '../reading/secured-credential.ts'

type FacilityIdScheme = Method['facilityIdScheme']

const PATTERNS: Readonly<Record<FacilityIdScheme, RegExp>> = {
  // GS1 TDS: company prefix and location reference are 12 digits together, then an extension.
  sgln: /^urn:epc:id:sgln:(?=[0-9]+\.[0-9]*\.)[0-9.]{13}\.[!-~]{1,20}$/,
  'register-url': /^https:\/\/[!-~]+$/,
  did: /^did:[a-z0-9]+:[A-Za-z0-9.%:_-]+$/,
}

const EXPECTED: Readonly<Record<FacilityIdScheme, string>> = {
  sgln: 'an SGLN URN such as urn:epc:id:sgln:9506000.11101.0',
  'register-url': 'the https URL of a register',
  did: 'a DID',
}

/** What a facility id should be in the scheme of a method, or null if it is. */
export function facilityIdFault(scheme: FacilityIdScheme, id: string): string | null {
  return PATTERNS[scheme].test(id) ? null : EXPECTED[scheme]
}

/**
 * The canonical id of a facility: other ids count only through the registered identity of its
 * operator, since who could alias freely could count one facility twice.
 */
export function canonicalFacility(id: string, operator: readonly Identity[]): string {
  for (const { credential } of operator) {
    const canonical = namesOf(credential.credentialSubject).aliases.get(id)
    if (canonical !== undefined) return canonical
  }
  return id
}

/**
 * The canonical id of what an attestation is about: a battery by its own id, a facility through the
 * identities of its operator.
 *
 * @param identities of any party
 */
export function attestedId({ credential }: Attestation, identities: readonly Identity[]): string {
  const subject = credential.credentialSubject
  if (subject.type === 'Battery') return subject.id
  const ofOperator = identities.filter(
    (identity) => identity.credential.credentialSubject.id === subject.operator,
  )
  return canonicalFacility(subject.id, ofOperator)
}

/** The DIDs that identities at hand name as operating any of some facilities, whoever signed them. */
export function registeredOperators(
  facilities: ReadonlySet<string>,
  { all }: Documents,
): readonly string[] {
  const dids = new Set<string>()
  for (const document of all) {
    if (document.ok && isOfType(document.secured, 'RegisteredIdentity')) {
      const subject = document.secured.credential.credentialSubject
      if (operates(subject, facilities)) dids.add(subject.id)
    }
  }
  return [...dids]
}

/** Whether an identity names any of some facilities, by its id or another. */
export function operates(identity: Registered, facilities: ReadonlySet<string>): boolean {
  const { ids, aliases } = namesOf(identity)
  for (const facility of facilities) if (ids.has(facility) || aliases.has(facility)) return true
  return false
}

type Registered = Identity['credential']['credentialSubject']

/** What an identity calls its facilities. */
interface FacilityNames {
  readonly ids: ReadonlySet<string>
  /** By another id of a facility, the first that has it. */
  readonly aliases: ReadonlyMap<string, string>
}

/** Every attestation asks every identity at hand, which may name thousands. */
const names = new WeakMap<Registered, FacilityNames>()

function namesOf(identity: Registered): FacilityNames {
  const known = names.get(identity)
  if (known !== undefined) return known
  const aliases = new Map<string, string>()
  for (const facility of identity.facilities) {
    for (const alias of facility.aliases ?? []) {
      if (!aliases.has(alias)) aliases.set(alias, facility.id)
    }
  }
  const made = { ids: new Set(identity.facilities.map(({ id }) => id)), aliases }
  names.set(identity, made)
  return made
}
