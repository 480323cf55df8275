import { type Activity, CONTEXTS, type SupplyChainRow } from '@battery-passport/contexts'
import type { ProofForm } from '@battery-passport/keys'
import {
  type CheckedRulebook,
  evaluate,
  type LoadedMethod,
  loadMethod,
  type Rulebook,
} from '@battery-passport/rulebooks'
import {
  attestedAnswers,
  createVerifier,
  type EffectivePolicy,
  parsePolicy,
  shareAssuranceOf,
  type Verifier,
} from '@battery-passport/verifier'
import { accreditedSubject } from './accredited.ts'
import { attestationId, attestedSubject, pinOf } from './attested.ts'
import { BATTERY_ID, MODEL_ID, PASSPORT_ID, PRODUCT } from './battery.ts'
import { CUSTODY_SCOPE, custodySubject } from './custody.ts'
import { clockAt, DATES, NOW } from './dates.ts'
import {
  type Facilities,
  type Facility,
  facilitiesOf,
  makeParties,
  type Parties,
  type Party,
} from './parties.ts'
import { plainBitstring } from './plain-deflate.ts'
import { type PresentationParts, presentationOf } from './presentation.ts'
import { registeredSubject } from './registered.ts'
import { shippedMethod } from './shipped-method.ts'
import { type AnyCredential, type Change, type Signed, signAnyway } from './signed.ts'
import { smallMethod } from './small-method.ts'
import { StatusBoard, type Withdrawn } from './status-board.ts'
import { type AttestationSpec, activitiesOf, specsOf, supplyChainOf, type World } from './world.ts'

export interface ConsortiumOptions {
  /** Default `small`: two rulebooks. `esg`: the shipped seven. */
  readonly method?: 'small' | 'esg'
  /** How everything is secured unless a change says otherwise. */
  readonly form?: ProofForm
  /** Default Ed25519. */
  readonly algorithm?: 'Ed25519' | 'P-256'
  /** How its parties are named: by their key (the default), or by a domain. */
  readonly didMethod?: 'key' | 'web'
  /** Makes every byte follow from this text. Default: new keys for the run. */
  readonly seed?: string
}

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
export class Consortium implements World {
  readonly parties: Parties
  readonly facilities: Facilities
  readonly rulebooks: readonly CheckedRulebook[]
  readonly method: LoadedMethod
  readonly board: StatusBoard
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
    this.parties = makeParties(algorithm, options.seed ?? null, options.didMethod)
    this.board = new StatusBoard(options.seed === undefined ? undefined : plainBitstring)
    this.facilities = facilitiesOf(this.parties)
    const documents = method === 'small' ? smallMethod() : shippedMethod()
    this.rulebooks = documents.rulebooks
    this.method = loadMethod(documents.method, documents.rulebooks)
    this.specs = specsOf(this)
  }

  /** Everybody is registered and accredited, and every facility and the model attested. */
  static async assemble(options: ConsortiumOptions = {}): Promise<Consortium> {
    const consortium = new Consortium(options)
    const { registrar: _, schemeOwner: __, ...registered } = consortium.parties
    for (const party of Object.values(registered)) {
      const identity = await consortium.identity(party)
      consortium.identities = new Map([...consortium.identities, [party.key, identity]])
    }
    const { accreditationBody, climateBody, socialBody, productBody } = registered
    for (const body of [accreditationBody, climateBody, socialBody, productBody]) {
      const accreditation = await consortium.accreditation(body)
      consortium.accreditations = new Map([...consortium.accreditations, [body.key, accreditation]])
    }
    consortium.attestations = await Promise.all(
      consortium.specs.map((spec) => consortium.attestation(spec)),
    )
    return consortium
  }

  /** The supply chain of the battery: the mine's nickel leaves 3000 basis points unknown. */
  get supplyChain(): readonly SupplyChainRow[] {
    return supplyChainOf(this.facilities)
  }

  /** What a facility was attested to do. */
  activitiesOf(facility: Facility): readonly Activity[] {
    return activitiesOf(facility, this.facilities)
  }

  /** Whose DID it is, by the registrar. */
  identity(party: Party, change: Change = {}): Promise<Signed<'RegisteredIdentity'>> {
    const { registrar } = this.parties
    const id = `https://registrar.example/identities/${party.key}`
    const subject = registeredSubject(party, this)
    return this.#sign('RegisteredIdentity', id, registrar, DATES.accreditations, subject, change)
  }

  /** Who may attest what: the scheme owner accredits the accreditation body, and that the others. */
  accreditation(body: Party, change: Change = {}): Promise<Signed<'VerifierAccreditation'>> {
    const { schemeOwner, accreditationBody } = this.parties
    const issuer = body === accreditationBody ? schemeOwner : accreditationBody
    const id = `https://${issuer.key.toLowerCase()}.example/accreditations/${body.key}`
    const above = this.accreditations.get(accreditationBody.key)
    const subject = accreditedSubject(body, this, above)
    return this.#sign('VerifierAccreditation', id, issuer, DATES.accreditations, subject, change)
  }

  /** One rulebook × one subject × one period, with the best answers. */
  attestation(spec: AttestationSpec, change: Change = {}): Promise<Signed<'RulebookAttestation'>> {
    const id = attestationId(spec)
    const subject = this.attestedSubject(spec)
    return this.#sign('RulebookAttestation', id, spec.by, DATES.attestations, subject, change)
  }

  /** By the scheme owner itself: the product body may assure shares. */
  custodyAccreditation(change: Change = {}): Promise<Signed<'VerifierAccreditation'>> {
    const { schemeOwner, productBody } = this.parties
    const id = 'https://schemeowner.example/accreditations/custody'
    const subject = {
      ...accreditedSubject(productBody, this, undefined),
      scope: [CUSTODY_SCOPE],
    }
    return this.#sign(
      'VerifierAccreditation',
      id,
      schemeOwner,
      DATES.accreditations,
      subject,
      change,
    )
  }

  /** Every row of the model, assured by the product body at limited level. */
  custody(
    accreditation: Signed<'VerifierAccreditation'>,
    change: Change = {},
    id = 'https://productbody.example/custody/model',
  ): Promise<Signed<'CustodyAttestation'>> {
    const { productBody } = this.parties
    const subject = custodySubject(this.supplyChain, this, accreditation)
    return this.#sign('CustodyAttestation', id, productBody, DATES.attestations, subject, change)
  }

  /** The subject of an honest attestation. */
  attestedSubject(spec: AttestationSpec): Readonly<Record<string, unknown>> {
    const accreditation = this.accreditations.get(spec.by.key)
    return attestedSubject(spec, this.rulebook(spec.rulebook), this, accreditation)
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
      readonly custody?: readonly Signed<'CustodyAttestation'>[]
    } = {},
  ): Promise<Signed<'BatteryPassport'>> {
    const { attestations = this.attestations, supplyChain = this.supplyChain, custody = [] } = parts
    const { packMaker } = this.parties
    const battery = { granularity: 'item', category: 'EV', chemistry: 'NMC' } as const
    const evaluation = evaluate({
      method: this.method,
      battery,
      supplyChain,
      attestations: attestations.map(({ secured }) => attestedAnswers(secured)),
      shareAssurance: shareAssuranceOf(
        supplyChain,
        custody.map(({ secured }) => secured),
      ),
    })
    const subject = {
      id: BATTERY_ID,
      type: 'Battery',
      ...battery,
      model: MODEL_ID,
      manufacturedOn: DATES.passport.manufacturedOn,
      manufacturer: packMaker.did,
      product: PRODUCT,
      supplyChain,
      attestations: attestations.map(({ reference }) => reference),
      custody: custody.map(({ reference }) => reference),
      ...(evaluation.outcome === 'evaluated' ? { score: evaluation.score } : {}),
    }
    return this.#sign('BatteryPassport', PASSPORT_ID, packMaker, DATES.passport, subject, change)
  }

  /** Why something was withdrawn: its whole, before the passport was signed. No list names it yet. */
  notice(by: Party, about: Signed, change: Change = {}): Promise<Signed<'WithdrawalNotice'>> {
    const { created, validFrom, validUntil } = DATES.notices
    const unsigned: AnyCredential = {
      '@context': CONTEXTS,
      id: `https://${by.key.toLowerCase()}.example/notices/${about.id.split('/').at(-1)}`,
      type: ['VerifiableCredential', 'WithdrawalNotice'],
      issuer: by.did,
      validFrom,
      validUntil,
      credentialSubject: {
        id: about.id,
        type: 'WithdrawnCredential',
        digestMultibase: about.reference.digestMultibase,
        reason: 'misstatement',
        withdraws: { kind: 'whole' },
        effectiveFrom: '2026-09-01T00:00:00Z',
      },
    }
    const signing = { signer: by.signer, form: this.form, created }
    return signAnyway('WithdrawalNotice', unsigned, signing, change)
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
    const { method, digestMultibase } = this.method
    return {
      anchors: [
        { did: schemeOwner.did, role: 'scheme-owner', ...DATES.anchors },
        { did: registrar.did, role: 'registrar', ...DATES.anchors },
      ],
      passportIssuers: 'registered',
      methods: [{ key: method.key, version: method.version, digestMultibase }],
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
  pin(rulebook: Rulebook) {
    return pinOf(rulebook, this.method)
  }

  /** The lists of those who issue what the honest passport rests on. */
  async #listsInUse(): Promise<readonly Signed[]> {
    const { miner: _, refiner: __, cellMaker: ___, ...issuers } = this.parties
    const lists = Object.values(issuers).map((issuer) => this.board.lists(issuer))
    return (await Promise.all(lists)).flat()
  }

  #sign<T extends Signed['type']>(
    type: T,
    id: string,
    by: Party,
    dates: { readonly created: string; readonly validFrom: string; readonly validUntil: string },
    credentialSubject: object,
    change: Change,
  ): Promise<Signed<T>> {
    const { created, validFrom, validUntil } = dates
    const honest: AnyCredential = {
      '@context': CONTEXTS,
      id,
      type: ['VerifiableCredential', type],
      issuer: by.did,
      validFrom,
      validUntil,
      credentialSubject,
      credentialStatus: this.board.entriesFor(by, id),
    }
    return signAnyway(type, honest, { signer: by.signer, form: this.form, created }, change)
  }
}
