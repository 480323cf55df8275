export { type AccreditationRequest, accredit } from './accredit.ts'
export {
  type AttestationContext,
  type AttestationRequest,
  type AttestedSubject,
  attest,
} from './attest.ts'
export { attestCustody, type CustodyContext, type CustodyRequest } from './attest-custody.ts'
export { encodeBitstring } from './bitstring.ts'
export { type Bundle, bundle, type PresentedCredential, presentationOf } from './bundle.ts'
export {
  CATENA_X_VERSION,
  fromCatenaX,
  isCatenaX,
  type MappedCatenaX,
  type RefusedCatenaX,
} from './catenax/from-catenax.ts'
export type { CatenaXFault, Mapped, NotMapped } from './catenax/source.ts'
export {
  type ComposedPassport,
  composePassport,
  type DescribedBattery,
  type PassportContext,
  type PassportRequest,
} from './compose.ts'
export { createDesk } from './desk/create-desk.ts'
export { DeskError, type DeskFault, type DeskRefusal } from './desk/desk-error.ts'
export type { IssuedType } from './desk/entries.ts'
export type { IssueOptions } from './desk/issue-all.ts'
export { type DeskOptions, openDesk } from './desk/open-desk.ts'
export type { Draft } from './desk/plan-issue.ts'
export { isReason } from './desk/reason.ts'
export type { IssuedRecord } from './desk/state.ts'
export { DESK_STEPS, type DeskStep } from './desk/steps.ts'
export type { Desk } from './desk.ts'
export { type IssuanceCode, IssuanceError, type IssuanceFault } from './errors.ts'
export { type IdentityRequest, identify } from './identify.ts'
export { referenceTo } from './reference.ts'
export { defaultForm, readSigned, signCredential, textOfSecured } from './sign-credential.ts'
export {
  type ListUse,
  listValidity,
  type NamedNotice,
  nextGeneration,
  type StatusListPair,
  type StatusListRequest,
  statusEntries,
  statusList,
  unusedIndex,
} from './status-lists.ts'
export { type Timestamp, timestampsOf } from './timestamps.ts'
export type { CredentialFrame, StatusEntries, Unsecured } from './unsecured.ts'
export { type NoticeRequest, type NoticeTerms, withdrawalNotice } from './withdrawal-notice.ts'
