import { formatInstant } from '@battery-passport/contexts'
import type { PublicKey } from '@battery-passport/keys'
import { type Finding, finding, isClean } from '../findings/findings.ts'
import type { Inquiry } from '../inquiry.ts'
import { keyEndings, listsKey } from '../proof/covered-keys.ts'
import { credentialsAbout } from '../reading/documents.ts'
import {
  type Accreditation,
  proofPointer,
  type SecuredCredential,
} from '../reading/secured-credential.ts'
import { withdrawalEffects } from '../status/withdrawal.ts'
import type { Ending } from '../time/ending.ts'
import { endedSince, inForce } from '../time/validity.ts'
import type { AccreditationExam, AccreditationExaminer } from './accreditation.ts'

/** What a body signed by the right of an accreditation. */
export interface SignedByRight {
  readonly signed: SecuredCredential
  /** That signed it. */
  readonly key: PublicKey
  /** The accreditation it pins. */
  readonly pinned: AccreditationExam
  /** How that was withdrawn after it had signed. */
  readonly withdrawn: readonly Ending[]
  /** Whether another accreditation of the body gives it the same right. */
  readonly isAllowedBy: (other: Accreditation) => boolean
}

/**
 * Whether the body may still sign at the instant asked for. Once it may not, nothing but a trusted
 * time shows that it signed before: `created` is its own word. A renewal keeps the right alive, but
 * cures nothing that was withdrawn.
 */
export async function currencyFindings(
  { signed, key, pinned, withdrawn, isAllowedBy }: SignedByRight,
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
    const { keys } = accreditation.credential.credentialSubject
    return (
      ended.length + above.length === 0 &&
      !withdrawalEffects(withdrawals, inquiry.at, inquiry).isRevoked &&
      isClean(findings) &&
      inForce(accreditation.validity, inquiry.at) &&
      listsKey(keys, key, inquiry.at) &&
      isAllowedBy(accreditation)
    )
  }
  const nothing = { findings: [], used: [] }
  // Signed outside it: that is an error of its own, and nothing there is left to prove.
  if (!inForce(pinned.accreditation.validity, signed.created)) return nothing
  const ended = [...pinned.ended]
  if (pinned.accreditation.validity.until < inquiry.at) {
    ended.push(endedSince(pinned.accreditation, inquiry.at))
  }
  // A key that ended first could have signed since then; one that ended no earlier adds nothing.
  const ofKey = keyEndings(pinned.accreditation, key, signed.created, inquiry.at)
  ended.push(...ofKey.filter(({ last }) => ended.every((each) => last < each.last)))
  const incurable = [...pinned.withdrawn, ...withdrawn]
  if (incurable.length > 0) {
    return { findings: outdated(signed, [...incurable, ...ended], inquiry), used: [] }
  }
  if (ended.length === 0) return nothing
  for (const other of credentialsAbout('VerifierAccreditation', signed.issuer, inquiry.documents)) {
    if (other.digestMultibase === pinned.accreditation.digestMultibase) continue
    const renewal = await examine(other)
    if (isCurrent(renewal)) return { findings: [], used: renewal.used }
  }
  return { findings: outdated(signed, ended, inquiry), used: [] }
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
