export type { ThreadStart } from './delivery/thread-messages.ts'
export { VerifierThread } from './delivery/verifier-thread.ts'
export { type ThreadsOptions, VerifierThreads } from './delivery/verifier-threads.ts'
