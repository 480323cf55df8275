import type { CredentialTypes, CustodyAttestation } from '@battery-passport/contexts'
import type { Signer } from '@battery-passport/keys'
import type { Accreditation, FindingCode, StatementType } from '@battery-passport/verifier'
import {
  custodyDemandsOf,
  type DatedCredential,
  demandsOf,
  entitlementFindings,
  shortfallWords,
  uncoveredDemands,
} from '@battery-passport/verifier/rules'
import type { IssuanceFault } from '../errors.ts'
import { findingFault } from './finding-fault.ts'

const REMEDIES: Partial<Readonly<Record<FindingCode, string>>> = {
  ISSUER_NOT_AUTHORISED: 'Give the accreditation of the body whose key signs.',
  KEY_NOT_AUTHORISED: 'Sign with a listed key, or have the accreditation reissued with this one.',
  ACCREDITATION_TIME: 'Have the accreditation renewed before the statement is made and signed.',
}

/** Whether the accreditation at hand allows this body, this key and this statement, at its dates. */
export function accreditationFaults(
  attestation: DatedCredential<StatementType>,
  {
    signer,
    accreditation,
  }: {
    readonly signer: Pick<Signer, 'publicKey'>
    readonly accreditation: Accreditation
  },
): IssuanceFault[] {
  const faults = entitlementFindings(attestation, accreditation, signer.publicKey).map((found) => {
    const remedy = REMEDIES[found.code] ?? found.remedy
    return findingFault(found, { pointer: '/credentialSubject/accreditation', remedy })
  })
  return faults.some(({ code }) => code === 'ISSUER_NOT_AUTHORISED')
    ? faults
    : [...faults, ...scopeFaults(attestation, accreditation)]
}

/** Each activity or row by itself, so that its author sees which to leave out. */
function scopeFaults(
  { credential }: DatedCredential<StatementType>,
  accreditation: Accreditation,
): IssuanceFault[] {
  const { scope } = accreditation.credential.credentialSubject
  const asked = isCustody(credential)
    ? { demands: custodyDemandsOf(credential), member: 'supplyChain', what: 'row' }
    : { demands: demandsOf(credential), member: 'activities', what: 'activity' }
  return uncoveredDemands(asked.demands, scope).map(({ index, shortfall }) => {
    const { detail, expected, found } = shortfallWords(shortfall)
    return {
      code: 'ACCREDITATION_SCOPE',
      pointer: `/credentialSubject/${asked.member}/${index}`,
      expected,
      found,
      detail: `${accreditation.id} does not cover this ${asked.what}. ${detail}`,
      remedy: 'Leave out what is not covered, or have the scope extended first.',
    }
  })
}

function isCustody(credential: CredentialTypes[StatementType]): credential is CustodyAttestation {
  return credential.type[1] === 'CustodyAttestation'
}
