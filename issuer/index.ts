export { type AccreditationRequest, accredit } from './accredit.ts'
export {
  type AttestationContext,
  type AttestationRequest,
  type AttestedSubject,
  attest,
} from './attest.ts'
export { encodeBitstring } from './bitstring.ts'
export { type Bundle, bundle, type PresentedCredential } from './bundle.ts'
export {
  type ComposedPassport,
  composePassport,
  type DescribedBattery,
  type PassportContext,
  type PassportRequest,
} from './compose.ts'
export { type IssuanceCode, IssuanceError, type IssuanceFault } from './errors.ts'
export { type IdentityRequest, identify } from './identify.ts'
export { referenceTo } from './reference.ts'
export { defaultForm, readSigned, securedText, signCredential } from './sign-credential.ts'
export {
  type ListUse,
  listValidity,
  nextGeneration,
  type StatusListPair,
  type StatusListRequest,
  statusEntries,
  statusList,
  unusedIndex,
} from './status-lists.ts'
export type { CredentialFrame, StatusEntries, Unsecured } from './unsecured.ts'
