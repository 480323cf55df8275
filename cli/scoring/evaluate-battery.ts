import type { SupplyChainRow } from '@battery-passport/contexts'
import {
  type Evaluation,
  type EvaluationInput,
  evaluate,
  type LoadedMethod,
} from '@battery-passport/rulebooks'
import {
  attestedAnswers,
  canonicalFacility,
  isOfType,
  type SecuredCredential,
} from '@battery-passport/verifier'
import { refusal } from '../errors.ts'
import { placeIn } from '../input/read-document.ts'

/** What a score is computed from, as documents say it. */
export interface BatteryDocuments {
  /** The file that names the rows and attestations, for messages. */
  readonly name: string
  readonly battery: EvaluationInput['battery']
  readonly supplyChain: readonly SupplyChainRow[]
  readonly attestations: readonly SecuredCredential<'RulebookAttestation'>[]
  /** Everything at hand: the identities among it tell which other ids a facility has. */
  readonly atHand: readonly SecuredCredential[]
}

/**
 * The score that follows from documents as they are. Nothing is verified here.
 *
 * @throws {CommandError} refused: no score follows from them
 */
export function evaluateBattery(method: LoadedMethod, documents: BatteryDocuments): Evaluation {
  const { battery, supplyChain, attestations, atHand } = documents
  const evaluation = evaluate({
    method,
    battery: {
      granularity: battery.granularity,
      category: battery.category,
      chemistry: battery.chemistry,
    },
    supplyChain,
    attestations: attestations.map((each) => attestedAnswers(each, facilityOf(each, atHand))),
    shareAssurance: 'none',
  })
  if (evaluation.outcome === 'evaluated') return evaluation
  throw refusal(
    ...evaluation.faults.map(({ pointer, detail, expected, found, remedy }) => ({
      what: detail,
      where: placeIn(documents.name, pointer),
      expected,
      found,
      remedy,
    })),
  )
}

function facilityOf(
  { credential: { credentialSubject: subject } }: SecuredCredential<'RulebookAttestation'>,
  atHand: readonly SecuredCredential[],
): string {
  if (subject.type === 'Battery') return subject.id
  const operator = atHand.flatMap((each) =>
    isOfType(each, 'RegisteredIdentity') &&
    each.credential.credentialSubject.id === subject.operator
      ? [each]
      : [],
  )
  return canonicalFacility(subject.id, operator)
}
