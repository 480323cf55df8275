import { type DatedCredential, evidenceFindings } from '@battery-passport/verifier/rules'
import type { IssuanceFault } from '../errors.ts'
import { findingFault } from './finding-fault.ts'

/** Evidence that is named but not listed, listed twice, or about other facilities than the subject. */
export function evidenceFaults(
  attestation: DatedCredential<'RulebookAttestation'>,
): IssuanceFault[] {
  return evidenceFindings(attestation).map((found) =>
    findingFault(found, {
      remedy: found.pointer.startsWith('/credentialSubject/evidenceFiles/')
        ? 'Give each file an id of its own, or list it once.'
        : 'List the file with its digest, covering this subject, or remove the id.',
    }),
  )
}
