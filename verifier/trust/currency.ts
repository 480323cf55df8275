import { formatInstant } from '@battery-passport/contexts'
import type { PublicKey } from '@battery-passport/keys'
import { type Finding, finding, isClean } from '../findings/findings.ts'
import type { Inquiry } from '../inquiry.ts'
import { keyEndings, listsKey } from '../proof/covered-keys.ts'
import { credentialsAbout } from '../reading/documents.ts'
import { proofPointer, type SecuredCredential } from '../reading/secured-credential.ts'
import { withdrawalEffects } from '../status/withdrawal.ts'
import type { Ending } from '../time/ending.ts'
import { endedSince, inForce } from '../time/validity.ts'
import type { AccreditationExam, AccreditationExaminer } from './accreditation.ts'
import { uncoveredDemands } from './entitlement.ts'
import type { ScopeLists } from './scope-lists.ts'

/**
 * Whether the body may still sign at the instant asked for. Once it may not, nothing but a trusted
 * time shows that it signed before: `created` is its own word. A renewal keeps the right alive, but
 * cures nothing that was withdrawn.
 *
 * @param demands what it demands of any accreditation
 * @param withdrawn how the accreditation it pins was withdrawn after it had signed
 */
export async function currencyFindings(
  attestation: SecuredCredential,
  demands: readonly ScopeLists[],
  key: PublicKey,
  exam: AccreditationExam,
  withdrawn: readonly Ending[],
  inquiry: Inquiry,
  examine: AccreditationExaminer,
): Promise<{ readonly findings: readonly Finding[]; readonly used: readonly SecuredCredential[] }> {
  const isCurrent = ({
    accreditation,
    findings,
    ended,
    withdrawn: above,
    withdrawals,
  }: AccreditationExam) => {
    const { keys, scope } = accreditation.credential.credentialSubject
    return (
      ended.length + above.length === 0 &&
      !withdrawalEffects(withdrawals, inquiry.at, inquiry).isRevoked &&
      isClean(findings) &&
      inForce(accreditation.validity, inquiry.at) &&
      listsKey(keys, key, inquiry.at) &&
      uncoveredDemands(demands, scope).length === 0
    )
  }
  const nothing = { findings: [], used: [] }
  // Signed outside it: that is an error of its own, and nothing there is left to prove.
  if (!inForce(exam.accreditation.validity, attestation.created)) return nothing
  const ended = [...exam.ended]
  if (exam.accreditation.validity.until < inquiry.at) {
    ended.push(endedSince(exam.accreditation, inquiry.at))
  }
  if (ended.length === 0) {
    ended.push(...keyEndings(exam.accreditation, key, attestation.created, inquiry.at))
  }
  const incurable = [...exam.withdrawn, ...withdrawn]
  if (incurable.length > 0) {
    return { findings: outdated(attestation, [...incurable, ...ended], inquiry), used: [] }
  }
  if (ended.length === 0) return nothing
  for (const other of credentialsAbout(
    'VerifierAccreditation',
    attestation.issuer,
    inquiry.documents,
  )) {
    if (other.digestMultibase === exam.accreditation.digestMultibase) continue
    const renewal = await examine(other)
    if (isCurrent(renewal)) return { findings: [], used: renewal.used }
  }
  return { findings: outdated(attestation, ended, inquiry), used: [] }
}

/**
 * What follows when something that a signature rests on has ended since: as the policy takes it.
 * Everything that may count for the time of a signature is weighed here.
 *
 * @param signed whose time of signing is in doubt
 */
export function outdated(
  signed: SecuredCredential,
  ended: readonly Ending[],
  { policy, times }: Inquiry,
): readonly Finding[] {
  if (ended.length === 0) return []
  const notes = ended.map(({ note }) => note)
  if (policy.requireCurrent) return notes.map(notCurrent)
  const isProven = ended.every(({ last }) => times.proveBy(signed.digestMultibase, last))
  return policy.acceptSelfAssertedTime || isProven ? notes : [...notes, timeUnproven(signed, notes)]
}

/** The same as an error, for a policy that requires what counts to be in force still. */
export function notCurrent(ended: Finding): Finding {
  const { credential, pointer, detail, expected, found } = ended
  return finding('NOT_CURRENT', { credential, pointer, detail, expected, found })
}

/** That a signature was made in time rests on the word of one whose right has ended. */
export function timeUnproven(signed: SecuredCredential, ended: readonly Finding[]): Finding {
  return finding('TIME_UNPROVEN', {
    credential: signed.id,
    pointer: proofPointer(signed, 'created'),
    detail: `What it rests on has ended since (${[...new Set(ended.map(({ credential }) => credential))].join(', ')}), and only its own word says that it was signed before.`,
    expected: 'everything it rests on still in force, or a trusted timestamp',
    found: formatInstant(signed.created),
  })
}

/** Whether an attestation had ended at an instant. */
export function hasEnded(attestation: SecuredCredential, at: number): boolean {
  return attestation.validity.until < at
}
