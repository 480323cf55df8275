import type { Signer } from '@battery-passport/keys'
import type { Accreditation, FindingCode } from '@battery-passport/verifier'
import {
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
  attestation: DatedCredential<'RulebookAttestation'>,
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

/** Each activity by itself, so that its author sees which to leave out. */
function scopeFaults(
  { credential }: DatedCredential<'RulebookAttestation'>,
  accreditation: Accreditation,
): IssuanceFault[] {
  const { scope } = accreditation.credential.credentialSubject
  return uncoveredDemands(demandsOf(credential), scope).map(({ index, shortfall }) => {
    const { detail, expected, found } = shortfallWords(shortfall)
    return {
      code: 'ACCREDITATION_SCOPE',
      pointer: `/credentialSubject/activities/${index}`,
      expected,
      found,
      detail: `${accreditation.id} does not cover this activity. ${detail}`,
      remedy: 'Leave out what is not covered, or have the scope extended first.',
    }
  })
}
