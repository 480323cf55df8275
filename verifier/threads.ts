export type { ThreadStart } from './thread-messages.ts'
export { VerifierThread } from './verifier-thread.ts'
export { type ThreadsOptions, VerifierThreads } from './verifier-threads.ts'
