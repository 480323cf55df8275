export type { DeliveredInput, DeliveredInputs, DeliveryOptions } from './delivery/delivery.ts'
export {
  type AnswerForm,
  answerOf,
  type DeliveryAnswer,
  type FoundCode,
} from './delivery/delivery-answer.ts'
export { briefly, type VerdictInBrief } from './delivery/verdict-in-brief.ts'
export { verifyDeliveries, verifyMany } from './delivery/verify-many.ts'
export { type FindingKind, SEVERITIES, type Severity, type Whose } from './findings/finding-kind.ts'
export { FINDING_KINDS, type FindingCode } from './findings/finding-kinds.ts'
export { type Finding, type FindingDetails, finding } from './findings/findings.ts'
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
} from './impact/hypothesis.ts'
export { type ImpactEffect, impact, type PassportImpact } from './impact/impact.ts'
export type { IntervalChange, RulebookChange, ScoreChange } from './impact/score-change.ts'
export type { Clock } from './inquiry.ts'
export type { PreparedCredentials } from './memory/prepared-credentials.ts'
export {
  MethodDocumentError,
  type MethodLibrary,
  type MethodLookup,
  methodLibrary,
} from './policy/methods.ts'
export { type PinnedFile, pinFault, pinnedFiles } from './policy/pinned-files.ts'
export {
  type EffectivePolicy,
  type PinnedDidDocument,
  type PolicyResult,
  parsePolicy,
  readPolicy,
  type TrustAnchor,
} from './policy/policy.ts'
export type { AnchorRole, VerificationPolicy } from './policy/policy-schema.ts'
export { type WebDidResolverOptions, webDidResolver } from './proof/web-did-resolver.ts'
export { bitsSet, decodeBitstring } from './reading/bitstring.ts'
export { addMonths } from './reading/calendar.ts'
export { followedReferences } from './reading/chain.ts'
export { type DecodedInput, decodeInput } from './reading/decode.ts'
export type { DecodedDocument } from './reading/decoded-document.ts'
export {
  type JsonFault,
  type JsonObject,
  type JsonResult,
  type JsonValue,
  readJson,
} from './reading/json.ts'
export { DOCUMENT_LIMITS, LIMITS, type Limits } from './reading/limits.ts'
export type { PresentedTimestamp } from './reading/presented-timestamp.ts'
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
} from './reading/secured-credential.ts'
export { type Evaluated, type Evaluations, evaluateBattery } from './score/evaluation.ts'
export { attestedAnswers } from './statements/answers.ts'
export { attestedId } from './statements/facilities.ts'
export {
  type AssuredShares,
  type CoveredRow,
  coveredRows,
  shareAssuranceOf,
} from './statements/share-assurance.ts'
export { answeredIndicators } from './status/notice-rules.ts'
export type { Notice } from './status/notices.ts'
export { type ListName, listsSeen, type SeenEdition, type SeenLists } from './status/seen-lists.ts'
export {
  type AcceptedScore,
  type ChainLink,
  type CredentialChain,
  type CredentialVerdict,
  outcomeOf,
  type PassportVerdict,
  VERDICT_VERSION,
} from './verdict.ts'
export {
  type AttestationsOptions,
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
