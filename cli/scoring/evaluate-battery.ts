import type { SupplyChainRow } from '@battery-passport/contexts'
import {
  type Evaluation,
  type EvaluationInput,
  evaluate,
  type LoadedMethod,
} from '@battery-passport/rulebooks'
import {
  type Attestation,
  attestedAnswers,
  attestedId,
  type Custody,
  isOfType,
  type SecuredCredential,
  shareAssuranceOf,
} from '@battery-passport/verifier'
import { refusal } from '../errors.ts'
import { placeIn } from '../input/read-document.ts'

/** What a score is computed from, as documents say it. */
export interface BatteryDocuments {
  /** The file that names the rows and attestations, for messages. */
  readonly name: string
  readonly battery: EvaluationInput['battery']
  readonly supplyChain: readonly SupplyChainRow[]
  readonly attestations: readonly Attestation[]
  /** The custody attestations that count. */
  readonly custody: readonly Custody[]
  /** Everything at hand: the identities among it tell which other ids a facility has. */
  readonly atHand: readonly SecuredCredential[]
}

/**
 * The score that follows from documents as they are. Nothing is verified here.
 *
 * @throws {CommandError} refused: no score follows from them
 */
export function evaluateBattery(method: LoadedMethod, documents: BatteryDocuments): Evaluation {
  const { battery, supplyChain, attestations, custody, atHand } = documents
  const identities = atHand.filter((each) => isOfType(each, 'RegisteredIdentity'))
  const evaluation = evaluate({
    method,
    battery: {
      granularity: battery.granularity,
      category: battery.category,
      chemistry: battery.chemistry,
    },
    supplyChain,
    attestations: attestations.map((each) => attestedAnswers(each, attestedId(each, identities))),
    shareAssurance: shareAssuranceOf(supplyChain, custody),
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
