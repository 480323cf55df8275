/**
 * All of this package but its context documents, which a bundle for browsers loads with the library
 * that reads them: see `loader.ts`.
 */

export { fromBase64url, toBase64url } from '#base64url'
export { sha256 } from '#sha256'
export { utf8Length } from '#utf8-length'
export type { AccreditationScope, VerifierAccreditation } from './accreditation.ts'
export { ANNEX_XIII_PUBLIC, type AnnexXiiiField, type RequirementLevel } from './annex-xiii.ts'
export type {
  Activity,
  BatterySubject,
  Boundary,
  DayRange,
  Engagement,
  FacilitySubject,
  Result,
  RulebookAttestation,
  RulebookReference,
} from './attestation.ts'
export {
  type CompletenessLine,
  type CompletenessReport,
  completenessReport,
  type FieldState,
  PASSPORT_OBLIGATION_FROM,
  type PassportContent,
} from './completeness.ts'
export type {
  CoveredKey,
  DataIntegrityProof,
  EvidenceFile,
  Reference,
  StatusEntry,
} from './credential.ts'
export type { CustodyAttestation } from './custody.ts'
export {
  addDecimals,
  compareDecimals,
  DECIMAL_ZERO,
  type Decimal,
  formatDecimal,
  multiplyDecimals,
  parseDecimal,
  subtractDecimals,
} from './decimal.ts'
export { digestMultibase, digestOfDocument, encodeSha256 } from './digest.ts'
export type { LinkedDocument, LinkedDocuments } from './document.ts'
export { faultRemedy } from './fault-remedy.ts'
export { deepFreeze } from './freeze.ts'
export type { RegisteredIdentity } from './identity.ts'
export {
  type CanonicalMembers,
  canonicalMembers,
  canonicalText,
  jcs,
  textOfPart,
  withCanonicalMember,
} from './jcs.ts'
export { escapePointer, valueAt } from './json-pointer.ts'
export * from './names.ts'
export { nearest } from './nearest.ts'
export { NOT_COVERED, type NotCovered } from './not-covered.ts'
export type { BatteryPassport, PassportSubject } from './passport.ts'
export type { EnvelopedCredential, Presentation } from './presentation.ts'
export { preview } from './preview.ts'
export type {
  CarbonFootprint,
  ManufacturerInformation,
  ManufacturingPlace,
  ProductData,
  ReferenceTest,
  TemperatureRange,
  WasteBatteryInformation,
} from './product.ts'
export { isProductData, productFaults } from './product-faults.ts'
export type { VerificationReceipt } from './receipt.ts'
export type {
  AssuranceMix,
  Interval,
  RulebookScore,
  Score,
} from './score.ts'
export { isSharedPart, sharedPart } from './shared-part.ts'
export type { StatusListCredential, WithdrawalNotice } from './status.ts'
export type { Concentration, Substance, SubstanceIdentifier } from './substance.ts'
export type { SupplyChainRow } from './supply-chain.ts'
export { dayOf, formatDay, formatInstant, parseDay, parseInstant, secondsOfDay } from './time.ts'
export { isUri } from './uri.ts'
export {
  type CredentialTypes,
  credentialFaults,
  isCredential,
  presentationFaults,
  type SchemaFault,
  schemaFaults,
} from './validate.ts'
export type { ValidationError, Validator } from './validator.ts'
