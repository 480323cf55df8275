import { secondsOfDay } from '@battery-passport/contexts'
import type { PublicKey } from '@battery-passport/keys'
import { type Finding, finding } from '../findings/findings.ts'
import { listsKey, unlistedKey } from '../proof/covered-keys.ts'
import { day } from '../reading/calendar.ts'
import type { DatedCredential } from '../reading/dated-credential.ts'
import type {
  Accreditation,
  SecuredCredential,
  StatementType,
} from '../reading/secured-credential.ts'
import { statedOn } from '../time/stated-on.ts'
import { inForce, outsideAccreditation } from '../time/validity.ts'
import { type Shortfall, shortfall } from './accreditation-scope.ts'
import type { ScopeLists } from './scope-lists.ts'
import { shortfallWords } from './shortfall-words.ts'

/** The body that signs is the accredited one, with a listed key, inside its accreditation. */
export function entitlementFindings(
  attestation: DatedCredential<StatementType>,
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
  const { statementDate, pointer } = statedOn(attestation)
  const { first, last } = secondsOfDay(day(statementDate))
  if (last < validity.from || validity.until < first) {
    findings.push(outsideAccreditation(attestation, accreditation, 'stated', first, pointer))
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

/** The demands that no entry of a scope covers by itself, each with its place and why. */
export function uncoveredDemands(
  demands: readonly ScopeLists[],
  scope: readonly ScopeLists[],
): readonly { readonly index: number; readonly shortfall: Shortfall }[] {
  return demands.flatMap((demand, index) => {
    const short = shortfall(demand, scope)
    return short === null ? [] : [{ index, shortfall: short }]
  })
}

/** Every activity or row, level, engagement type, subject type, country and edition is in scope. */
export function scopeFindings(
  attestation: SecuredCredential<StatementType>,
  demands: readonly ScopeLists[],
  { id, credential }: Accreditation,
): Finding[] {
  const uncovered = uncoveredDemands(demands, credential.credentialSubject.scope)
  const [first] = uncovered
  if (first === undefined) return []
  const { detail, expected, found } = shortfallWords(first.shortfall)
  const more = uncovered.length - 1
  const others = more === 0 ? '' : more === 1 ? ', nor 1 other' : `, nor ${more} others`
  const [member, what] =
    attestation.type === 'CustodyAttestation' ? ['supplyChain', 'row'] : ['activities', 'activity']
  return [
    finding('ACCREDITATION_SCOPE', {
      credential: attestation.id,
      pointer: `/credentialSubject/${member}/${first.index}`,
      detail: `The accreditation ${id} does not cover this ${what}${others}. ${detail}`,
      expected,
      found,
    }),
  ]
}
