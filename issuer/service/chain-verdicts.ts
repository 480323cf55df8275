import type { Clock, CredentialVerdict, Verifier } from '@battery-passport/verifier'
import type { EvidenceChain } from './evidence-pool.ts'

/**
 * The verdict on a chain under the policy of the service. Passports of one series rest on one
 * chain, and within one second the same bytes have the same verdict: it is asked for once.
 */
export class ChainVerdicts {
  private readonly known = new WeakMap<
    EvidenceChain,
    { readonly at: number; readonly verdict: Promise<CredentialVerdict> }
  >()
  private readonly verifier: Verifier
  private readonly clock: Clock

  constructor(verifier: Verifier, clock: Clock) {
    this.verifier = verifier
    this.clock = clock
  }

  of(chain: EvidenceChain): Promise<CredentialVerdict> {
    const at = this.clock.now()
    const known = this.known.get(chain)
    if (known?.at === at) return known.verdict
    const verdict = this.verifier.verifyAttestations(chain.bytes)
    this.known.set(chain, { at, verdict })
    return verdict
  }
}
