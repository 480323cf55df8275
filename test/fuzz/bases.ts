import type { ProofForm } from '@battery-passport/keys'
import type { Rulebook } from '@battery-passport/rulebooks'
import {
  accreditationOf,
  type Chain,
  chainOf,
  credentialsOf,
  listsOf,
  merged,
  type Plan,
  packSpec,
  present,
} from '../conformance/generator/chain.ts'
import { policyOf, schemeAnchor } from '../conformance/generator/policy.ts'
import { AT } from '../conformance/generator/studio.ts'
import {
  presented,
  type SeededAuthority,
  seededAuthority,
} from '../conformance/generator/timestamp.ts'
import { CUSTODY_SCOPE } from '../support/consortium/custody.ts'
import { Consortium, presentationOf, type Signed } from '../support/consortium.ts'
import { withTimestamps } from '../support/stamped.ts'

/** What is sent to the verifier in one question. */
export interface Sent {
  readonly input: Uint8Array
  readonly added: readonly Uint8Array[]
}

/** A presentation that is accepted. */
export interface Base extends Sent {
  readonly name: string
}

/** Whatever mutants are made of, and the one policy that all of them are judged by. */
export interface World {
  readonly bases: readonly Base[]
  /** Presentations whose parts are put into others: authentic ones, and those of an impostor. */
  readonly donors: readonly Uint8Array[]
  readonly policy: object
  readonly houses: readonly Consortium[]
  readonly at: string
}

const FORMS = ['eddsa-jcs-2022', 'eddsa-rdfc-2022', 'ecdsa-rdfc-2019', 'vc+jwt'] as const

/** The accreditation of the rich chain ends after the passport was signed and before the question. */
const END = '2026-09-25T00:00:00Z'
const BEFORE_END = '2026-09-24T23:59:59Z'

/**
 * The bases in every form: the least a passport can rest on, and a rich one with delegation,
 * custody, a withdrawal in part with its notice, and a timestamp that acceptance depends on. Who
 * signs in one base is somebody else in another, under the same ids, and the policy trusts them all.
 * Only one truth of each status list is ever signed: which of two fresh ones is the newer, a
 * verifier without memory cannot tell where only one is shown.
 */
export async function assembleWorld(): Promise<World> {
  const clock = await seededAuthority('Clock')
  const bases: Base[] = []
  const donors: Uint8Array[] = []
  const houses: Consortium[] = []
  for (const form of FORMS) {
    const plain = await houseOf(form, 'plain')
    const honest = await chainOf(plain)
    bases.push({ name: `plain ${form}`, input: present(honest), added: [] })
    donors.push(...(await others(plain, honest)))
    const rich = await houseOf(form, 'rich')
    bases.push({ name: `rich ${form}`, input: await richPresentation(rich, clock), added: [] })
    houses.push(plain, rich)
    if (form === 'vc+jwt') bases.push(compactBase(honest))
    if (form === 'eddsa-rdfc-2022') bases.push(await mixedBase(plain))
  }
  const impostor = await houseOf('eddsa-jcs-2022', 'impostor')
  donors.push(await richPresentation(impostor, clock))
  return {
    bases,
    donors: [...bases.map(({ input }) => input), ...donors],
    houses: [...houses, impostor],
    at: AT,
    policy: policyOf(impostor, {
      anchors: unique(houses.map(schemeAnchor)),
      timestampAuthorities: [{ certificate: clock.certificate }],
    }),
  }
}

function houseOf(form: ProofForm, name: string): Promise<Consortium> {
  const algorithm = form === 'ecdsa-rdfc-2019' ? 'P-256' : 'Ed25519'
  return Consortium.assemble({ seed: `Battery Passport fuzz ${name}`, form, algorithm })
}

/** The forms of one house have the same keys. */
function unique<T extends { readonly did: string }>(anchors: readonly T[]): readonly T[] {
  return [...new Map(anchors.map((anchor) => [anchor.did, anchor])).values()]
}

/** Each credential in a form of its own. */
async function mixedBase(house: Consortium): Promise<Base> {
  const form = 'eddsa-jcs-2022'
  const chain = await chainOf(house, {
    attestation: { form: 'vc+jwt' },
    accreditation: { form },
    identity: { form },
  })
  return { name: 'mixed forms', input: present(chain), added: [] }
}

/** The passport alone as a compact JWT, its chain beside it. */
function compactBase(chain: Chain): Base {
  const [, ...rest] = credentialsOf(chain)
  return { name: 'compact', input: chain.passport.bytes, added: [presentationOf(rest)] }
}

/** What is authentic and stands in no base: another battery, and other editions under the same ids. */
async function others(house: Consortium, honest: Chain): Promise<readonly Uint8Array[]> {
  const other = { credential: { id: 'https://packmaker.example/passports/other' } }
  const worse = worstAnswers(house)
  const another = await chainOf(house, { passport: other, attestation: worse })
  const wider = {
    subject: { mayDelegate: true, legalName: 'Climate Assurance Holding (fictional)' },
  }
  const editions: Plan[] = [
    { accreditation: wider },
    { identity: { subject: { legalName: 'Pack Maker Holding SE (fictional)' } } },
    { specs: house.specs.slice(0, 3) },
  ]
  const chains = [another, ...(await Promise.all(editions.map((plan) => chainOf(house, plan))))]
  const { lists } = honest
  return chains.map((chain) => present({ ...chain, lists: [...lists, ...chain.lists] }))
}

/** The pack plant did worse: a better edition of its attestation is a prize, and this one a threat. */
function worstAnswers(house: Consortium): NonNullable<Plan['attestation']> {
  return (spec) => {
    const rulebook: Rulebook = house.rulebook(spec.rulebook)
    const { results } = house.attestedSubject(spec)
    const isNone = (id: unknown) =>
      rulebook.indicators.some((each) => each.id === id && each.kind === 'boolean')
    const worst = Array.isArray(results)
      ? results.map((each) => (isNone(each.indicator) ? { ...each, value: 'false' } : each))
      : []
    return { subject: { results: worst } }
  }
}

async function richPresentation(house: Consortium, clock: SeededAuthority): Promise<Uint8Array> {
  const { climateBody, schemeOwner, accreditationBody, packMaker, socialBody, productBody } =
    house.parties
  const pack = packSpec(house)
  const model = house.specs.find(({ facility }) => facility === null)
  const labour = house.specs.find(
    ({ facility, by }) => facility === house.facilities.packPlant && by === socialBody,
  )
  if (model === undefined || labour === undefined) throw new TypeError('bases: no such attestation')
  const specs = [pack, labour, model]
  const plan: Plan = {
    specs,
    delegated: true,
    accreditation: (body) => (body === climateBody ? { credential: { validUntil: END } } : {}),
  }
  const chain = await chainOf(house, plan)
  const custodian = await custodianOf(house)
  const supplyChain = chain.passport.secured.credential.credentialSubject.supplyChain
  const custody = await house.custody(custodian, { subject: { supplyChain } })
  const passport = await house.passport(
    {},
    { attestations: chain.attestations, supplyChain, custody: [custody] },
  )
  const [withdrawn] = chain.attestations
  if (withdrawn === undefined) throw new TypeError('bases: no attestation')
  const notice = await house.notice(climateBody, withdrawn, {
    subject: { withdraws: { kind: 'indicators', indicators: ['climate.inventory'] } },
  })
  const issuers = [schemeOwner, accreditationBody, climateBody, socialBody, productBody, packMaker]
  const lists = await listsOf(house, issuers, {
    withdrawn: {
      climateBody: { revoked: [withdrawn.id], notices: [{ about: withdrawn.id, notice }] },
    },
  })
  const rest: readonly Signed[] = [custody, custodian, notice]
  const bytes = present({ ...chain, passport, lists, rest })
  const { digestMultibase } = withdrawn.reference
  const token = await clock.stamp(digestMultibase, BEFORE_END)
  return withTimestamps(bytes, [presented(digestMultibase, token)])
}

/** The product body is accredited for custody by an accreditation of its own. */
function custodianOf(house: Consortium) {
  const { productBody, schemeOwner } = house.parties
  const id = 'https://schemeowner.example/accreditations/custody'
  return accreditationOf(house, productBody, {
    change: merged(
      {},
      {
        credential: { id, credentialStatus: house.board.entriesFor(schemeOwner, id) },
        subject: { scope: [CUSTODY_SCOPE] },
      },
    ),
  })
}
