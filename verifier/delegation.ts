import type { PublicKey } from '@battery-passport/keys'
import { isWithin } from './accreditation-scope.ts'
import { listsKey, unlistedKey } from './covered-keys.ts'
import { type Finding, finding } from './findings.ts'
import type { Accreditation } from './secured-credential.ts'
import { inForce, outsideAccreditation } from './validity.ts'

/** What the delegating body must be entitled to, when it signed. */
export function delegationFindings(
  accreditation: Accreditation,
  above: Accreditation,
  key: PublicKey,
): Finding[] {
  const findings: Finding[] = []
  const { id, issuer, created, credential } = accreditation
  const delegator = above.credential.credentialSubject
  if (delegator.id !== issuer) {
    findings.push(
      finding('ISSUER_NOT_AUTHORISED', {
        credential: id,
        pointer: '/issuer',
        detail: 'The accreditation it rests on is of another body.',
        expected: delegator.id,
        found: issuer,
      }),
    )
    return findings
  }
  if (!delegator.mayDelegate) {
    findings.push(
      finding('ACCREDITATION_SCOPE', {
        credential: id,
        pointer: '/credentialSubject/accreditedBy',
        detail: 'Its issuer is accredited to attest, not to accredit others.',
        expected: `mayDelegate: true in ${above.id}`,
        found: 'false',
        whose: 'scheme',
      }),
    )
  }
  if (!inForce(above.validity, created)) {
    findings.push(outsideAccreditation(accreditation, above, 'signed', created, '/proof/created'))
  }
  if (!listsKey(delegator.keys, key, created)) findings.push(unlistedKey(accreditation, above, key))
  for (const [index, entry] of credential.credentialSubject.scope.entries()) {
    if (delegator.scope.some((outer) => isWithin(entry, outer))) continue
    findings.push(
      finding('ACCREDITATION_SCOPE', {
        credential: id,
        pointer: `/credentialSubject/scope/${index}`,
        detail: 'It grants more than its issuer has: scope only narrows.',
        expected: `within the scope of ${above.id}`,
        found: entry.rulebook,
        whose: 'scheme',
      }),
    )
  }
  return findings
}
