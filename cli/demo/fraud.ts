import type { Signer } from '@battery-passport/keys'
import type { FindingCode } from '@battery-passport/verifier'
import type { Genuine } from './genuine.ts'
import type { World } from './world.ts'

/** An attempt that the buyer must see through. */
export interface Fraud {
  readonly title: string
  /** Exactly what must be found, and where: nothing else may be an error or left unknown. */
  readonly expected: readonly ExpectedFinding[]
  /** The presentation as the buyer receives it, and what he has besides. */
  readonly presentation: string
  readonly with?: readonly string[]
}

/** A code on the passport, or on something it rests on. */
export interface ExpectedFinding {
  readonly code: FindingCode
  readonly on: 'passport' | 'attestation'
}

/** What frauds are made of: genuine credentials, and the keys the demo made. */
export interface Workshop {
  readonly world: World
  readonly genuine: Genuine
  /** The key of a party, opened with the demo's passphrase. */
  readonly signerOf: (party: string) => Promise<Signer>
  /** A place for files that are thrown away. */
  readonly folder: string
}
