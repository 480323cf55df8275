import {
  type Activity,
  CONTEXTS,
  digestMultibase,
  type SupplyChainRow,
  VC_CONTEXT,
} from '@battery-passport/contexts'
import type { ProofForm } from '@battery-passport/keys'
import {
  appliesTo,
  type CheckedMethod,
  type CheckedRulebook,
  checkMethod,
  checkRulebook,
  evaluate,
  type LoadedMethod,
  loadMethod,
  type Rulebook,
  SHIPPED_METHODS,
  SHIPPED_RULEBOOKS,
} from '@battery-passport/rulebooks'
import {
  attestedAnswers,
  createVerifier,
  type EffectivePolicy,
  parsePolicy,
  type Verifier,
} from '@battery-passport/verifier'
import { bestAnswers } from './answers.ts'
import { clockAt, DATES, NOW } from './dates.ts'
import {
  type Facilities,
  type Facility,
  facilitiesOf,
  makeParties,
  type Parties,
  type Party,
} from './parties.ts'
import { type AnyCredential, type Change, type Signed, signAnyway } from './signed.ts'
import { smallMethod } from './small-method.ts'
import { StatusBoard, type Withdrawn } from './status-board.ts'

/** What an attestation of the consortium is about, under which rulebook, and by whom. */
export interface AttestationSpec {
  readonly rulebook: string
  /** Null: the battery model. */
  readonly facility: Facility | null
  readonly by: Party
}

export interface ConsortiumOptions {
  /** Default `small`: two rulebooks. `esg`: the shipped seven. */
  readonly method?: 'small' | 'esg'
  /** How everything is secured unless a change says otherwise. */
  readonly form?: ProofForm
  /** Default Ed25519. */
  readonly algorithm?: 'Ed25519' | 'P-256'
}

/** The parts of a presentation; each default is the honest one. */
export interface PresentationParts {
  readonly passport?: Signed
  readonly attestations?: readonly Signed[]
  readonly accreditations?: readonly Signed[]
  readonly identities?: readonly Signed[]
  readonly lists?: readonly Signed[]
  /** Leaves out what it says true to. */
  readonly omit?: (signed: Signed) => boolean
  /** Put at the end. */
  readonly add?: readonly Signed[]
}

/** The id of the battery model that product attestations are about. */
export const MODEL_ID = 'https://id.packmaker.example/01/09506000134352'
/** The id of the one battery the default passport is about. */
export const BATTERY_ID = `${MODEL_ID}/21/7F3KQ2ZD9X`
const PASSPORT_ID = 'https://packmaker.example/passports/4jv2q7yrhx6gd3ktbn5wmczf8e'

/**
 * A fictional consortium that signs real credentials with keys made for this run. Everything it
 * makes by default is honest and accepted; every part can be made wrong with a `Change`, which is
 * signed as it is, without any check. A class, since each credential takes an index of a list.
 *
 * ```ts
 * const consortium = await Consortium.assemble()
 * const adverse = await consortium.attestation(consortium.specs[0], {
 *   subject: { engagement: { ...ENGAGEMENT, conclusion: 'adverse' } } })
 * const attestations = consortium.replacing(adverse)
 * const passport = await consortium.passport({}, { attestations })
 * const verdict = await consortium.verifier().verifyPassport(
 *   await consortium.presentation({ passport, attestations }))
 * ```
 */
export class Consortium {
  readonly parties: Parties
  readonly facilities: Facilities
  readonly rulebooks: readonly CheckedRulebook[]
  readonly method: LoadedMethod
  readonly board = new StatusBoard()
  readonly form: ProofForm
  /** What the honest passport rests on: every facility × rulebook that asks something of it, and the model. */
  readonly specs: readonly AttestationSpec[]
  /** The honest ones, by the key of the party they are about. */
  identities: ReadonlyMap<string, Signed<'RegisteredIdentity'>> = new Map()
  accreditations: ReadonlyMap<string, Signed<'VerifierAccreditation'>> = new Map()
  attestations: readonly Signed<'RulebookAttestation'>[] = []

  private constructor(options: ConsortiumOptions) {
    const { method = 'small', algorithm = 'Ed25519' } = options
    this.form = options.form ?? (algorithm === 'Ed25519' ? 'eddsa-jcs-2022' : 'ecdsa-rdfc-2019')
    this.parties = makeParties(algorithm)
    this.facilities = facilitiesOf(this.parties)
    const documents = method === 'small' ? smallMethod() : shippedMethod()
    this.rulebooks = documents.rulebooks
    this.method = loadMethod(documents.method, documents.rulebooks)
    this.specs = this.#specs()
  }

  /** Everybody is registered and accredited, and every facility and the model attested. */
  static async assemble(options: ConsortiumOptions = {}): Promise<Consortium> {
    const consortium = new Consortium(options)
    const { accreditationBody, climateBody, socialBody, productBody } = consortium.parties
    const { registrar: _, schemeOwner: __, ...registered } = consortium.parties
    for (const party of Object.values(registered)) {
      consortium.identities = added(consortium.identities, party, await consortium.identity(party))
    }
    for (const body of [accreditationBody, climateBody, socialBody, productBody]) {
      consortium.accreditations = added(
        consortium.accreditations,
        body,
        await consortium.accreditation(body),
      )
    }
    consortium.attestations = await Promise.all(
      consortium.specs.map((spec) => consortium.attestation(spec)),
    )
    return consortium
  }

  /** The supply chain of the battery: the mine's nickel leaves 3000 basis points unknown. */
  get supplyChain(): readonly SupplyChainRow[] {
    const { mine, refinery, cellPlant, packPlant } = this.facilities
    const row = (facility: Facility, stage: string, share: number, material?: string) => ({
      facility: facility.id,
      stage,
      ...(material === undefined ? {} : { material }),
      share,
      custodyModel: 'segregated' as const,
    })
    return [
      row(mine, 'mining', 10000, 'lithium'),
      row(mine, 'mining', 7000, 'nickel'),
      row(refinery, 'refining', 10000, 'nickel'),
      row(cellPlant, 'cell', 10000),
      row(packPlant, 'pack', 10000),
    ]
  }

  /** What a facility was attested to do. */
  activitiesOf(facility: Facility): readonly Activity[] {
    return this.supplyChain
      .filter((row) => row.facility === facility.id)
      .map(({ stage, material }) => (material === undefined ? { stage } : { stage, material }))
  }

  /** Whose DID it is, by the registrar. */
  identity(party: Party, change: Change = {}): Promise<Signed<'RegisteredIdentity'>> {
    const { registrar } = this.parties
    const operated = Object.values(this.facilities).filter(({ operator }) => operator === party)
    const { created, ...validity } = DATES.accreditations
    const id = `https://registrar.example/identities/${party.key}`
    const honest: AnyCredential = {
      '@context': CONTEXTS,
      id,
      type: ['VerifiableCredential', 'RegisteredIdentity'],
      issuer: registrar.did,
      ...validity,
      credentialSubject: {
        id: party.did,
        type: 'RegisteredOrganization',
        legalName: party.legalName,
        lei: party.lei,
        ultimateParentLei: party.ultimateParentLei,
        roles: [this.#roleOf(party)],
        facilities: operated.map((facility) => ({ id: facility.id })),
        keys: [coveredKey(party)],
      },
      credentialStatus: this.board.entriesFor(registrar, id),
    }
    return this.#sign('RegisteredIdentity', honest, registrar, created, change)
  }

  /** Who may attest what: the scheme owner accredits the accreditation body, and that the others. */
  accreditation(body: Party, change: Change = {}): Promise<Signed<'VerifierAccreditation'>> {
    const { schemeOwner, accreditationBody } = this.parties
    const isDelegator = body === accreditationBody
    const issuer = isDelegator ? schemeOwner : accreditationBody
    const above = this.accreditations.get(accreditationBody.key)
    const { created, ...validity } = DATES.accreditations
    const id = `https://${issuer.key.toLowerCase()}.example/accreditations/${body.key}`
    const honest: AnyCredential = {
      '@context': CONTEXTS,
      id,
      type: ['VerifiableCredential', 'VerifierAccreditation'],
      issuer: issuer.did,
      ...validity,
      credentialSubject: {
        id: body.did,
        type: 'AccreditedVerifier',
        legalName: body.legalName,
        lei: body.lei,
        ultimateParentLei: body.ultimateParentLei,
        keys: [coveredKey(body)],
        scope: this.#scopeOf(body),
        mayDelegate: isDelegator,
        ...(isDelegator || above === undefined ? {} : { accreditedBy: above.reference }),
        standard: isDelegator ? 'ISO/IEC 17011:2017' : 'ISO/IEC 17029:2019',
        registrationNumber: `FICT-${body.key}`,
      },
      credentialStatus: this.board.entriesFor(issuer, id),
    }
    return this.#sign('VerifierAccreditation', honest, issuer, created, change)
  }

  /** One rulebook × one subject × one period, with the best answers. */
  attestation(spec: AttestationSpec, change: Change = {}): Promise<Signed<'RulebookAttestation'>> {
    const { by } = spec
    const { created, validFrom, validUntil } = DATES.attestations
    const id = attestationId(spec)
    const honest: AnyCredential = {
      '@context': CONTEXTS,
      id,
      type: ['VerifiableCredential', 'RulebookAttestation'],
      issuer: by.did,
      validFrom,
      validUntil,
      credentialSubject: this.attestedSubject(spec),
      credentialStatus: this.board.entriesFor(by, id),
    }
    return this.#sign('RulebookAttestation', honest, by, created, change)
  }

  /** The subject of an honest attestation. */
  attestedSubject(spec: AttestationSpec): Readonly<Record<string, unknown>> {
    const { facility, by } = spec
    const rulebook = this.rulebook(spec.rulebook)
    const activities = facility === null ? [{ stage: 'product' }] : this.activitiesOf(facility)
    const evidenceId = uuidOf(attestationId(spec))
    const level = by === this.parties.socialBody ? 'limited' : 'reasonable'
    const common = {
      activities,
      boundary: { kind: 'whole' },
      rulebook: this.pin(rulebook),
      period: DATES.attestations.period,
      results: bestAnswers(rulebook, activities, level, evidenceId),
      engagement: ENGAGEMENT,
      evidenceFiles: [
        {
          id: evidenceId,
          name: `Assessment report ${attestationId(spec)}`,
          mediaType: 'application/pdf',
          digestMultibase: digestMultibase(attestationId(spec)),
          accessClass: 'assurance-body',
          holder: by.did,
        },
      ],
      accreditation: this.accreditations.get(by.key)?.reference,
    }
    if (facility === null) {
      return {
        id: MODEL_ID,
        type: 'Battery',
        granularity: 'model',
        manufacturer: this.parties.packMaker.did,
        plants: [this.facilities.packPlant.id],
        productionWindow: DATES.attestations.productionWindow,
        ...common,
      }
    }
    return {
      id: facility.id,
      type: 'Facility',
      country: facility.country,
      operator: facility.operator.did,
      operatorGroup: facility.operator.ultimateParentLei,
      ...common,
    }
  }

  /** The honest attestations with one in the place of that with its id. */
  replacing(attestation: Signed<'RulebookAttestation'>): readonly Signed<'RulebookAttestation'>[] {
    return this.attestations.map((each) => (each.id === attestation.id ? attestation : each))
  }

  /**
   * The passport of one battery. The score is recomputed from the attestations given, also from
   * dishonest ones; a change may claim another.
   */
  passport(
    change: Change = {},
    parts: {
      readonly attestations?: readonly Signed<'RulebookAttestation'>[]
      readonly supplyChain?: readonly SupplyChainRow[]
    } = {},
  ): Promise<Signed<'BatteryPassport'>> {
    const { attestations = this.attestations, supplyChain = this.supplyChain } = parts
    const { packMaker } = this.parties
    const { created, manufacturedOn, ...validity } = DATES.passport
    const battery = { granularity: 'item', category: 'EV', chemistry: 'NMC' } as const
    const evaluation = evaluate({
      method: this.method,
      battery,
      supplyChain,
      attestations: attestations.map(({ secured }) => attestedAnswers(secured)),
      shareAssurance: 'none',
    })
    const honest: AnyCredential = {
      '@context': CONTEXTS,
      id: PASSPORT_ID,
      type: ['VerifiableCredential', 'BatteryPassport'],
      issuer: packMaker.did,
      ...validity,
      credentialSubject: {
        id: BATTERY_ID,
        type: 'Battery',
        ...battery,
        model: MODEL_ID,
        manufacturedOn,
        manufacturer: packMaker.did,
        product: PRODUCT,
        supplyChain,
        attestations: attestations.map(({ reference }) => reference),
        custody: [],
        ...(evaluation.outcome === 'evaluated' ? { score: evaluation.score } : {}),
      },
      credentialStatus: this.board.entriesFor(packMaker, PASSPORT_ID),
    }
    return this.#sign('BatteryPassport', honest, packMaker, created, change)
  }

  /** The current lists of every issuer. */
  async statusLists(withdrawn: Withdrawn = {}, change: Change = {}): Promise<readonly Signed[]> {
    const issuers = Object.values(this.parties)
    const lists = issuers.map((issuer) => this.board.lists(issuer, withdrawn, change))
    return (await Promise.all(lists)).flat()
  }

  /** The bytes of a presentation: the passport first, then its whole chain. */
  async presentation(parts: PresentationParts = {}): Promise<Uint8Array> {
    const { omit = () => false, add = [] } = parts
    const credentials: Signed[] = [
      parts.passport ?? (await this.passport()),
      ...(parts.attestations ?? this.attestations),
      ...(parts.accreditations ?? this.accreditations.values()),
      ...(parts.identities ?? this.identities.values()),
      ...(parts.lists ?? (await this.#listsInUse())),
      ...add,
    ]
    return presentationOf(credentials.filter((signed) => !omit(signed)))
  }

  /** The policy of a buyer who trusts this scheme owner and this registrar. */
  policyDocument(overrides: Readonly<Record<string, unknown>> = {}): object {
    const { schemeOwner, registrar } = this.parties
    return {
      anchors: [
        { did: schemeOwner.did, role: 'scheme-owner', ...DATES.anchors },
        { did: registrar.did, role: 'registrar', ...DATES.anchors },
      ],
      passportIssuers: 'registered',
      methods: [
        {
          key: this.method.method.key,
          version: this.method.method.version,
          digestMultibase: this.method.digestMultibase,
        },
      ],
      allowIllustrative: true,
      minimums: { overall: { coverage: 1000 } },
      statusMaximumAgeSeconds: 7 * 86_400,
      ...overrides,
    }
  }

  policy(overrides: Readonly<Record<string, unknown>> = {}): EffectivePolicy {
    const result = parsePolicy(this.policyDocument(overrides))
    if (!result.ok) throw new TypeError(JSON.stringify(result.faults))
    return result.policy
  }

  /** A verifier of that buyer, with the method and rulebooks of this consortium. */
  verifier(overrides: Readonly<Record<string, unknown>> = {}, at: string = NOW): Verifier {
    return createVerifier({
      policy: this.policy(overrides),
      clock: clockAt(at),
      methods: [this.method.method],
      rulebooks: this.rulebooks,
    })
  }

  /** The rulebook of a key. */
  rulebook(key: string): CheckedRulebook {
    const rulebook = this.rulebooks.find((each) => each.key === key)
    if (rulebook === undefined) throw new TypeError(`no rulebook ${key}`)
    return rulebook
  }

  /** A rulebook by its digest, as an attestation names it. */
  pin({ key, version }: Rulebook) {
    const loaded = this.method.rulebooks.find(({ rulebook }) => rulebook.key === key)
    return { key, version, digestMultibase: loaded?.digestMultibase ?? '' }
  }

  /** The lists of those who issue what the honest passport rests on. */
  async #listsInUse(): Promise<readonly Signed[]> {
    const { miner, refiner, cellMaker, ...issuers } = this.parties
    const lists = Object.values(issuers).map((issuer) => this.board.lists(issuer))
    return (await Promise.all(lists)).flat()
  }

  #sign<T extends Signed['type']>(
    type: T,
    honest: AnyCredential,
    by: Party,
    created: string,
    change: Change,
  ): Promise<Signed<T>> {
    return signAnyway(type, honest, { signer: by.signer, form: this.form, created }, change)
  }

  #specs(): readonly AttestationSpec[] {
    const { climateBody, socialBody, productBody } = this.parties
    return this.method.rulebooks.flatMap(({ rulebook }) => {
      const isEnvironment = ENVIRONMENT.includes(rulebook.key)
      const facilities = Object.values(this.facilities).filter((facility: Facility) =>
        asksOf(rulebook, this.activitiesOf(facility)),
      )
      return [
        ...facilities.map((facility) => ({
          rulebook: rulebook.key,
          facility,
          by: isEnvironment ? climateBody : socialBody,
        })),
        ...(asksOf(rulebook, [{ stage: 'product' }])
          ? [{ rulebook: rulebook.key, facility: null, by: productBody }]
          : []),
      ]
    })
  }

  #scopeOf(body: Party): readonly object[] {
    const { accreditationBody, climateBody, socialBody } = this.parties
    const isDelegator = body === accreditationBody
    const countries = body === socialBody ? ['CL', 'FI', 'HU', 'DE'] : ['*']
    return this.method.rulebooks
      .filter(
        ({ rulebook: { key } }) =>
          isDelegator ||
          (body === climateBody && ENVIRONMENT.includes(key)) ||
          (body === socialBody && !ENVIRONMENT.includes(key)) ||
          (body === this.parties.productBody && asksOf(this.rulebook(key), [{ stage: 'product' }])),
      )
      .map(({ rulebook, digestMultibase: digest }) => ({
        rulebook: rulebook.key,
        rulebookDigests: [digest],
        assuranceLevels: body === socialBody ? ['limited'] : ['limited', 'reasonable'],
        engagementTypes: ['verification'],
        subjectTypes: isDelegator
          ? ['Facility', 'Battery']
          : [body === this.parties.productBody ? 'Battery' : 'Facility'],
        stages:
          body === this.parties.productBody
            ? ['product']
            : isDelegator
              ? ['*']
              : ['mining', 'refining', 'active-material', 'cell', 'pack', 'recycling'],
        materials: ['*'],
        countries,
      }))
  }

  #roleOf(party: Party): string {
    const { packMaker, miner, refiner, cellMaker, accreditationBody } = this.parties
    if (party === packMaker) return 'manufacturer'
    if ([miner, refiner, cellMaker].includes(party)) return 'operator'
    return party === accreditationBody ? 'accreditation-body' : 'assurance-body'
  }
}

/** Rulebooks that the climate body attests at facilities; the social body attests the others. */
const ENVIRONMENT = ['small-climate', 'greenhouse-gas', 'biodiversity', 'circular-design']

/** The engagement behind every honest attestation. */
export const ENGAGEMENT = {
  standard: 'ISAE 3000 (Revised)',
  engagementType: 'verification',
  conclusion: 'unmodified',
  materiality: '5 % of the total',
  dataCutOff: '2026-02-28',
  statementDate: DATES.attestations.statementDate,
  siteVisits: [{ date: DATES.attestations.siteVisit, mode: 'on-site' }],
  findings: [],
} as const

/** The least product data a passport may have. */
export const PRODUCT = {
  manufacturerInformation: {
    legalName: 'Pack Maker SE (fictional)',
    postalAddress: { streetAddress: 'Musterallee 1', locality: 'Musterstadt', country: 'DE' },
  },
  modelIdentifier: 'PM-80-NMC',
} as const

/** The id of the honest attestation of a spec. */
export function attestationId({ rulebook, facility, by }: AttestationSpec): string {
  const about = facility === null ? 'model' : (facility.id.split('.')[1] ?? '')
  return `https://${by.key.toLowerCase()}.example/attestations/${rulebook}-${about}`
}

/** The bytes of a presentation of these credentials, in this order. */
export function presentationOf(credentials: readonly Signed[]): Uint8Array {
  return new TextEncoder().encode(
    JSON.stringify({
      '@context': [VC_CONTEXT],
      type: ['VerifiablePresentation'],
      verifiableCredential: credentials.map(({ document }) => document),
    }),
  )
}

function added<T extends Signed>(
  map: ReadonlyMap<string, T>,
  party: Party,
  signed: T,
): ReadonlyMap<string, T> {
  return new Map([...map, [party.key, signed]])
}

function coveredKey(party: Party) {
  return {
    thumbprint: party.signer.publicKey.thumbprint,
    from: '2025-01-01T00:00:00Z',
    until: '2028-12-31T23:59:59Z',
  }
}

function asksOf(rulebook: Rulebook, activities: readonly Activity[]): boolean {
  return rulebook.indicators.some((indicator) =>
    activities.some((activity) => appliesTo(indicator, activity)),
  )
}

/** A UUID that is always the same for a name. */
function uuidOf(name: string): string {
  const hex = Buffer.from(digestMultibase(name)).toString('hex')
  const part = (from: number, length: number) => hex.slice(from, from + length)
  return `urn:uuid:${part(8, 8)}-${part(20, 4)}-4${part(30, 3)}-8${part(40, 3)}-${part(50, 12)}`
}

function shippedMethod(): {
  readonly method: CheckedMethod
  readonly rulebooks: readonly CheckedRulebook[]
} {
  const rulebooks = SHIPPED_RULEBOOKS.map((document) => {
    const check = checkRulebook(document)
    if (!check.ok) throw new TypeError(JSON.stringify(check.faults))
    return check.rulebook
  })
  const check = checkMethod(SHIPPED_METHODS[0], rulebooks)
  if (!check.ok) throw new TypeError(JSON.stringify(check.faults))
  return { method: check.method, rulebooks }
}
