import { parseInstant, type VerifierAccreditation } from '@battery-passport/contexts'
import type { Accreditation, FindingCode } from '@battery-passport/verifier'
import {
  datedCredential,
  delegatedFindings,
  delegatorFindings,
  narrowingFindings,
} from '@battery-passport/verifier/rules'
import { type IssuanceFault, refuseFaults } from './errors.ts'
import { findingFault } from './lint/finding-fault.ts'
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
    readonly accreditedBy?: Accreditation
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
    ...(accreditedBy === undefined ? [] : delegationFaults(credential, accreditedBy, created)),
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

const REMEDIES: Partial<Readonly<Record<FindingCode, string>>> = {
  ISSUER_NOT_AUTHORISED: 'Give the accreditation that the issuer holds.',
  ACCREDITATION_SCOPE:
    'Have the body accredited by a body that may delegate, or by a trust anchor.',
  ACCREDITATION_TIME: 'Renew the accreditation of the issuer first.',
}

/** A delegate may only narrow what was delegated to it, and only while it holds. */
function delegationFaults(
  credential: Unsecured<'VerifierAccreditation'>,
  accreditedBy: Accreditation,
  created: string,
): IssuanceFault[] {
  const signed = datedCredential<'VerifierAccreditation'>(
    credential,
    parseInstant(created) ?? Number.NaN,
  )
  const pointer = '/credentialSubject/accreditedBy'
  return [
    ...[...delegatorFindings(signed, accreditedBy), ...delegatedFindings(signed, accreditedBy)].map(
      (found) => findingFault(found, { pointer, remedy: REMEDIES[found.code] ?? found.remedy }),
    ),
    ...narrowingFindings(signed, accreditedBy).map((found) =>
      findingFault(found, {
        remedy: 'Narrow the entry, split it, or have the scope of the issuer extended first.',
      }),
    ),
  ]
}
