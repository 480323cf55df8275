import {
  STATUS_PURPOSES,
  type StatusPurpose,
  type SupplyChainRow,
} from '@battery-passport/contexts'
import {
  type AttestationSpec,
  type Change,
  type Consortium,
  type Party,
  presentationOf,
  type Signed,
  type Withdrawn,
} from '../../support/consortium.ts'

/** What differs from the honest chain; everything that pins what was changed is signed anew. */
export interface Plan {
  /** What the passport rests on; default: the climate of the pack plant. */
  readonly specs?: readonly AttestationSpec[]
  readonly attestation?: Change | ((spec: AttestationSpec) => Change)
  readonly accreditation?: Change | ((body: Party) => Change)
  readonly identity?: Change | ((party: Party) => Change)
  readonly passport?: Change
  readonly list?: Change | ((issuer: Party, purpose: StatusPurpose) => Change)
  readonly supplyChain?: readonly SupplyChainRow[]
  /** What the lists of an issuer say, by the key of the party. */
  readonly withdrawn?: Readonly<Record<string, Withdrawn>>
  /** Whether the accreditation body stands between scheme owner and assurance body. */
  readonly delegated?: boolean
  /** Scores the passport by honest attestations, where those of the plan cannot be read. */
  readonly scoredHonestly?: boolean
}

/** The credentials of one presentation; `rest` goes last. */
export interface Chain {
  readonly passport: Signed<'BatteryPassport'>
  readonly attestations: readonly Signed<'RulebookAttestation'>[]
  /** The nearest to the attestations first. */
  readonly accreditations: readonly Signed<'VerifierAccreditation'>[]
  readonly identities: readonly Signed<'RegisteredIdentity'>[]
  readonly lists: readonly Signed<'BitstringStatusListCredential'>[]
  readonly rest?: readonly Signed[]
}

/** The climate of the pack plant: the least a passport can rest on. */
export function packSpec({ specs, facilities, parties }: Consortium): AttestationSpec {
  const spec = specs.find(
    ({ facility, by }) => facility === facilities.packPlant && by === parties.climateBody,
  )
  if (spec === undefined) throw new TypeError('no attestation of the pack plant')
  return spec
}

/** The one row of the honest chain. */
export function packRows({ facilities }: Consortium): readonly SupplyChainRow[] {
  const facility = facilities.packPlant.id
  return [{ facility, stage: 'pack', share: 10000, custodyModel: 'segregated' }]
}

/**
 * A whole chain as small as it can be: the scheme owner is the registrar as well and accredits the
 * assurance bodies itself, and the passport rests on one attestation.
 */
export async function chainOf(consortium: Consortium, plan: Plan = {}): Promise<Chain> {
  const { parties } = consortium
  const { specs = [packSpec(consortium)], supplyChain = packRows(consortium) } = plan
  const operators = specs.flatMap(({ facility }) => (facility === null ? [] : [facility.operator]))
  const registered = [...new Set([parties.packMaker, ...operators])]
  const identities = await Promise.all(
    registered.map((party) => identityOf(consortium, party, changeFor(plan.identity, party))),
  )
  const bodies = [...new Set(specs.map(({ by }) => by))]
  const above = plan.delegated
    ? await accreditationOf(consortium, parties.accreditationBody, {
        change: changeFor(plan.accreditation, parties.accreditationBody),
      })
    : undefined
  const accreditations = await Promise.all(
    bodies.map((body) =>
      accreditationOf(consortium, body, {
        change: changeFor(plan.accreditation, body),
        ...(above === undefined ? {} : { above }),
      }),
    ),
  )
  const attest = (change: Plan['attestation']) =>
    Promise.all(
      specs.map((spec) => {
        const own = accreditations[bodies.indexOf(spec.by)]
        const rests = { subject: { accreditation: own?.reference } }
        return consortium.attestation(spec, merged(rests, changeFor(change, spec)))
      }),
    )
  const attestations = await attest(plan.attestation)
  const scored = plan.scoredHonestly ? await attest({}) : attestations
  const references = { subject: { attestations: attestations.map(({ reference }) => reference) } }
  const passport = await consortium.passport(merged(references, plan.passport ?? {}), {
    attestations: scored,
    supplyChain,
  })
  const issuers = [
    parties.schemeOwner,
    ...(plan.delegated ? [parties.accreditationBody] : []),
    ...bodies,
    parties.packMaker,
  ]
  const lists = await listsOf(consortium, issuers, plan)
  return {
    passport,
    attestations,
    accreditations: above === undefined ? accreditations : [...accreditations, above],
    identities,
    lists,
  }
}

/** A registered identity by the scheme owner. */
export function identityOf(consortium: Consortium, party: Party, change: Change = {}) {
  const { schemeOwner } = consortium.parties
  return consortium.identity(party, by(consortium, schemeOwner, `identities/${party.key}`, change))
}

/** An accreditation by the scheme owner, or, where one is given, on that above. */
export function accreditationOf(
  consortium: Consortium,
  body: Party,
  rest: { readonly change?: Change; readonly above?: Signed<'VerifierAccreditation'> } = {},
) {
  const { schemeOwner, accreditationBody } = consortium.parties
  const { above } = rest
  const issuer = above === undefined ? schemeOwner : accreditationBody
  const accreditedBy =
    above === undefined
      ? { alter: without('accreditedBy') }
      : { subject: { accreditedBy: above.reference } }
  const change = merged(accreditedBy, rest.change ?? {})
  return consortium.accreditation(
    body,
    by(consortium, issuer, `accreditations/${body.key}`, change),
  )
}

/** The two lists of each issuer. */
export async function listsOf(
  consortium: Consortium,
  issuers: readonly Party[],
  { withdrawn = {}, list }: Pick<Plan, 'withdrawn' | 'list'> = {},
) {
  const all: Signed<'BitstringStatusListCredential'>[] = []
  for (const issuer of issuers) {
    for (const [index, purpose] of STATUS_PURPOSES.entries()) {
      const change = typeof list === 'function' ? list(issuer, purpose) : (list ?? {})
      const both = await consortium.board.lists(issuer, withdrawn[issuer.key], change)
      const one = both[index]
      if (one !== undefined) all.push(one)
    }
  }
  return all
}

/** Every credential of a chain, the passport first. */
export function credentialsOf(chain: Chain): readonly Signed[] {
  const { passport, attestations, accreditations, identities, lists, rest = [] } = chain
  return [passport, ...attestations, ...accreditations, ...identities, ...lists, ...rest]
}

/** The presentation of a chain. */
export function present(chain: Chain): Uint8Array {
  return presentationOf(credentialsOf(chain))
}

/** Two changes, the second over the first. */
export function merged(first: Change, second: Change): Change {
  return {
    ...first,
    ...second,
    credential: { ...first.credential, ...second.credential },
    subject: { ...first.subject, ...second.subject },
    alter: (credential) => {
      const once = first.alter?.(credential) ?? credential
      return second.alter?.(once) ?? once
    },
  }
}

/** A change that leaves members of the subject out. */
export function without(...members: readonly string[]): NonNullable<Change['alter']> {
  return (credential) => {
    const kept = Object.entries(Object(credential.credentialSubject)).filter(
      ([key]) => !members.includes(key),
    )
    return { ...credential, credentialSubject: Object.fromEntries(kept) }
  }
}

/** Status entries in lists of the scheme owner that nobody has. */
export function unknownLists(): readonly object[] {
  return STATUS_PURPOSES.map((statusPurpose) => ({
    type: 'BitstringStatusListEntry',
    statusPurpose,
    statusListIndex: '7',
    statusListCredential: `https://schemeowner.example/status/${statusPurpose}/2`,
  }))
}

/** Issued by another than the consortium would have: with its name, its key and its lists. */
export function by(consortium: Consortium, issuer: Party, path: string, change: Change): Change {
  const id = `https://${issuer.key.toLowerCase()}.example/${path}`
  const credentialStatus = consortium.board.entriesFor(issuer, id)
  return merged(
    { credential: { id, issuer: issuer.did, credentialStatus }, signer: issuer.signer },
    change,
  )
}

function changeFor<T>(change: Change | ((subject: T) => Change) | undefined, subject: T): Change {
  return typeof change === 'function' ? change(subject) : (change ?? {})
}
