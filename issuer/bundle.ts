import { CONTEXTS, VC_CONTEXT } from '@battery-passport/contexts'
import type { SecuredCredential } from '@battery-passport/verifier'
import { chainOf, indexPool } from './chain.ts'
import { checkPresentationSize } from './lint/presentation-size.ts'
import { type Timestamp, timestampsOf } from './timestamps.ts'

/** A credential as a presentation has it. */
export type PresentedCredential = SecuredCredential['document']

/**
 * A `VerifiablePresentation` with a whole chain in it; unsigned. With timestamps it has our context as
 * well, of which their term is.
 */
export interface Bundle {
  readonly '@context': readonly [typeof VC_CONTEXT] | typeof CONTEXTS
  readonly type: readonly ['VerifiablePresentation']
  readonly verifiableCredential: readonly PresentedCredential[]
  readonly timestamps?: readonly Timestamp[]
}

/**
 * Makes a presentation: what it is about first, then everything that rests under it and is at hand,
 * each once by digest, the newest edition of each status list alone. What nothing refers to is left
 * out; what is missing is left to the verifier to name.
 *
 * @param first the passport, or the attestations that are submitted
 * @param stamped timestamps at hand: those of what it holds stand beside it
 * @throws {IssuanceError} PRESENTATION_REFUSED when it would be larger than verifiers read
 */
export function bundle(
  first: SecuredCredential | readonly SecuredCredential[],
  atHand: readonly SecuredCredential[],
  stamped: readonly Timestamp[] = [],
): Bundle {
  const roots = 'credential' in first ? [first] : first
  const credentials = chainOf(roots, indexPool(atHand))
  const presentation = presentationOf(credentials, timestampsOf(credentials, stamped))
  checkPresentationSize(JSON.stringify(presentation), credentials.length)
  return presentation
}

/** A presentation of exactly these credentials and timestamps, in this order. */
export function presentationOf(
  credentials: readonly SecuredCredential[],
  timestamps: readonly Timestamp[],
): Bundle {
  return {
    '@context': timestamps.length === 0 ? [VC_CONTEXT] : CONTEXTS,
    type: ['VerifiablePresentation'],
    verifiableCredential: credentials.map(({ document }) => document),
    ...(timestamps.length === 0 ? {} : { timestamps }),
  }
}
