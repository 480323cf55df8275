import { type Finding, finding, listed } from '../findings/findings.ts'
import type { DatedCredential } from '../reading/dated-credential.ts'
import type { Attestation } from '../reading/secured-credential.ts'
import type { AttestationExam } from './attestation-exam.ts'

/** Every answer's evidence is listed in the attestation, and about its subject. */
export function evidenceFindings(attestation: DatedCredential<'RulebookAttestation'>): Finding[] {
  const subject = attestation.credential.credentialSubject
  const files = new Map(subject.evidenceFiles.map((file) => [file.id, file]))
  const unmatched = subject.results.flatMap((result, index) => {
    if (result.answer === 'not-assessed') return []
    return (result.evidenceIds ?? []).flatMap((id, place) => {
      const file = files.get(id)
      const pointer = `/credentialSubject/results/${index}/evidenceIds/${place}`
      const refuse = (detail: string, expected: string, found: string) => [
        finding('EVIDENCE_MISMATCH', {
          credential: attestation.id,
          pointer,
          detail,
          expected,
          found,
        }),
      ]
      if (file === undefined) {
        const detail = 'The answer names evidence that the attestation does not list.'
        return refuse(detail, 'the id of one of evidenceFiles', id)
      }
      const { covers = [subject.id] } = file
      if (covers.includes(subject.id)) return []
      const detail = 'The evidence does not cover this subject.'
      return refuse(detail, `covers with ${subject.id}`, listed(covers))
    })
  })
  return [...repeatedFiles(attestation), ...unmatched]
}

/** Two files under one id: nobody could say which of them an answer means. */
function repeatedFiles(attestation: DatedCredential<'RulebookAttestation'>): Finding[] {
  const seen = new Set<string>()
  return attestation.credential.credentialSubject.evidenceFiles.flatMap(({ id }, index) => {
    const isNew = !seen.has(id)
    seen.add(id)
    if (isNew) return []
    return [
      finding('EVIDENCE_MISMATCH', {
        credential: attestation.id,
        pointer: `/credentialSubject/evidenceFiles/${index}/id`,
        detail: 'Two evidence files have the same id.',
        expected: 'an id of its own',
        found: id,
      }),
    ]
  })
}

/**
 * What one set of exams says of evidence that is used twice, while its facilities are called the
 * same. The passports of a series rest on the very same exams.
 */
export type DuplicateEvidence = WeakMap<
  readonly AttestationExam[],
  { readonly facilities: readonly string[]; readonly findings: readonly Finding[] }
>

/** The findings on evidence that is used twice among the authentic attestations of some exams. */
export function examinedEvidence(
  exams: readonly AttestationExam[],
  facilityOf: (attestation: Attestation) => string,
  remembered: DuplicateEvidence,
): readonly Finding[] {
  const attestations = exams.flatMap(({ authentic, attestation }) =>
    authentic ? [attestation] : [],
  )
  const facilities = attestations.map(facilityOf)
  const known = remembered.get(exams)
  // The same facility may be called otherwise: by the rows of another passport.
  if (known?.facilities.every((facility, index) => facility === facilities[index])) {
    return known.findings
  }
  const findings = duplicateEvidenceFindings(attestations, facilityOf)
  remembered.set(exams, { facilities, findings })
  return findings
}

interface Use {
  readonly attestation: Attestation
  readonly operator: string
  readonly facility: string
  readonly pointer: string
  readonly covers: readonly string[] | undefined
}

/**
 * The same file under the same indicator for two facilities: of two operators it cannot be their
 * own evidence (an error), of one it may be one audit of both if the file says so.
 */
function duplicateEvidenceFindings(
  attestations: readonly Attestation[],
  facilityOf: (attestation: Attestation) => string,
): Finding[] {
  const uses = new Map<string, Map<string, Use>>()
  const findings: Finding[] = []
  for (const attestation of attestations) {
    const subject = attestation.credential.credentialSubject
    if (subject.type !== 'Facility') continue
    const files = new Map(subject.evidenceFiles.map((file) => [file.id, file]))
    for (const [index, result] of subject.results.entries()) {
      if (result.answer === 'not-assessed') continue
      for (const [place, id] of (result.evidenceIds ?? []).entries()) {
        const file = files.get(id)
        if (file === undefined) continue
        const key = `${result.indicator} ${file.digestMultibase}`
        const use: Use = {
          attestation,
          operator: subject.operator,
          facility: facilityOf(attestation),
          pointer: `/credentialSubject/results/${index}/evidenceIds/${place}`,
          covers: file.covers,
        }
        const byFacility = uses.get(key) ?? new Map<string, Use>()
        uses.set(key, byFacility)
        if (byFacility.has(use.facility)) continue
        const others = [...byFacility.values()]
        const other = others.find(({ operator }) => operator !== use.operator) ?? others[0]
        if (other !== undefined) findings.push(...duplicate(use, other))
        byFacility.set(use.facility, use)
      }
    }
  }
  return findings
}

function duplicate(use: Use, other: Use): Finding[] {
  const sameOperator = use.operator === other.operator
  const both = [use, other].every(({ covers }) =>
    [use.facility, other.facility].every((facility) => covers?.includes(facility)),
  )
  if (sameOperator && both) return []
  return [
    finding('DUPLICATE_EVIDENCE', {
      credential: use.attestation.id,
      pointer: use.pointer,
      detail: sameOperator
        ? 'One file is evidence for two facilities of one operator, and does not say that it covers both.'
        : 'One file is evidence for facilities of two operators.',
      expected: sameOperator
        ? `covers with ${use.facility} and ${other.facility}`
        : 'a file of its own',
      found: `also evidence in ${other.attestation.id}`,
      ...(sameOperator ? { severity: 'warning' as const } : {}),
    }),
  ]
}
