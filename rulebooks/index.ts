export { appliesTo } from './applies.ts'
export { beyondBands } from './beyond-bands.ts'
export type { Cap } from './caps.ts'
export { type AnswerFault, type AnsweringSubject, checkAnswers } from './check-answers.ts'
export { checkMethod, type MethodCheck } from './check-method.ts'
export { checkRulebook, type RulebookCheck } from './check-rulebook.ts'
export type { CheckedMethod, CheckedRulebook } from './checked.ts'
export { type Comparison, compare, type ScoreDifference } from './compare.ts'
export {
  type Evaluation,
  type EvaluationFault,
  type EvaluationRefused,
  evaluate,
} from './evaluate.ts'
export type { AttestedAnswers, EvaluationInput } from './evaluation-input.ts'
export { explain } from './explain.ts'
export type {
  ExplainedIndicator,
  ExplainedMaterial,
  ExplainedPillar,
  ExplainedRulebook,
  ExplainedStage,
  ExplainedSubject,
  Explanation,
} from './explanation.ts'
export type { Fault } from './fault.ts'
export { SHIPPED_METHODS, SHIPPED_RULEBOOKS } from './generated/shipped.ts'
export { gradeOf } from './grade.ts'
export { type GateState, UNKNOWN_REASONS, type UnknownReason } from './leaf.ts'
export { type LoadedMethod, type LoadedRulebook, loadMethod } from './load.ts'
export { PILLARS, type Pillar, PRODUCT_STAGE } from './pillars.ts'
export { isBelow, lacksEvidence, requiredAssurance } from './requirements.ts'
export type { Gate, Indicator, Method, Rulebook } from './rulebook.ts'
export { checkShares } from './shares.ts'
export { type ShippedRulebook, shippedRulebooks } from './shipped-rulebooks.ts'
