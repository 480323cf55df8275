import type { PublicKey } from '@battery-passport/keys'
import { type Finding, finding } from '../findings/findings.ts'
import { listsKey, unlistedKey } from '../proof/covered-keys.ts'
import type { DatedCredential } from '../reading/dated-credential.ts'
import type { Accreditation } from '../reading/secured-credential.ts'
import { inForce, outsideAccreditation } from '../time/validity.ts'
import { shortfall } from './accreditation-scope.ts'
import { shortfallWords } from './shortfall-words.ts'

/** What the delegating body must be entitled to, when it signed. */
export function delegationFindings(
  accreditation: Accreditation,
  above: Accreditation,
  key: PublicKey,
): Finding[] {
  const stranger = delegatorFindings(accreditation, above)
  if (stranger.length > 0) return stranger
  return [
    ...delegatedFindings(accreditation, above),
    ...(listsKey(above.credential.credentialSubject.keys, key, accreditation.created)
      ? []
      : [unlistedKey(accreditation, above, key)]),
    ...narrowingFindings(accreditation, above),
  ]
}

/** Whoever accredits rests on an accreditation of its own. */
export function delegatorFindings(
  { id, issuer }: DatedCredential<'VerifierAccreditation'>,
  above: Accreditation,
): Finding[] {
  const delegator = above.credential.credentialSubject.id
  if (delegator === issuer) return []
  return [
    finding('ISSUER_NOT_AUTHORISED', {
      credential: id,
      pointer: '/issuer',
      detail: 'The accreditation it rests on is of another body.',
      expected: delegator,
      found: issuer,
    }),
  ]
}

/** That accreditation allows to accredit others, and is in force at the signature. */
export function delegatedFindings(
  accreditation: DatedCredential<'VerifierAccreditation'>,
  above: Accreditation,
): Finding[] {
  const { id, created } = accreditation
  const findings: Finding[] = []
  if (!above.credential.credentialSubject.mayDelegate) {
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
  return findings
}

/** A delegated scope only narrows: each entry lies wholly within one of its issuer's. */
export function narrowingFindings(
  { id, credential }: DatedCredential<'VerifierAccreditation'>,
  above: Accreditation,
): Finding[] {
  const { scope } = above.credential.credentialSubject
  return credential.credentialSubject.scope.flatMap((entry, index) => {
    const short = shortfall(entry, scope)
    if (short === null) return []
    const { detail, expected, found } = shortfallWords(short)
    return [
      finding('ACCREDITATION_SCOPE', {
        credential: id,
        pointer: `/credentialSubject/scope/${index}`,
        detail: `It grants more than its issuer has in ${above.id}: scope only narrows. ${detail}`,
        expected,
        found,
        whose: 'scheme',
      }),
    ]
  })
}
