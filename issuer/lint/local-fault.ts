import type { IssuanceFault } from '../errors.ts'

/** What is wrong with an attestation, before it is known at which place of the passport. */
export type LocalFault = Omit<IssuanceFault, 'pointer'>
