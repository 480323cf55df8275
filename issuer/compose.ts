import {
  type CanonicalMembers,
  canonicalMembers,
  canonicalText,
  type PassportSubject,
  parseInstant,
  type Score,
  sharedPart,
} from '@battery-passport/contexts'
import { BoundedCache } from '@battery-passport/keys'
import type { EvaluationFault, LoadedMethod } from '@battery-passport/rulebooks'
import {
  type Attestation,
  attestedId,
  type Custody,
  type Evaluations,
  evaluateBattery,
  type SecuredCredential,
  shareAssuranceOf,
} from '@battery-passport/verifier'
import { inPassport } from '@battery-passport/verifier/rules'
import { IssuanceError, type IssuanceFault, refuseFaults } from './errors.ts'
import { batteryIdFaults } from './lint/battery-id.ts'
import { bindingFaults } from './lint/binding.ts'
import { custodyFaults } from './lint/custody.ts'
import { rowFaults } from './lint/rows.ts'
import { shapeFaults, sizeFaults, validityFaults } from './lint/shape.ts'
import { referenceTo } from './reference.ts'
import { type CredentialFrame, framed, type Unsecured } from './unsecured.ts'

type OmitEach<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** What the manufacturer says of the battery; references and score follow from the attestations. */
export type DescribedBattery = OmitEach<
  PassportSubject,
  'type' | 'manufacturer' | 'attestations' | 'custody' | 'score'
>

/** What a passport is made of. */
export interface PassportRequest extends CredentialFrame {
  /** The DID that signs: always the manufacturer's. */
  readonly issuer: string
  readonly battery: DescribedBattery
}

/** What a passport is made with besides the request. */
export interface PassportContext {
  readonly method: LoadedMethod
  /** Those it shall rest on, each verified to its anchor before. */
  readonly attestations: readonly Attestation[]
  /** Custody attestations, verified likewise: how far the shares are assured follows from them. */
  readonly custody?: readonly Custody[]
  /** Verified identities of operators: they tell which other ids a facility has. */
  readonly identities?: readonly SecuredCredential<'RegisteredIdentity'>[]
  /** When it will be signed, RFC 3339. */
  readonly created: string
  /** Scores of before, for a series of which every passport rests on the same. */
  readonly evaluations?: Evaluations
}

/** A passport before it is secured. */
export interface ComposedPassport {
  readonly credential: Unsecured<'BatteryPassport'>
  /** Its canonical form: what is measured, signed and written. */
  readonly canonical: CanonicalMembers
  /** The rows of its supply chain that the method gives no weight, by their index. */
  readonly rowsOutsideMethod: readonly number[]
}

/**
 * Makes a `BatteryPassport`: pins the attestations, of answers and of shares, and evaluates the score they give.
 * Every fault a verifier would find in how these fit the battery is named before anything is
 * signed; that each attestation is authentic and in force is the walk's to verify.
 *
 * @throws {IssuanceError} PASSPORT_REFUSED with every fault
 */
export function composePassport(
  request: PassportRequest,
  context: PassportContext,
): ComposedPassport {
  const { method, attestations, custody = [], identities = [], created } = context
  const { evaluations = new BoundedCache(1) } = context
  const draft = draftOf(request, attestations, custody)
  refuseFaults(
    'PASSPORT_REFUSED',
    shapeFaults('BatteryPassport', draft).filter(({ pointer }) => pointer !== SCORE),
  )
  const signedAt = parseInstant(created)
  if (signedAt === null) throw new TypeError(`composePassport: no instant: ${created}`)
  const subject = draft.credentialSubject
  const unscored = { id: draft.id, created: signedAt, credential: draft }
  const facilityOf = (attestation: Attestation) => attestedId(attestation, identities)
  const faults: IssuanceFault[] = [
    ...validityFaults(draft),
    ...batteryIdFaults(unscored),
    ...rowFaults(unscored, method),
    ...bindingFaults(unscored, attestations, method, facilityOf),
    ...custodyFaults(unscored, custody, method),
  ]
  const counted = attestations.map((attestation) => {
    return {
      attestation,
      facility: facilityOf(attestation),
      uncounted: null,
      withdrawnIndicators: [],
    }
  })
  const shares = shareAssuranceOf(subject.supplyChain, custody)
  const evaluation = evaluateBattery(subject, method, counted, shares, evaluations)
  if (evaluation.outcome === 'refused') {
    const [first, ...more] = evaluation.faults
    const unevaluated = [toIssuanceFault(first), ...more.map(toIssuanceFault)] as const
    throw new IssuanceError('PASSPORT_REFUSED', [...unevaluated, ...faults])
  }
  refuseFaults('PASSPORT_REFUSED', faults)
  const { score, rowsOutsideMethod } = evaluation
  const credential = withScore(draft, score)
  const canonical = canonicalMembers(credential)
  refuseFaults('PASSPORT_REFUSED', sizeFaults('BatteryPassport', canonicalText(canonical)))
  return { credential, canonical, rowsOutsideMethod }
}

const SCORE = '/credentialSubject/score'

/** A passport that lacks nothing but its score. */
type Draft = Omit<Unsecured<'BatteryPassport'>, 'credentialSubject'> & {
  readonly credentialSubject: OmitEach<PassportSubject, 'score'>
}

function draftOf(
  request: PassportRequest,
  attestations: readonly Attestation[],
  custody: readonly Custody[],
): Draft {
  const common = {
    type: 'Battery' as const,
    manufacturer: request.issuer,
    attestations: referencesTo(attestations),
    custody: custody.map(referenceTo),
  }
  return {
    ...framed('BatteryPassport', request.issuer, request),
    credentialSubject: { ...request.battery, ...common },
    credentialStatus: request.credentialStatus,
  }
}

/** The references to a list that cannot change, such as that of a series: made once. */
const references = new WeakMap<readonly Attestation[], AttestationReferences>()

type AttestationReferences = PassportSubject['attestations']

function referencesTo(attestations: readonly Attestation[]): AttestationReferences {
  const known = references.get(attestations)
  if (known !== undefined) return known
  const made = attestations.map(referenceTo)
  if (Object.isFrozen(attestations)) references.set(attestations, sharedPart(made))
  return made
}

function withScore(draft: Draft, score: Score): Unsecured<'BatteryPassport'> {
  const { credentialSubject: subject } = draft
  return { ...draft, credentialSubject: { ...subject, score } }
}

function toIssuanceFault(fault: EvaluationFault): IssuanceFault {
  const { cause: _, ...told } = fault
  return { ...told, ...inPassport(fault) }
}
