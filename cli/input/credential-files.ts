import { decodeInput, type SecuredCredential } from '@battery-passport/verifier'
import type { CommandDeps } from '../command-deps.ts'
import { type Complaint, refusal } from '../errors.ts'
import { readCredentials } from './read-credentials.ts'
import { findingComplaint } from './read-secured.ts'

/** Credentials by digest, and the file in which each was found first. */
export interface CredentialFiles {
  readonly credentials: readonly SecuredCredential[]
  fileOf(digestMultibase: string): string | undefined
}

/**
 * Every credential of some files and folders, read strictly, each once. Whether they hold is for a
 * verifier to say.
 *
 * @throws {CommandError} usage: a path cannot be read; refused, naming everything that is no credential
 */
export async function readCredentialFiles(
  paths: readonly string[],
  deps: Pick<CommandDeps, 'err'>,
): Promise<CredentialFiles> {
  const found = new Map<string, { readonly secured: SecuredCredential; readonly file: string }>()
  const complaints: Complaint[] = []
  for (const { name: file, bytes } of await readCredentials(paths, deps)) {
    const { documents, findings } = decodeInput(bytes)
    complaints.push(...findings.map((finding) => findingComplaint(finding, file)))
    for (const document of documents) {
      if (!document.ok) {
        complaints.push(...document.findings.map((finding) => findingComplaint(finding, file)))
      } else if (!found.has(document.secured.digestMultibase)) {
        found.set(document.secured.digestMultibase, { secured: document.secured, file })
      }
    }
  }
  if (complaints.length > 0) throw refusal(...complaints)
  return {
    credentials: [...found.values()].map(({ secured }) => secured),
    fileOf: (digest) => found.get(digest)?.file,
  }
}
