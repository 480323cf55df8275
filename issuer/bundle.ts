import { VC_CONTEXT } from '@battery-passport/contexts'
import type { SecuredCredential } from '@battery-passport/verifier'
import { chainOf, indexPool } from './chain.ts'
import { checkPresentationSize } from './lint/presentation-size.ts'

/** A credential as a presentation has it. */
export type PresentedCredential = SecuredCredential['document']

/** A `VerifiablePresentation` with a whole chain in it; unsigned. */
export interface Bundle {
  readonly '@context': readonly [typeof VC_CONTEXT]
  readonly type: readonly ['VerifiablePresentation']
  readonly verifiableCredential: readonly PresentedCredential[]
}

/**
 * Makes a presentation: what it is about first, then everything that rests under it and is at hand,
 * each once by digest, the newest edition of each status list alone. What nothing refers to is left
 * out; what is missing is left to the verifier to name.
 *
 * @param first the passport, or the attestations that are submitted
 * @throws {IssuanceError} PRESENTATION_REFUSED when it would be larger than verifiers read
 */
export function bundle(
  first: SecuredCredential | readonly SecuredCredential[],
  atHand: readonly SecuredCredential[],
): Bundle {
  const roots = 'credential' in first ? [first] : first
  const credentials = chainOf(roots, indexPool(atHand))
  const presentation: Bundle = {
    '@context': [VC_CONTEXT],
    type: ['VerifiablePresentation'],
    verifiableCredential: credentials.map(({ document }) => document),
  }
  checkPresentationSize(JSON.stringify(presentation), credentials.length)
  return presentation
}
