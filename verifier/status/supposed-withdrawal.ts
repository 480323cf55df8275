import { formatInstant } from '@battery-passport/contexts'
import type { SecuredCredential } from '../reading/secured-credential.ts'
import { answeredIndicators } from './notice-rules.ts'
import type { Withdrawal } from './withdrawal.ts'

/** A credential that is taken as revoked, though no list says so. */
export interface SupposedRevocation {
  /** The id of the credential, and its issuer where only that of one is meant. */
  readonly credential: string
  readonly issuer: string | null
  readonly withdraws: 'whole' | readonly string[]
  /** Seconds since the epoch; null: from the beginning. */
  readonly since: number | null
}

/**
 * What the status of a credential would say besides, were it revoked; null: it is another one. Of a
 * part it takes what the attestation answers: nothing else can be withdrawn of it.
 */
export function supposedWithdrawal(
  withdrawn: SecuredCredential,
  supposed: SupposedRevocation | null,
): Withdrawal | null {
  if (supposed === null || supposed.credential !== withdrawn.id) return null
  if (supposed.issuer !== null && supposed.issuer !== withdrawn.issuer) return null
  const { credential } = withdrawn
  const entries = 'credentialStatus' in credential ? credential.credentialStatus : []
  const position = entries.findIndex(({ statusPurpose }) => statusPurpose === 'revocation')
  const entry = entries[position]
  const withdraws = withdrawnOf(withdrawn, supposed.withdraws)
  if (entry === undefined || withdraws.length === 0) return null
  const from = supposed.since === null ? 'the beginning' : formatInstant(supposed.since)
  return {
    purpose: 'revocation',
    credential: withdrawn.id,
    pointer: `/credentialStatus/${position}`,
    since: supposed.since,
    withdraws,
    said: `so it is supposed here, from ${from} on; no status list says so`,
    expected: `entry ${entry.statusListIndex} of ${entry.statusListCredential} not set`,
  }
}

function withdrawnOf(
  withdrawn: SecuredCredential,
  withdraws: SupposedRevocation['withdraws'],
): Withdrawal['withdraws'] {
  if (withdraws === 'whole') return withdraws
  const answered = answeredIndicators(withdrawn)
  return withdraws.filter((indicator) => answered?.has(indicator) ?? false)
}
