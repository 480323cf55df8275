import type { EvaluationInput } from '@battery-passport/rulebooks'

/**
 * The documents an independent program needs to score a case: a presentation of passport and
 * attestations, reduced to what scoring reads.
 */
export function presentationOf(input: EvaluationInput): unknown {
  const { method, battery, supplyChain, attestations } = input
  const digests = new Map(
    method.rulebooks.map(({ rulebook, digestMultibase }) => [rulebook.key, digestMultibase]),
  )
  const credentials = attestations.map((statement, i) => ({
    id: `urn:uuid:${i}`,
    type: ['VerifiableCredential', 'RulebookAttestation'],
    credentialSubject: {
      id: statement.subject.type === 'Facility' ? statement.subject.facility : 'urn:battery',
      type: statement.subject.type,
      activities: statement.activities,
      boundary: statement.boundary,
      rulebook: {
        key: statement.rulebook,
        version: '1.0.0',
        digestMultibase: digests.get(statement.rulebook),
      },
      period: statement.period,
      results: statement.results,
      engagement: {
        conclusion: statement.qualifiedIndicators.length > 0 ? 'qualified' : 'unmodified',
        ...(statement.qualifiedIndicators.length > 0
          ? { qualifiedIndicators: statement.qualifiedIndicators }
          : {}),
      },
    },
  }))
  const passport = {
    type: ['VerifiableCredential', 'BatteryPassport'],
    credentialSubject: {
      ...battery,
      supplyChain,
      attestations: credentials.map(({ id }) => ({ id, type: 'RulebookAttestation' })),
      custody: [],
      score: { method: { digestMultibase: method.digestMultibase } },
    },
  }
  return { verifiableCredential: [passport, ...credentials] }
}
