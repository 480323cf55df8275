/**
 * The issuer as a service: settings, start and stop, store, routes. Apart from the library, so that
 * a program that only attests loads neither Express nor a database.
 */
export {
  DEFAULT_PASSPHRASE,
  parseServiceConfig,
  readServiceConfig,
  type SecretSource,
  type ServiceConfig,
} from '../config.ts'
export { type FolderHolder, holderOfFolder } from '../folder-lock.ts'
export { type AppDeps, createApp } from '../http/app.ts'
export { type Authoriser, bearerToken } from '../http/auth.ts'
export { jsonLog, type Log, type LogLine } from '../http/log.ts'
export type { Answer, Call, Operation } from '../http/operation.ts'
export { issuerOperations } from '../http/operations.ts'
export { PROBLEMS, type Problem, type ProblemCode } from '../http/problems.ts'
export { initService } from '../init.ts'
export type {
  BatteryDescription,
  IssueRequest,
  PassportStatus,
  StatusChange,
} from '../issue-request.ts'
export { type RunningService, type StartDeps, serve, startService } from '../main.ts'
export { type PolicyOnDisk, readPolicyFile } from '../policy-file.ts'
export { StartError, type StartFault } from '../start-error.ts'
export { initLevelStore, openLevelStore } from '../store/level.ts'
export type {
  AuditAction,
  AuditEntry,
  Change,
  CommitReason,
  Durability,
  RecordKind,
  Store,
  StoredRecord,
} from '../store/store.ts'
export { StoreError, type StoreFault } from '../store/store-error.ts'
export type { AcceptedEvidence } from './accept-evidence.ts'
export { type IssueDeps, type IssuedPassport, issuePassport } from './issue-passport.ts'
export { type OnceKey, onceKey } from './once.ts'
export {
  checkInPlace,
  checkOnThread,
  type OutputCheck,
  type UnreleasedPassport,
} from './output-check.ts'
export {
  type ListedPassport,
  openPassportService,
  type PassportService,
  type PassportServiceDeps,
} from './passport-service.ts'
export { type RequestFault, ServiceError, type ServiceFault } from './service-error.ts'
