/**
 * The mock consortium: real credentials with keys made for the run, honest by default, and every
 * part of them changeable. See `Consortium`.
 */
export { bestAnswer, bestAnswers } from './consortium/answers.ts'
export { attestationId, ENGAGEMENT } from './consortium/attested.ts'
export { BATTERY_ID, MODEL_ID, PRODUCT } from './consortium/battery.ts'
export { Consortium, type ConsortiumOptions } from './consortium/consortium.ts'
export { clockAt, DATES, NOW } from './consortium/dates.ts'
export type { Facilities, Facility, Parties, Party } from './consortium/parties.ts'
export { plainBitstring, plainGzip } from './consortium/plain-deflate.ts'
export { type PresentationParts, presentationOf } from './consortium/presentation.ts'
export { deterministicSignature, seededSigner } from './consortium/seeded-signer.ts'
export {
  type AnyCredential,
  type Change,
  type Signed,
  signAnyway,
  signedDocument,
} from './consortium/signed.ts'
export { smallMethod } from './consortium/small-method.ts'
export { listId, StatusBoard, type Withdrawn } from './consortium/status-board.ts'
export type { AttestationSpec } from './consortium/world.ts'
