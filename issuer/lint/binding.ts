import type { LoadedMethod } from '@battery-passport/rulebooks'
import type { Attestation, FindingCode } from '@battery-passport/verifier'
import {
  conclusionFindings,
  earliestPeriodEnd,
  openFindings,
  periodAgeFindings,
  periodSpreadFindings,
  productionWindowFindings,
  rulebookFindings,
  subjectFindings,
  type UnscoredPassport,
  validityFindings,
} from '@battery-passport/verifier/rules'
import type { IssuanceFault } from '../errors.ts'
import { findingFault } from './finding-fault.ts'

const LEAVE_OUT = 'Leave it out: its answers then count as unknown.'

const REMEDIES: Partial<Readonly<Record<FindingCode, string>>> = {
  CONCLUSION_NOT_ACCEPTED: LEAVE_OUT,
  OPEN_FINDING: LEAVE_OUT,
  NOT_YET_VALID: 'Issue the passport later.',
}

/**
 * Whether the attestations are about this battery and its supply chain, under the rulebooks of the
 * method, at their dates, with conclusions that count. Pointers are to the references.
 *
 * @param facilityOf the canonical id of the facility an attestation is about
 */
export function bindingFaults(
  passport: UnscoredPassport,
  attestations: readonly Attestation[],
  loaded: LoadedMethod,
  facilityOf: (attestation: Attestation) => string,
): IssuanceFault[] {
  const { method } = loaded
  const { created } = passport
  const earliest = earliestPeriodEnd(attestations)
  return attestations.flatMap((attestation, index) =>
    [
      ...subjectFindings(attestation, passport, facilityOf(attestation)),
      ...productionWindowFindings(attestation, passport),
      // A rulebook the method does not have at all is the evaluation's to refuse.
      ...(isPinned(attestation, loaded) ? rulebookFindings(attestation, loaded) : []),
      ...conclusionFindings(attestation),
      ...openFindings(attestation),
      ...validityFindings(attestation, created, 'at the signing of the passport'),
      ...periodAgeFindings(attestation, method, created),
      ...periodSpreadFindings(attestation, method, earliest),
    ].map((found) =>
      findingFault(found, {
        pointer: `/credentialSubject/attestations/${index}`,
        detail: `${attestation.id}: ${found.detail}`,
        remedy: REMEDIES[found.code] ?? found.remedy,
      }),
    ),
  )
}

function isPinned({ credential }: Attestation, { method }: LoadedMethod): boolean {
  const { key } = credential.credentialSubject.rulebook
  return method.rulebooks.some((rulebook) => rulebook.key === key)
}
