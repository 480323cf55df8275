import { formatInstant } from '@battery-passport/contexts'
import type { PublicKey } from '@battery-passport/keys'
import {
  type Accreditation,
  type AccreditationExam,
  type AccreditationExaminer,
  endedSince,
  listsKey,
} from './accreditation.ts'
import { covers, demandsOf } from './accreditation-scope.ts'
import { type Finding, finding } from './findings.ts'
import type { Inquiry } from './inquiry.ts'
import type { SecuredCredential } from './secured-credential.ts'
import { inForce } from './validity.ts'

type Attestation = SecuredCredential<'RulebookAttestation'>

/**
 * Whether the body may still sign at the instant asked for. Once it may not, nothing but a trusted
 * time shows that it signed before: `created` is its own word. A renewal keeps the right alive.
 */
export async function currencyFindings(
  attestation: Attestation,
  key: PublicKey,
  exam: AccreditationExam,
  inquiry: Inquiry,
  examine: AccreditationExaminer,
): Promise<{ readonly findings: readonly Finding[]; readonly used: readonly SecuredCredential[] }> {
  const isCurrent = ({ accreditation, findings, ended }: AccreditationExam) => {
    const { keys, scope } = accreditation.credential.credentialSubject
    return (
      ended.length === 0 &&
      findings.every(({ severity }) => severity === 'note' || severity === 'warning') &&
      inForce(accreditation.validity, inquiry.at) &&
      listsKey(keys, key, inquiry.at) &&
      demandsOf(attestation.credential).every((demand) =>
        scope.some((entry) => covers(entry, demand)),
      )
    )
  }
  const nothing = { findings: [], used: [] }
  // Signed outside it: that is an error of its own, and nothing there is left to prove.
  if (!inForce(exam.accreditation.validity, attestation.created)) return nothing
  const ended = [...exam.ended]
  if (exam.accreditation.validity.until < inquiry.at) {
    ended.push(endedSince(exam.accreditation, inquiry.at))
  }
  const { keys } = exam.accreditation.credential.credentialSubject
  const listedThen = listsKey(keys, key, attestation.created)
  const keyEnded = listedThen && !listsKey(keys, key, inquiry.at)
  if (keyEnded && ended.length === 0) ended.push(keyEndedSince(exam.accreditation, key))
  if (ended.length === 0) return nothing
  for (const other of inquiry.documents.about('VerifierAccreditation', attestation.issuer)) {
    if (other.digestMultibase === exam.accreditation.digestMultibase) continue
    const renewal = await examine(other)
    if (isCurrent(renewal)) return { findings: [], used: renewal.used }
  }
  const { policy } = inquiry
  if (policy.requireCurrent) {
    return { findings: ended.map((each) => notCurrent(each)), used: [] }
  }
  if (policy.acceptSelfAssertedTime) return { findings: ended, used: [] }
  return { findings: [...ended, timeUnproven(attestation, ended)], used: [] }
}

function keyEndedSince(accreditation: Accreditation, { thumbprint }: PublicKey): Finding {
  return finding('ENDED_SINCE', {
    credential: accreditation.id,
    pointer: '/credentialSubject/keys',
    detail: 'The key that signed is listed only until before the instant asked for.',
    found: thumbprint,
  })
}

/** The same as an error, for a policy that requires what counts to be in force still. */
export function notCurrent(ended: Finding): Finding {
  return finding('NOT_CURRENT', {
    credential: ended.credential,
    pointer: ended.pointer,
    detail: ended.detail,
    ...(ended.expected === undefined ? {} : { expected: ended.expected }),
    ...(ended.found === undefined ? {} : { found: ended.found }),
  })
}

/** That a signature was made in time rests on the word of one whose right has ended. */
export function timeUnproven(signed: SecuredCredential, ended: readonly Finding[]): Finding {
  return finding('TIME_UNPROVEN', {
    credential: signed.id,
    pointer: signed.securing.form === 'vc+jwt' ? '' : '/proof/created',
    detail: `What it rests on has ended since (${[...new Set(ended.map(({ credential }) => credential))].join(', ')}), and only its own word says that it was signed before.`,
    expected: 'everything it rests on still in force, or a trusted timestamp',
    found: formatInstant(signed.created),
  })
}

/** Whether an attestation had ended at an instant. */
export function hasEnded(attestation: Attestation, at: number): boolean {
  return attestation.validity.until < at
}
