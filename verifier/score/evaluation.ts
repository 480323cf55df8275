import {
  type AssuranceLevel,
  digestMultibase,
  type PassportSubject,
  type Score,
  sharedPart,
  textOfPart,
} from '@battery-passport/contexts'
import type { BoundedCache } from '@battery-passport/keys'
import {
  type AttestedAnswers,
  type Evaluation,
  type EvaluationInput,
  type EvaluationRefused,
  type Explanation,
  evaluate,
  explain,
  type LoadedMethod,
} from '@battery-passport/rulebooks'
import type { SecuredCredential } from '../reading/secured-credential.ts'
import { attestedAnswers } from '../statements/answers.ts'
import type { Uncounted } from '../statements/attestation-exam.ts'

/** An attestation as it enters an evaluation. */
export interface CountedAttestation {
  readonly attestation: SecuredCredential<'RulebookAttestation'>
  /** The canonical id of its facility, or of its battery. */
  readonly facility: string
  /** Why its answers are unknown in this evaluation, or null. */
  readonly uncounted: Uncounted
  /** The indicators whose answers are unknown in this evaluation, since they were withdrawn. */
  readonly withdrawnIndicators: readonly string[]
}

/** What a score was recomputed to, without the tree it came from. */
export type Evaluated =
  | {
      readonly outcome: 'evaluated'
      /** Deep-frozen: everybody who asks gets the same. */
      readonly score: Score
      readonly rowsOutsideMethod: readonly number[]
      readonly faults?: never
    }
  | EvaluationRefused

/** What of a battery its score depends on. */
type EvaluatedBattery = Pick<
  PassportSubject,
  'granularity' | 'category' | 'chemistry' | 'supplyChain'
>

/** Scores that were computed before, by a digest of everything they depend on. */
export type Evaluations = BoundedCache<Evaluated>

/**
 * Computes the score of a battery from what was attested, and remembers it: the batteries of one
 * model share supply chain and attestations.
 *
 * @param shareAssurance how far the rows are assured: `shareAssuranceOf`
 */
export function evaluateBattery(
  { granularity, category, chemistry, supplyChain }: EvaluatedBattery,
  method: LoadedMethod,
  counted: readonly CountedAttestation[],
  shareAssurance: AssuranceLevel,
  evaluations: Evaluations,
): Evaluated {
  const battery = { granularity, category, chemistry }
  const statements = counted.map(({ attestation, facility, uncounted, withdrawnIndicators }) => [
    attestation.digestMultibase,
    facility,
    uncounted,
    withdrawnIndicators,
  ])
  const rows = textOfPart(supplyChain)
  const dependsOn = [method.digestMultibase, battery, rows, statements, shareAssurance]
  const key = digestMultibase(JSON.stringify(dependsOn))
  const known = evaluations.get(key)
  if (known !== undefined) return known
  const input = inputOf({ ...battery, supplyChain }, method, counted, shareAssurance)
  const evaluation = evaluate(input)
  const evaluated = evaluation.outcome === 'refused' ? evaluation : withoutTree(evaluation)
  evaluations.set(key, evaluated)
  return evaluated
}

/**
 * The derivation of a score that was computed before. The tree is made anew, since it is seldom asked
 * for and would be held for every score.
 *
 * @throws {TypeError} if no score follows
 */
export function explainBattery(
  battery: EvaluatedBattery,
  method: LoadedMethod,
  counted: readonly CountedAttestation[],
  shareAssurance: AssuranceLevel,
): Explanation {
  const evaluation = evaluate(inputOf(battery, method, counted, shareAssurance))
  if (evaluation.outcome === 'refused') throw new TypeError('explainBattery: there is no score')
  return explain(evaluation)
}

function inputOf(
  { granularity, category, chemistry, supplyChain }: EvaluatedBattery,
  method: LoadedMethod,
  counted: readonly CountedAttestation[],
  shareAssurance: AssuranceLevel,
): EvaluationInput {
  return {
    method,
    battery: { granularity, category, chemistry },
    supplyChain,
    attestations: counted.map(answersOf),
    shareAssurance,
  }
}

function withoutTree({ outcome, score, rowsOutsideMethod }: Evaluation): Evaluated {
  return { outcome, score: sharedPart(score), rowsOutsideMethod }
}

function answersOf(counted: CountedAttestation): AttestedAnswers {
  const { attestation, facility, uncounted, withdrawnIndicators } = counted
  const answers = attestedAnswers(attestation, facility)
  if (uncounted === null) return { ...answers, withdrawnIndicators }
  return uncounted === 'withdrawn'
    ? { ...answers, withdrawnIndicators: 'all' }
    : { ...answers, withdrawnIndicators: 'all', uncountedBecause: uncounted }
}
