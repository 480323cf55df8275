import { type Examiners, examineAttestation } from './attestation.ts'
import type { AttestationExam } from './attestation-exam.ts'
import { watchDocuments } from './consulted.ts'
import type { Inquiry } from './inquiry.ts'
import { type Attestation, isOfType } from './secured-credential.ts'
import { inForce } from './validity.ts'

/** What makes an exam of an attestation within a passport. */
export type ExaminersOf = (inquiry: Inquiry) => Examiners

/**
 * Examines the attestations of a passport. The batteries of a series rest on the same ones: what was
 * found good is remembered for the same instants, the same identities in force and the same party,
 * as long as everything that was looked up is still answered by the same bytes. Anything else is
 * examined anew.
 *
 * @param instant when identities must have been in force: the signing of the passport
 */
export async function examineSet(
  attestations: readonly Attestation[],
  instant: number,
  inquiry: Inquiry,
  examinersOf: ExaminersOf,
): Promise<readonly AttestationExam[]> {
  const { memory, documents } = inquiry
  const key = keyOf(attestations, instant, inquiry, examinersOf(inquiry))
  const known = memory.exams.get(key)
  if (known?.agreesWith(documents)) return known.exams
  const watched = watchDocuments(documents)
  const within = { ...inquiry, documents: watched.documents }
  const examiners = examinersOf(within)
  const exams: AttestationExam[] = []
  for (const attestation of attestations) {
    exams.push(await examineAttestation(attestation, within, examiners))
  }
  if (exams.every(isGood)) memory.exams.set(key, { exams, agreesWith: watched.agreesWith })
  return exams
}

function isGood({ findings }: AttestationExam): boolean {
  return findings.every(({ severity }) => severity === 'note' || severity === 'warning')
}

/** Everything an exam depends on besides the documents it looks up, the policy and the methods. */
function keyOf(
  attestations: readonly Attestation[],
  instant: number,
  { at, now, documents }: Inquiry,
  { passportIssuer }: Examiners,
): string {
  const identities = documents.all.map((document) =>
    document.ok &&
    isOfType(document.secured, 'RegisteredIdentity') &&
    inForce(document.secured.validity, instant)
      ? document.secured.digestMultibase
      : '',
  )
  const issuer =
    passportIssuer === null
      ? []
      : [
          passportIssuer.did,
          ...passportIssuer.leis,
          '',
          ...passportIssuer.parents,
          String(passportIssuer.proven),
        ]
  return JSON.stringify([
    at,
    now,
    identities.filter(Boolean),
    issuer,
    attestations.map(({ digestMultibase }) => digestMultibase),
  ])
}
