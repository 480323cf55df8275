import { formatInstant } from '@battery-passport/contexts'
import type { PublicKey } from '@battery-passport/keys'
import type { DistrustRule } from '../policy/policy.ts'
import { type Refused, refuseAt } from './refusal.ts'
import type { Doubt, Signed, SignerInquiry } from './signed.ts'

/** Every rule of the policy that names the issuer or the credential, or, given one, the key. */
export function distrustRules(
  credential: Signed,
  { policy }: SignerInquiry,
  key: PublicKey | null,
): readonly DistrustRule[] {
  return policy.distrust.filter(({ kind, value }) =>
    key === null
      ? (kind === 'did' && value === credential.issuer) ||
        (kind === 'credential' && value === credential.id)
      : kind === 'key' && value === key.thumbprint,
  )
}

/** That a rule is against it: one without `since`, or a signature from then on. */
export function distrusted(credential: Signed, rules: readonly DistrustRule[]): Refused | null {
  const rule = rules.find(({ since }) => credential.created >= since)
  if (rule === undefined) return null
  return refuseAt(credential, 'DISTRUSTED', '', {
    detail: `Your policy distrusts this ${rule.kind === 'did' ? 'issuer' : rule.kind}: ${rule.reason}`,
    expected: 'an issuer, a key and a credential that your policy does not distrust',
    found: rule.value,
  })
}

/** A distrusted signer could date anything back. */
export function backdatable({ since, reason }: DistrustRule): Doubt {
  const detail = `Your policy distrusts its signer from ${formatInstant(since)} on (${reason})`
  return { detail, last: since - 1 }
}
