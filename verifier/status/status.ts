import type { StatusEntry } from '@battery-passport/contexts'
import { formatInstant } from '@battery-passport/contexts'
import type { Finding } from '../findings/findings.ts'
import type { Inquiry } from '../inquiry.ts'
import { bitAt } from '../reading/bitstring.ts'
import type { SecuredCredential, StatusList } from '../reading/secured-credential.ts'
import { type NoticeReading, noticeOf } from './notices.ts'
import { outOfRange, unreachable } from './status-findings.ts'
import { freshness } from './status-freshness.ts'
import { currentEditions, type Edition } from './status-lists.ts'
import type { StatusSigner } from './status-signers.ts'
import { supposedWithdrawal } from './supposed-withdrawal.ts'
import type { Withdrawal } from './withdrawal.ts'

/** What the lists say of one credential. */
export interface StatusReport {
  /** What is withdrawn of it: `withdrawalEffects` judges what follows. */
  readonly withdrawals: readonly Withdrawal[]
  /** What could not be checked, or is not as it must be. */
  readonly findings: readonly Finding[]
  /** The lists and notices that were used. */
  readonly used: readonly SecuredCredential[]
}

/**
 * Step 5: every entry of a credential against the newest authentic list of its id, and the notice
 * that list names. Revoked and could-not-check are never confused: a missing or stale list, or a
 * missing notice, is unknown.
 *
 * @param signers who may speak of it: `ownSigner` of an anchor or manufacturer, or `signersOf` a body
 */
export async function statusOf(
  credential: SecuredCredential,
  inquiry: Inquiry,
  signers: readonly StatusSigner[],
): Promise<StatusReport> {
  const findings: Finding[] = []
  const withdrawals: Withdrawal[] = []
  const used: SecuredCredential[] = []
  const entries =
    'credentialStatus' in credential.credential ? credential.credential.credentialStatus : []
  for (const [position, entry] of entries.entries()) {
    const at = { credential: credential.id, pointer: `/credentialStatus/${position}` }
    const found = await currentEditions(entry, inquiry, signers)
    findings.push(...found.findings)
    if (found.editions.length === 0 && found.findings.length === 0) {
      findings.push(unreachable(at, entry))
    }
    for (const { list, bits } of found.editions) {
      used.push(list)
      findings.push(...freshness(list, inquiry, signers))
      const index = Number(entry.statusListIndex)
      const isSet = bitAt(bits, index)
      if (isSet === null) {
        findings.push(outOfRange(at, entry, bits))
        continue
      }
      const question = { withdrawn: credential, pointer: at.pointer, list, index, isSet }
      const { notices } = list.credential.credentialSubject
      // Most lists name none, and every entry of every credential comes by here.
      const reading =
        notices === undefined ? NOTHING_NAMED : await noticeOf(question, inquiry, signers)
      if (reading.outcome === 'read') used.push(reading.notice)
      else findings.push(...reading.findings)
      if (isSet && reading.outcome !== 'open')
        withdrawals.push({ ...at, ...said(entry, list, reading) })
    }
  }
  const supposed = supposedWithdrawal(credential, inquiry.supposed)
  if (supposed !== null) withdrawals.push(supposed)
  return { withdrawals, findings, used }
}

const NOTHING_NAMED: NoticeReading = { outcome: 'none', findings: [] }

type Said = Omit<Withdrawal, 'credential' | 'pointer'>

/** What a set bit says: without a notice that counts, everything, from the beginning. */
function said(
  { statusPurpose: purpose, statusListIndex }: StatusEntry,
  list: Edition['list'],
  reading: Exclude<NoticeReading, { outcome: 'open' }>,
): Said {
  const bit = { purpose, expected: `entry ${statusListIndex} of ${list.id} not set` }
  if (reading.outcome === 'read') {
    const { since, withdraws } = reading
    return { ...bit, since, withdraws, said: reading.said }
  }
  return { ...bit, since: null, withdraws: 'whole', said: saidBy(list) }
}

function saidBy({ created }: StatusList): string {
  return `the list of ${formatInstant(created)} says so, without a notice that counts`
}
