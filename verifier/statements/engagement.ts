import { type Finding, finding } from '../findings/findings.ts'
import { day } from '../reading/calendar.ts'
import type { Attestation } from '../reading/secured-credential.ts'

/** Adverse and disclaimed conclusions are never relied on (ISAE 3000 (Revised) §74–77). */
export function conclusionFindings(attestation: Attestation): Finding[] {
  const { conclusion } = attestation.credential.credentialSubject.engagement
  if (conclusion === 'unmodified' || conclusion === 'qualified') return []
  return [
    finding('CONCLUSION_NOT_ACCEPTED', {
      credential: attestation.id,
      pointer: '/credentialSubject/engagement/conclusion',
      detail:
        conclusion === 'adverse'
          ? 'The assurance body concludes that the statement is wrong.'
          : 'The assurance body could not reach a conclusion.',
      expected: 'unmodified or qualified',
      found: conclusion,
    }),
  ]
}

/** A major finding that was open when the statement was made blocks it. */
export function openFindings(attestation: Attestation): Finding[] {
  const { findings, statementDate } = attestation.credential.credentialSubject.engagement
  return findings.flatMap(({ id, severity, closedOn }, index) =>
    severity !== 'major' || (closedOn !== undefined && day(closedOn) <= day(statementDate))
      ? []
      : [
          finding('OPEN_FINDING', {
            credential: attestation.id,
            pointer: `/credentialSubject/engagement/findings/${index}`,
            detail: `The major finding ${id} was not closed when the statement was made.`,
            expected: `closedOn not later than ${statementDate}`,
            found: closedOn ?? 'open',
          }),
        ],
  )
}
