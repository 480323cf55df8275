export { attestedAnswers } from './answers.ts'
export { bitsSet, decodeBitstring } from './bitstring.ts'
export { addMonths } from './calendar.ts'
export { followedReferences } from './chain.ts'
export { type DecodedInput, decodeInput } from './decode.ts'
export type { DecodedDocument } from './decoded-document.ts'
export {
  type AnswerForm,
  answerOf,
  type DeliveryAnswer,
  type FoundCode,
} from './delivery-answer.ts'
export { type Evaluated, type Evaluations, evaluateBattery } from './evaluation.ts'
export { attestedId } from './facilities.ts'
export {
  FINDING_KINDS,
  type FindingCode,
  type FindingKind,
  SEVERITIES,
  type Severity,
  type Whose,
} from './finding-kinds.ts'
export { type Finding, type FindingDetails, finding } from './findings.ts'
export type {
  SecuredDocumentOptions,
  SecuredDocumentVerdict,
} from './generic/secured-document.ts'
export {
  MAX_SECURED_DOCUMENT_BYTES,
  verifySecuredDocument,
} from './generic/verify-secured-document.ts'
export {
  type DistrustedDid,
  type DistrustedKey,
  UnknownKeyError,
  type Withdrawable,
  type WithdrawnCredential,
} from './hypothesis.ts'
export { type ImpactEffect, impact, type PassportImpact } from './impact.ts'
export type { Clock } from './inquiry.ts'
export {
  type JsonFault,
  type JsonObject,
  type JsonResult,
  type JsonValue,
  readJson,
} from './json.ts'
export { DOCUMENT_LIMITS, LIMITS, type Limits } from './limits.ts'
export { MethodDocumentError, type MethodLibrary, methodLibrary } from './methods.ts'
export { answeredIndicators } from './notice-rules.ts'
export type { Notice } from './notices.ts'
export { type PinnedFile, pinFault, pinnedFiles } from './pinned-files.ts'
export {
  type EffectivePolicy,
  type PinnedDidDocument,
  type PolicyResult,
  parsePolicy,
  readPolicy,
  type TrustAnchor,
} from './policy.ts'
export type { AnchorRole, VerificationPolicy } from './policy-schema.ts'
export type { PreparedCredentials } from './prepared-credentials.ts'
export type { PresentedTimestamp } from './presented-timestamp.ts'
export type { IntervalChange, RulebookChange, ScoreChange } from './score-change.ts'
export {
  type Accreditation,
  type Attestation,
  type Custody,
  type Identity,
  isOfType,
  type Passport,
  type SecuredCredential,
  type Securing,
  type StatementType,
  type StatusList,
} from './secured-credential.ts'
export { type ListName, listsSeen, type SeenEdition, type SeenLists } from './seen-lists.ts'
export {
  type AssuredShares,
  type CoveredRow,
  coveredRows,
  shareAssuranceOf,
} from './share-assurance.ts'
export {
  type AcceptedScore,
  type ChainLink,
  type CredentialChain,
  type CredentialVerdict,
  outcomeOf,
  type PassportVerdict,
  VERDICT_VERSION,
} from './verdict.ts'
export { briefly, type VerdictInBrief } from './verdict-in-brief.ts'
export {
  createVerifier,
  type DeliveryVerdict,
  type ExplainedVerdict,
  type Verifier,
  type VerifierDeps,
  type VerifierOptions,
  type VerifyOptions,
  verifyCredential,
  verifyPassport,
} from './verifier.ts'
export {
  type DeliveredInput,
  type DeliveredInputs,
  type DeliveryOptions,
  verifyDeliveries,
  verifyMany,
} from './verify-many.ts'
export { type WebDidResolverOptions, webDidResolver } from './web-did-resolver.ts'
