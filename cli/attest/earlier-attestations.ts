import type { AttestedSubject, Desk } from '@battery-passport/issuer'
import { isOfType, type SecuredCredential } from '@battery-passport/verifier'
import { type Complaint, refusal } from '../errors.ts'
import { placeIn } from '../input/read-document.ts'
import type { PreparedAttestation } from './prepare.ts'

/**
 * Makes sure that no attestation says again what another one of this desk, or of the same call,
 * says of the same subject, rulebook and period: a verifier takes the two as a conflict.
 *
 * @throws {CommandError} refused, naming each earlier one
 */
export async function refuseSecond(
  prepared: readonly PreparedAttestation[],
  desk: Pick<Desk, 'records' | 'issued'>,
): Promise<void> {
  const seen = new Map<string, string>()
  for (const { id, type, status } of desk.records) {
    if (type !== 'RulebookAttestation' || status === 'revoked') continue
    const earlier: SecuredCredential = await desk.issued(id)
    if (!isOfType(earlier, 'RulebookAttestation')) continue
    const { credentialSubject: subject } = earlier.credential
    seen.set(questionOf(subject, subject.rulebook.key), id)
  }
  const complaints: Complaint[] = []
  for (const { files, request, context } of prepared) {
    const { subject } = request
    const question = questionOf(subject, context.rulebook.key)
    const earlier = seen.get(question)
    if (earlier !== undefined && earlier !== subject.supersedes?.id) {
      complaints.push({
        what: 'This subject, rulebook and period were attested before.',
        where: placeIn(files.engagement, '/subject/id'),
        expected: `no second attestation of ${context.rulebook.key} for ${subject.period.from} to ${subject.period.until}`,
        found: earlier,
        remedy:
          'A verifier takes the two as a conflict. Revoke the earlier one, name it under "supersedes" in the engagement, or add --again if both are meant.',
      })
    }
    seen.set(question, request.id)
  }
  if (complaints.length > 0) throw refusal(...complaints)
}

/** What an attestation answers: activities set two of one subject apart. */
function questionOf({ id, period, activities }: AttestedSubject, rulebook: string): string {
  const places = activities.map((each) => [each.stage, 'material' in each ? each.material : ''])
  return JSON.stringify([id, rulebook, period.from, period.until, places.map(String).sort()])
}
