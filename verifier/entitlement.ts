import type { AccreditationScope } from '@battery-passport/contexts'
import { secondsOfDay } from '@battery-passport/contexts'
import type { PublicKey } from '@battery-passport/keys'
import { covers, type ScopeDemand } from './accreditation-scope.ts'
import { day } from './calendar.ts'
import { listsKey, unlistedKey } from './covered-keys.ts'
import type { DatedCredential } from './dated-credential.ts'
import { type Finding, finding } from './findings.ts'
import type { Accreditation, Attestation } from './secured-credential.ts'
import { inForce, outsideAccreditation } from './validity.ts'

/** The body that signs is the accredited one, with a listed key, inside its accreditation. */
export function entitlementFindings(
  attestation: DatedCredential<'RulebookAttestation'>,
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

/** The demands that no entry of a scope covers by itself, each with its place among them. */
export function uncoveredDemands(
  demands: readonly ScopeDemand[],
  scope: readonly AccreditationScope[],
): readonly { readonly demand: ScopeDemand; readonly index: number }[] {
  return demands
    .map((demand, index) => ({ demand, index }))
    .filter(({ demand }) => !scope.some((entry) => covers(entry, demand)))
}

/** Every activity, level, engagement type, subject type, country and rulebook edition is in scope. */
export function scopeFindings(
  attestation: Attestation,
  demands: readonly ScopeDemand[],
  { id, credential }: Accreditation,
): Finding[] {
  const { scope } = credential.credentialSubject
  const uncovered = uncoveredDemands(demands, scope)
  const [first] = uncovered
  if (first === undefined) return []
  const granted = scope.filter(({ rulebook }) => rulebook === first.demand.rulebook).slice(0, 4)
  return [
    finding('ACCREDITATION_SCOPE', {
      credential: attestation.id,
      pointer: `/credentialSubject/activities/${first.index}`,
      detail: `The accreditation ${id} does not cover ${uncovered.length === 1 ? 'this activity' : `${uncovered.length} activities`}.`,
      expected: `a scope entry for ${demandName(first.demand)}`,
      found:
        granted.length === 0
          ? `no entry for ${first.demand.rulebook}`
          : granted.map(grantName).join('; '),
    }),
  ]
}

/** A scope entry in words; long lists are cut, for they may be anything's. */
function grantName(entry: AccreditationScope): string {
  const lists = [
    entry.stages,
    entry.materials,
    entry.countries,
    entry.subjectTypes,
    entry.engagementTypes,
    entry.assuranceLevels,
  ]
  return `${entry.rulebook}, ${lists.map(shortList).join(', ')}`
}

function shortList(values: readonly string[]): string {
  return values.length <= 8
    ? values.join('/')
    : `${values.slice(0, 8).join('/')} and ${values.length - 8} more`
}

/** A demand in words. */
export function demandName(demand: ScopeDemand): string {
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
