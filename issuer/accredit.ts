import {
  type AccreditationScope,
  parseInstant,
  preview,
  type VerifierAccreditation,
} from '@battery-passport/contexts'
import { inForce, isWithin, type SecuredCredential } from '@battery-passport/verifier'
import { type IssuanceFault, refuseFaults } from './errors.ts'
import { keyFaults } from './lint/keys.ts'
import { frameFaults, shapeFaults } from './lint/shape.ts'
import { referenceTo } from './reference.ts'
import { type CredentialFrame, framed, type Unsecured } from './unsecured.ts'

/** What an accreditation body or scheme owner allows an assurance body to attest. */
export interface AccreditationRequest extends CredentialFrame {
  /** The accreditor's DID. */
  readonly issuer: string
  readonly subject: Omit<VerifierAccreditation['credentialSubject'], 'accreditedBy'>
}

/**
 * Makes a `VerifierAccreditation`: who may attest what. Every input is checked, nothing is signed.
 *
 * @param options.accreditedBy the accreditation of the issuer; left out only by a trust anchor
 * @param options.created when it will be signed, RFC 3339
 * @throws {IssuanceError} ACCREDITATION_REFUSED with every fault
 */
export function accredit(
  request: AccreditationRequest,
  options: {
    readonly created: string
    readonly accreditedBy?: SecuredCredential<'VerifierAccreditation'>
  },
): Unsecured<'VerifierAccreditation'> {
  const { accreditedBy, created } = options
  const credential = {
    ...framed('VerifierAccreditation', request.issuer, request),
    credentialSubject: {
      ...request.subject,
      ...(accreditedBy === undefined ? {} : { accreditedBy: referenceTo(accreditedBy) }),
    },
    credentialStatus: request.credentialStatus,
  }
  refuseFaults('ACCREDITATION_REFUSED', shapeFaults('VerifierAccreditation', credential))
  refuseFaults('ACCREDITATION_REFUSED', [
    ...frameFaults('VerifierAccreditation', credential),
    ...keyFaults(request.subject.keys, '/credentialSubject/keys'),
    ...selfAccreditationFaults(request),
    ...(accreditedBy === undefined ? [] : delegationFaults(request, accreditedBy, created)),
  ])
  return credential
}

function selfAccreditationFaults({ issuer, subject }: AccreditationRequest): IssuanceFault[] {
  if (issuer !== subject.id) return []
  return [
    {
      code: 'NOT_INDEPENDENT',
      pointer: '/credentialSubject/id',
      expected: 'another DID than the issuer',
      found: subject.id,
      detail: 'Nobody accredits itself: no verifier counts it.',
      remedy: 'Have it issued by an accreditation body.',
    },
  ]
}

/** A delegate may only narrow what was delegated to it, and only while it holds. */
function delegationFaults(
  request: AccreditationRequest,
  accreditedBy: SecuredCredential<'VerifierAccreditation'>,
  created: string,
): IssuanceFault[] {
  const { credential } = accreditedBy
  const delegator = credential.credentialSubject
  const pointer = '/credentialSubject/accreditedBy'
  const faults: IssuanceFault[] = []
  if (delegator.id !== request.issuer) {
    faults.push({
      code: 'ISSUER_NOT_AUTHORISED',
      pointer,
      expected: `an accreditation of ${request.issuer}, the issuer`,
      found: delegator.id,
      detail: `${accreditedBy.id} accredits another body.`,
      remedy: 'Give the accreditation that the issuer holds.',
    })
  }
  if (!delegator.mayDelegate) {
    faults.push({
      code: 'ACCREDITATION_SCOPE',
      pointer,
      expected: 'an accreditation with mayDelegate',
      found: 'mayDelegate false',
      detail: `${accreditedBy.id} does not allow its holder to accredit others.`,
      remedy: 'Have the body accredited by a body that may delegate, or by a trust anchor.',
    })
  }
  if (!inForce(accreditedBy.validity, parseInstant(created) ?? Number.NaN)) {
    faults.push({
      code: 'ACCREDITATION_TIME',
      pointer,
      expected: `one in force at ${created}`,
      found: `${credential.validFrom} to ${credential.validUntil}`,
      detail: `${accreditedBy.id} is not in force when this is signed.`,
      remedy: 'Renew the accreditation of the issuer first.',
    })
  }
  return [...faults, ...scopeFaults(request, delegator.scope)]
}

function scopeFaults(
  { subject }: AccreditationRequest,
  delegator: readonly AccreditationScope[],
): IssuanceFault[] {
  return subject.scope.flatMap((entry, index) =>
    delegator.some((outer) => isWithin(entry, outer))
      ? []
      : [
          {
            code: 'ACCREDITATION_SCOPE' as const,
            pointer: `/credentialSubject/scope/${index}`,
            expected: 'something within one entry of the scope of the issuer',
            found: preview(entry),
            detail: `A delegated scope only narrows: no entry for ${entry.rulebook} allows all of this together.`,
            remedy: 'Narrow the entry, split it, or have the scope of the issuer extended first.',
          },
        ],
  )
}
