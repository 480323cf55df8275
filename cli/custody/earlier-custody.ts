import type { DayRange } from '@battery-passport/contexts'
import type { Desk } from '@battery-passport/issuer'
import { coveredRows, isOfType, type SecuredCredential } from '@battery-passport/verifier'
import { type Complaint, refusal } from '../errors.ts'
import type { PreparedCustody } from './prepare-custody.ts'

/** What was said of the rows of a battery. */
interface Said {
  readonly id: string
  readonly subject: PreparedCustody['request']['subject']
}

/**
 * Makes sure that no custody attestation assures a row again that another one of this desk, or of
 * the same call, assures of the same battery in the same window: a verifier takes the two as a
 * conflict, for the holder could choose the better one.
 *
 * @throws {CommandError} refused, naming each earlier one
 */
export async function refuseSecondCustody(
  prepared: readonly PreparedCustody[],
  desk: Pick<Desk, 'records' | 'issued'>,
): Promise<void> {
  const said: Said[] = []
  for (const { id, type, status } of desk.records) {
    if (type !== 'CustodyAttestation' || status === 'revoked') continue
    const earlier: SecuredCredential = await desk.issued(id)
    if (!isOfType(earlier, 'CustodyAttestation')) continue
    said.push({ id, subject: earlier.credential.credentialSubject })
  }
  const complaints: Complaint[] = []
  for (const { request, origin } of prepared) {
    const { id, subject } = request
    for (const earlier of said) {
      const index = firstAgain(subject, earlier.subject)
      if (index === -1) continue
      complaints.push({
        what: 'This row of the battery was assured before, for the same time.',
        where: origin(`/credentialSubject/supplyChain/${index}`),
        expected: 'each row assured once for a day of manufacture',
        found: earlier.id,
        remedy:
          'A verifier takes the two as a conflict. Revoke the earlier one, assure other rows or another productionWindow, or add --again if both are meant.',
      })
    }
    said.push({ id, subject })
  }
  if (complaints.length > 0) throw refusal(...complaints)
}

/** The place of the first row that the earlier statement covers; -1 where there is none. */
function firstAgain(subject: Said['subject'], earlier: Said['subject']): number {
  if (subject.id !== earlier.id || !meet(subject.productionWindow, earlier.productionWindow)) {
    return -1
  }
  const covering = [{ credential: { credentialSubject: earlier } }]
  return coveredRows(subject.supplyChain, covering).findIndex(({ by }) => by !== null)
}

/** Days of equal form sort as text. */
function meet(a: DayRange, b: DayRange): boolean {
  return a.from <= b.until && b.from <= a.until
}
