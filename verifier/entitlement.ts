import { secondsOfDay } from '@battery-passport/contexts'
import type { PublicKey } from '@battery-passport/keys'
import { type Accreditation, listsKey, outsideAccreditation, unlistedKey } from './accreditation.ts'
import { covers, demandsOf, type ScopeDemand } from './accreditation-scope.ts'
import { day } from './calendar.ts'
import { type Finding, finding } from './findings.ts'
import type { SecuredCredential } from './secured-credential.ts'
import { inForce } from './validity.ts'

type Attestation = SecuredCredential<'RulebookAttestation'>

/** The body that signs is the accredited one, with a listed key, inside its accreditation. */
export function entitlementFindings(
  attestation: Attestation,
  accreditation: Accreditation,
  key: PublicKey,
): Finding[] {
  const body = accreditation.credential.credentialSubject
  if (body.id !== attestation.issuer) {
    return [
      finding('ISSUER_NOT_AUTHORISED', {
        credential: attestation.id,
        pointer: '/issuer',
        detail: 'The accreditation it rests on is of another body.',
        expected: body.id,
        found: attestation.issuer,
        whose: 'assurance-body',
      }),
    ]
  }
  const findings: Finding[] = []
  const validity = accreditation.validity
  const stated = attestation.credential.credentialSubject.engagement.statementDate
  const { first, last } = secondsOfDay(day(stated))
  if (last < validity.from || validity.until < first) {
    findings.push(
      outsideAccreditation(
        attestation,
        accreditation,
        'stated',
        first,
        '/credentialSubject/engagement/statementDate',
      ),
    )
  }
  if (!inForce(validity, attestation.created)) {
    findings.push(
      outsideAccreditation(
        attestation,
        accreditation,
        'signed',
        attestation.created,
        '/proof/created',
      ),
    )
  } else if (!listsKey(body.keys, key, attestation.created)) {
    findings.push(unlistedKey(attestation, accreditation, key))
  }
  return findings
}

/** Every activity, level, engagement type, subject type, country and rulebook edition is in scope. */
export function scopeFindings(
  attestation: Attestation,
  { id, credential }: Accreditation,
): Finding[] {
  const { scope } = credential.credentialSubject
  return demandsOf(attestation.credential).flatMap((demand, index) =>
    scope.some((entry) => covers(entry, demand))
      ? []
      : [
          finding('ACCREDITATION_SCOPE', {
            credential: attestation.id,
            pointer: `/credentialSubject/activities/${index}`,
            detail: `The accreditation ${id} does not cover it.`,
            expected: `a scope entry for ${demandName(demand)}`,
            found:
              scope
                .filter(({ rulebook }) => rulebook === demand.rulebook)
                .map((entry) => JSON.stringify(entry))
                .join(', ')
                .slice(0, 600) || `no entry for ${demand.rulebook}`,
          }),
        ],
  )
}

function demandName(demand: ScopeDemand): string {
  const parts = [
    `${demand.rulebook} (${demand.rulebookDigest ?? 'any edition'})`,
    demand.stage,
    demand.material,
    demand.country,
    demand.subjectType,
    demand.engagementType,
    demand.assuranceLevels.join(' and '),
  ]
  return parts.filter((part) => part !== null && part !== '').join(', ')
}
