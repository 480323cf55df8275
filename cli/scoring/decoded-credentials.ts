import { decodeInput, type SecuredCredential } from '@battery-passport/verifier'
import { type Complaint, refusal } from '../errors.ts'
import type { NamedBytes } from '../input/read-credentials.ts'
import { findingComplaint } from '../input/read-secured.ts'

/**
 * The credentials of some files, read strictly but not verified.
 *
 * @throws {CommandError} refused, naming everything that cannot be read
 */
export function decodedCredentials(files: readonly NamedBytes[]): readonly SecuredCredential[] {
  const credentials = new Map<string, SecuredCredential>()
  const complaints: Complaint[] = []
  for (const { name, bytes } of files) {
    const { documents, findings } = decodeInput(bytes)
    complaints.push(...findings.map((finding) => findingComplaint(finding, name)))
    for (const document of documents) {
      if (document.ok) credentials.set(document.secured.digestMultibase, document.secured)
      else complaints.push(...document.findings.map((finding) => findingComplaint(finding, name)))
    }
  }
  if (complaints.length > 0) throw refusal(...complaints)
  return [...credentials.values()]
}
