import { type CustodyAttestation, parseDay, parseInstant } from '@battery-passport/contexts'
import type { FindingCode } from '@battery-passport/verifier'
import {
  custodyStatementFindings,
  type DatedCredential,
  datedCredential,
} from '@battery-passport/verifier/rules'
import type { AttestationContext } from './attest.ts'
import { type IssuanceFault, refuseFaults } from './errors.ts'
import { accreditationFaults } from './lint/accreditation.ts'
import { findingFault } from './lint/finding-fault.ts'
import { independenceFaults } from './lint/independence.ts'
import { frameFaults, orderFaults, shapeFaults } from './lint/shape.ts'
import { referenceTo } from './reference.ts'
import { type CredentialFrame, framed, type Unsecured } from './unsecured.ts'

/** The shares of a battery model or batch, as a body assures them. */
export interface CustodyRequest extends CredentialFrame {
  readonly subject: Omit<CustodyAttestation['credentialSubject'], 'accreditation'>
}

/** What a custody attestation is made with besides the assessor's findings. */
export type CustodyContext = Omit<AttestationContext, 'rulebook'>

/**
 * Makes a `CustodyAttestation`: rows, dates and the scope of the accreditation are checked by the
 * rules of the verifier; nothing is signed. Its rows count only where they are equal to those of a
 * passport in facility, stage, material, share and custody model.
 *
 * @throws {IssuanceError} ATTESTATION_REFUSED with every fault
 */
export function attestCustody(
  request: CustodyRequest,
  context: CustodyContext,
): Unsecured<'CustodyAttestation'> {
  const { signer, accreditation, created } = context
  const credential = {
    ...framed('CustodyAttestation', signer.did, request),
    credentialSubject: { ...request.subject, accreditation: referenceTo(accreditation) },
    credentialStatus: request.credentialStatus,
  }
  refuseFaults('ATTESTATION_REFUSED', shapeFaults('CustodyAttestation', credential))
  const signedAt = parseInstant(created)
  if (signedAt === null) throw new TypeError(`attestCustody: no instant: ${created}`)
  const custody = datedCredential<'CustodyAttestation'>(credential, signedAt)
  refuseFaults('ATTESTATION_REFUSED', [
    ...frameFaults('CustodyAttestation', credential),
    ...statementFaults(custody),
    ...accreditationFaults(custody, context),
    ...independenceFaults(custody, accreditation),
  ])
  return credential
}

const REMEDIES: Partial<Readonly<Record<FindingCode, string>>> = {
  PERIOD: 'Exchange or correct the two.',
  STATEMENT_DATE: 'Date the statement on the day it was made, after the period.',
  SHARES_INVALID: 'Correct the rows: each facility once, at most 10000 for a stage and material.',
}

function statementFaults(custody: DatedCredential<'CustodyAttestation'>): IssuanceFault[] {
  return [
    ...custodyStatementFindings(custody).map((found) =>
      findingFault(found, { remedy: REMEDIES[found.code] ?? found.remedy }),
    ),
    ...orderFaults(custody.credential.credentialSubject.productionWindow, parseDay, {
      pointer: '/credentialSubject/productionWindow',
      from: 'from',
      until: 'until',
    }),
  ]
}
