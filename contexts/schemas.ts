/** The JSON Schemas (2020-12) as TypeBox values: for generating validators and OpenAPI, not for the walk. */
export { AccreditationScope, VerifierAccreditation } from './accreditation.ts'
export {
  Activity,
  Boundary,
  DayRange,
  Engagement,
  EngagementFinding,
  Result,
  RulebookAttestation,
  RulebookReference,
} from './attestation.ts'
export {
  CoveredKey,
  CredentialStatus,
  credential,
  DataIntegrityProof,
  EvidenceFile,
  IndicatorIds,
  Reference,
  referenceTo,
} from './credential.ts'
export { CustodyAttestation } from './custody.ts'
export { RegisteredIdentity } from './identity.ts'

export {
  CATEGORIES,
  CHAIN_OF_CUSTODY,
  CONCLUSIONS,
  CONTEXTS,
  CREDENTIAL_TYPES,
  CUSTODY_MODELS,
  GRANULARITIES,
  PROOF_FORMS,
  RULEBOOK_STATUSES,
  WITHDRAWAL_REASONS,
} from './names.ts'
export {
  AttestationReferences,
  BatteryPassport,
  PassportSubject,
  RestrictedReference,
  SupplyChain,
} from './passport.ts'
export { EnvelopedCredential, Presentation, Timestamp } from './presentation.ts'
export { ProductData } from './product.ts'
export { VerificationReceipt } from './receipt.ts'
export { AssuranceMix, Category, Chemistry, Interval, RulebookScore, Score } from './score.ts'
export { StatusListCredential, WithdrawalNotice } from './status.ts'
export { SupplyChainRow } from './supply-chain.ts'
export * from './values.ts'
