/**
 * The mock consortium: real credentials with keys made for the run, honest by default, and every
 * part of them changeable. See `Consortium`.
 */
export { bestAnswer, bestAnswers } from './consortium/answers.ts'
export {
  type AttestationSpec,
  attestationId,
  BATTERY_ID,
  Consortium,
  type ConsortiumOptions,
  ENGAGEMENT,
  MODEL_ID,
  PRODUCT,
  type PresentationParts,
  presentationOf,
} from './consortium/consortium.ts'
export { clockAt, DATES, NOW } from './consortium/dates.ts'
export type { Facilities, Facility, Parties, Party } from './consortium/parties.ts'
export {
  type AnyCredential,
  type Change,
  type Signed,
  signAnyway,
  signedDocument,
} from './consortium/signed.ts'
export { smallMethod } from './consortium/small-method.ts'
export { listId, StatusBoard, type Withdrawn } from './consortium/status-board.ts'
