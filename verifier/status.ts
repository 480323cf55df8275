import { bitAt } from './bitstring.ts'
import type { Finding } from './findings.ts'
import type { Inquiry } from './inquiry.ts'
import type { SecuredCredential } from './secured-credential.ts'
import { outOfRange, unreachable, withdrawn } from './status-findings.ts'
import { freshness } from './status-freshness.ts'
import { currentEditions, type ListKeys } from './status-lists.ts'

/** What the lists say of one credential. */
export interface StatusReport {
  readonly revoked: boolean
  readonly suspended: boolean
  readonly findings: readonly Finding[]
  /** The lists that were used. */
  readonly lists: readonly SecuredCredential[]
}

/**
 * Step 5: every entry of a credential against the newest authentic list of its id. Revoked and
 * could-not-check are never confused: a missing or stale list is unknown, a set bit is an error.
 */
export async function statusOf(
  credential: SecuredCredential,
  inquiry: Inquiry,
  listKeys: ListKeys,
): Promise<StatusReport> {
  const findings: Finding[] = []
  const lists: SecuredCredential[] = []
  const set = { revocation: false, suspension: false }
  const entries =
    'credentialStatus' in credential.credential ? credential.credential.credentialStatus : []
  for (const [position, entry] of entries.entries()) {
    const at = { credential: credential.id, pointer: `/credentialStatus/${position}` }
    const found = await currentEditions(credential.issuer, entry, inquiry, listKeys)
    findings.push(...found.findings)
    if (found.editions.length === 0 && found.findings.length === 0) {
      findings.push(unreachable(at, entry))
    }
    for (const { list, bits } of found.editions) {
      lists.push(list)
      findings.push(...freshness(list, inquiry))
      const bit = bitAt(bits, Number(entry.statusListIndex))
      if (bit === null) findings.push(outOfRange(at, entry, bits))
      else if (bit) {
        set[entry.statusPurpose] = true
        findings.push(withdrawn(at, entry, list))
      }
    }
  }
  return { revoked: set.revocation, suspended: set.suspension, findings, lists }
}
