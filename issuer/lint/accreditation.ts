import {
  type AccreditationScope,
  parseDay,
  parseInstant,
  secondsOfDay,
} from '@battery-passport/contexts'
import type { Signer } from '@battery-passport/keys'
import {
  covers,
  demandsOf,
  inForce,
  listsKey,
  type SecuredCredential,
} from '@battery-passport/verifier'
import type { IssuanceFault } from '../errors.ts'
import type { Unsecured } from '../unsecured.ts'

/** Whether the accreditation at hand allows this body, this key and this statement, at its dates. */
export function accreditationFaults(
  attestation: Unsecured<'RulebookAttestation'>,
  context: {
    readonly signer: Pick<Signer, 'publicKey'>
    readonly accreditation: SecuredCredential<'VerifierAccreditation'>
    readonly created: string
  },
): IssuanceFault[] {
  const { issuer, credentialSubject } = attestation
  const { accreditation, created, signer } = context
  const { credentialSubject: body, validFrom, validUntil } = accreditation.credential
  const pointer = '/credentialSubject/accreditation'
  const signed = parseInstant(created) ?? Number.NaN
  if (body.id !== issuer) {
    return [
      {
        code: 'ISSUER_NOT_AUTHORISED',
        pointer,
        expected: `an accreditation of ${issuer}, the signer`,
        found: body.id,
        detail: `${accreditation.id} accredits another body.`,
        remedy: 'Give the accreditation of the body whose key signs.',
      },
    ]
  }
  return [
    ...timeFaults(),
    ...(listsKey(body.keys, signer.publicKey, signed)
      ? []
      : [
          {
            code: 'KEY_NOT_AUTHORISED' as const,
            pointer,
            expected: `a key that is listed for ${created}`,
            found: signer.publicKey.thumbprint,
            detail: `${accreditation.id} does not list the signing key at that time.`,
            remedy: 'Sign with a listed key, or have the accreditation reissued with this one.',
          },
        ]),
    ...scopeFaults(attestation, body.scope, accreditation.id),
  ]

  function timeFaults(): IssuanceFault[] {
    const { statementDate } = credentialSubject.engagement
    const { first, last } = secondsOfDay(parseDay(statementDate) ?? Number.NaN)
    const { validity } = accreditation
    const instants = [
      {
        // Somewhere on the day of the statement.
        holds: last >= validity.from && validity.until >= first,
        found: `the statement of ${statementDate}`,
      },
      { holds: inForce(validity, signed), found: `a signature at ${created}` },
    ]
    return instants
      .filter(({ holds }) => !holds)
      .map(({ found }) => ({
        code: 'ACCREDITATION_TIME',
        pointer,
        expected: `within ${validFrom} to ${validUntil}`,
        found,
        detail: `${accreditation.id} is not in force then.`,
        remedy: 'Have the accreditation renewed before the statement is made and signed.',
      }))
  }
}

function scopeFaults(
  attestation: Unsecured<'RulebookAttestation'>,
  scope: readonly AccreditationScope[],
  accreditation: string,
): IssuanceFault[] {
  return demandsOf(attestation).flatMap((demand, index) =>
    scope.some((entry) => covers(entry, demand))
      ? []
      : [
          {
            code: 'ACCREDITATION_SCOPE' as const,
            pointer: `/credentialSubject/activities/${index}`,
            expected: `something within the scope of ${accreditation}`,
            found: Object.values(demand).flat().filter(Boolean).join(', '),
            detail: 'No entry of the scope allows all of this together.',
            remedy: 'Leave out what is not covered, or have the scope extended first.',
          },
        ],
  )
}
