export type { ThreadStart } from './thread-messages.ts'
export { VerifierThread } from './verifier-thread.ts'
