export type { CommandDeps } from './command-deps.ts'
export { CommandError, type Complaint, EXIT, type ExitCode } from './errors.ts'
export { run } from './run.ts'
