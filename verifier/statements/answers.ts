import type { RulebookAttestation } from '@battery-passport/contexts'
import { type AttestedAnswers, checkAnswers, type Rulebook } from '@battery-passport/rulebooks'
import { type Finding, finding } from '../findings/findings.ts'
import type { DatedCredential } from '../reading/dated-credential.ts'
import type { Attestation } from '../reading/secured-credential.ts'
import { periodFindings } from '../time/period.ts'

/** Answers the rulebook does not allow, where the rulebook is at hand. */
export function answerFindings(attestation: Attestation, rulebook: Rulebook | null): Finding[] {
  const subject = attestation.credential.credentialSubject
  if (rulebook === null) return []
  return [
    ...periodFindings(attestation, rulebook),
    ...checkAnswers(rulebook, subject, subject.results).map((fault) =>
      finding('ANSWER_INVALID', {
        credential: attestation.id,
        pointer: `/credentialSubject/results${fault.pointer}`,
        detail: fault.detail,
        expected: fault.expected,
        found: fault.found,
      }),
    ),
    ...qualificationFindings(attestation, rulebook),
  ]
}

/** A qualification of an indicator the rulebook does not have would qualify nothing. */
export function qualificationFindings(
  { id, credential }: DatedCredential<'RulebookAttestation'>,
  { key, version, indicators }: Rulebook,
): Finding[] {
  const known = new Set(indicators.map((each) => each.id))
  const { qualifiedIndicators = [] } = credential.credentialSubject.engagement
  return qualifiedIndicators.flatMap((indicator, index) =>
    known.has(indicator)
      ? []
      : [
          finding('ANSWER_INVALID', {
            credential: id,
            pointer: `/credentialSubject/engagement/qualifiedIndicators/${index}`,
            detail: 'The qualified conclusion names an indicator the rulebook does not have.',
            expected: `an indicator of ${key} ${version}`,
            found: indicator,
          }),
        ],
  )
}

/** The answers of an attestation as signed, in the form the evaluation takes. */
export function attestedAnswers(
  attestation: { readonly id: string; readonly credential: RulebookAttestation },
  facility: string = attestation.credential.credentialSubject.id,
): AttestedAnswers {
  const subject = attestation.credential.credentialSubject
  return {
    credential: attestation.id,
    subject: subject.type === 'Battery' ? { type: 'Battery' } : { type: 'Facility', facility },
    rulebook: subject.rulebook.key,
    activities: subject.activities,
    boundary: subject.boundary,
    period: subject.period,
    results: subject.results,
    qualifiedIndicators: subject.engagement.qualifiedIndicators ?? [],
    withdrawnIndicators: [],
  }
}
