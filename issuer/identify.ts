import type { RegisteredIdentity } from '@battery-passport/contexts'
import { type IssuanceFault, refuseFaults } from './errors.ts'
import { keyFaults } from './lint/keys.ts'
import { frameFaults, shapeFaults } from './lint/shape.ts'
import { type CredentialFrame, framed, type Unsecured } from './unsecured.ts'

/** What a registrar or scheme owner says about the holder of a DID. */
export interface IdentityRequest extends CredentialFrame {
  /** The registrar's DID. */
  readonly issuer: string
  readonly subject: RegisteredIdentity['credentialSubject']
}

/**
 * Makes a `RegisteredIdentity`: whose DID this is. Every input is checked, nothing is signed.
 *
 * @throws {IssuanceError} IDENTITY_REFUSED with every fault
 */
export function identify(request: IdentityRequest): Unsecured<'RegisteredIdentity'> {
  const credential = {
    ...framed('RegisteredIdentity', request.issuer, request),
    credentialSubject: request.subject,
    credentialStatus: request.credentialStatus,
  }
  refuseFaults('IDENTITY_REFUSED', shapeFaults('RegisteredIdentity', credential))
  refuseFaults('IDENTITY_REFUSED', [
    ...frameFaults('RegisteredIdentity', credential),
    ...keyFaults(request.subject.keys, '/credentialSubject/keys'),
    ...selfClaimFaults(request),
    ...facilityFaults(request.subject),
  ])
  return credential
}

/** A self-claim never counts, so it is not made. */
function selfClaimFaults({ issuer, subject }: IdentityRequest): IssuanceFault[] {
  if (issuer !== subject.id) return []
  return [
    {
      code: 'ISSUER_NOT_AUTHORISED',
      pointer: '/credentialSubject/id',
      expected: 'another DID than the issuer',
      found: subject.id,
      detail: 'Nobody registers itself: no verifier counts it.',
      remedy: 'Have the identity issued by a registrar or scheme owner.',
    },
  ]
}

/** One place with two entries would have two lists of aliases. */
function facilityFaults({ facilities }: IdentityRequest['subject']): IssuanceFault[] {
  const known = new Map<string, number>()
  return facilities.flatMap(({ id, aliases = [] }, index) =>
    [id, ...aliases].flatMap((name, position) => {
      const first = known.get(name)
      known.set(name, first ?? index)
      if (first === undefined) return []
      const member = position === 0 ? 'id' : `aliases/${position - 1}`
      return [
        {
          code: 'SCHEMA' as const,
          pointer: `/credentialSubject/facilities/${index}/${member}`,
          expected: 'an id or alias that stands once',
          found: name,
          detail: `Facility ${first} has this id or alias already.`,
          remedy: 'Merge the two entries.',
        },
      ]
    }),
  )
}
