import { VC_CONTEXT } from '@battery-passport/contexts'
import type { Signed } from './signed.ts'

/** The parts of a presentation; each default is the honest one. */
export interface PresentationParts {
  readonly passport?: Signed
  readonly attestations?: readonly Signed[]
  readonly accreditations?: readonly Signed[]
  readonly identities?: readonly Signed[]
  readonly lists?: readonly Signed[]
  /** Leaves out what it says true to. */
  readonly omit?: (signed: Signed) => boolean
  /** Put at the end. */
  readonly add?: readonly Signed[]
}

/** The bytes of a presentation of these credentials, in this order. */
export function presentationOf(credentials: readonly Signed[]): Uint8Array {
  return new TextEncoder().encode(
    JSON.stringify({
      '@context': [VC_CONTEXT],
      type: ['VerifiablePresentation'],
      verifiableCredential: credentials.map(({ document }) => document),
    }),
  )
}
