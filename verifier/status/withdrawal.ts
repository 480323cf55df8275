import { formatInstant, type StatusPurpose } from '@battery-passport/contexts'
import { type Finding, finding } from '../findings/findings.ts'
import type { Inquiry } from '../inquiry.ts'
import type { Ending } from '../time/ending.ts'

/** What an issuer has withdrawn of a credential: a bit that is set, and what its notice says. */
export interface Withdrawal {
  readonly purpose: StatusPurpose
  /** The withdrawn credential, and its entry in it. */
  readonly credential: string
  readonly pointer: string
  /** From when on: seconds since the epoch; null: from the beginning. */
  readonly since: number | null
  readonly withdraws: 'whole' | readonly string[]
  /** Who says so, and why, for a reader. */
  readonly said: string
  /** The bit that would not be set. */
  readonly expected: string
}

/** What withdrawals mean for what was relied on at an instant. */
export interface WithdrawalEffects {
  /** Errors, warnings, and notes on what is withdrawn only later than the instant asked for. */
  readonly findings: readonly Finding[]
  readonly isRevoked: boolean
  /** It was withdrawn after it had been relied on: so says only the word of who relied on it. */
  readonly ended: readonly Ending[]
  /** The indicators that do not count at the instant asked for. */
  readonly indicators: readonly string[]
}

/**
 * Judges withdrawals by when the credential was relied on: by its own signing, what rests on it,
 * or the instant asked for. What was void then is void at any instant, also where the instant asked
 * for is earlier than the withdrawal; what was withdrawn only afterwards has ended since.
 *
 * @param reliedOnAt seconds since the epoch
 */
export function withdrawalEffects(
  withdrawals: readonly Withdrawal[],
  reliedOnAt: number,
  { at }: Pick<Inquiry, 'at'>,
): WithdrawalEffects {
  const findings: Finding[] = []
  const ended: Ending[] = []
  const indicators: string[] = []
  let isRevoked = false
  for (const withdrawal of withdrawals) {
    const { purpose, since, withdraws } = withdrawal
    if (purpose === 'suspension') {
      findings.push(
        since === null || since <= at ? suspended(withdrawal) : toCome(withdrawal, since),
      )
    } else if (withdraws !== 'whole') {
      // Whenever the passport was signed: its claim stays, and is not the score that counts now.
      if (since === null || since <= at) {
        findings.push(inPart(withdrawal, withdraws))
        indicators.push(...withdraws)
      } else findings.push(toCome(withdrawal, since))
    } else if (since === null || since <= reliedOnAt) {
      findings.push(revoked(withdrawal))
      isRevoked = true
    } else if (since <= at) ended.push(endedBy(withdrawal, since, at))
    else findings.push(toCome(withdrawal, since))
  }
  return { findings, isRevoked, ended, indicators }
}

function revoked(withdrawal: Withdrawal): Finding {
  const { credential, pointer, said, expected } = withdrawal
  const detail = `It is revoked: ${said}.`
  return finding('REVOKED', { credential, pointer, detail, expected, found: foundOf(withdrawal) })
}

function suspended(withdrawal: Withdrawal): Finding {
  const { credential, pointer, said, expected } = withdrawal
  const detail = `It is suspended: ${said}.`
  return finding('SUSPENDED', { credential, pointer, detail, expected, found: foundOf(withdrawal) })
}

function inPart(withdrawal: Withdrawal, indicators: readonly string[]): Finding {
  const { credential, pointer, said } = withdrawal
  return finding('WITHDRAWN_IN_PART', {
    credential,
    pointer,
    detail: `Some of what it says is withdrawn: ${said}. It counts as unknown.`,
    expected: 'nothing withdrawn',
    found: indicators.join(', '),
  })
}

function endedBy(withdrawal: Withdrawal, since: number, at: number): Ending {
  const { credential, pointer, said } = withdrawal
  return {
    // A signature of the very second from which it is withdrawn is too late.
    last: since - 1,
    note: finding('ENDED_SINCE', {
      credential,
      pointer,
      detail: `It is withdrawn from a later instant on than it was relied on: ${said}.`,
      expected: `not withdrawn at ${formatInstant(at)}`,
      found: foundOf(withdrawal),
    }),
  }
}

function toCome(withdrawal: Withdrawal, since: number): Finding {
  const { credential, pointer, said } = withdrawal
  return finding('ENDED_SINCE', {
    credential,
    pointer,
    detail: `It is withdrawn from an instant on that is later than the one asked for: ${said}.`,
    expected: 'not withdrawn',
    found: formatInstant(since),
  })
}

function foundOf({ since }: Withdrawal): string {
  return since === null ? 'set' : `set, from ${formatInstant(since)} on`
}
