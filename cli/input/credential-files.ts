import type { Timestamp } from '@battery-passport/issuer'
import { readTimestamp, toBase64 } from '@battery-passport/keys'
import {
  decodeInput,
  type PresentedTimestamp,
  type SecuredCredential,
} from '@battery-passport/verifier'
import type { CommandDeps } from '../command-deps.ts'
import { type Complaint, refusal } from '../errors.ts'
import { readCredentials } from './read-credentials.ts'
import { placeIn } from './read-document.ts'
import { findingComplaint } from './read-secured.ts'

/** Credentials by digest, and the file in which each was found first. */
export interface CredentialFiles {
  readonly credentials: readonly SecuredCredential[]
  /** Those beside the credentials, whatever they stamp. */
  readonly timestamps: readonly Timestamp[]
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
  const timestamps: Timestamp[] = []
  const complaints: Complaint[] = []
  for (const { name: file, bytes } of await readCredentials(paths, deps)) {
    const { documents, findings, timestamps: presented } = decodeInput(bytes)
    complaints.push(...findings.map((finding) => findingComplaint(finding, file)))
    for (const each of presented) {
      const read = timestampIn(each, file)
      if ('what' in read) complaints.push(read)
      else timestamps.push(read)
    }
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
    timestamps,
    fileOf: (digest) => found.get(digest)?.file,
  }
}

/** A timestamp as a presentation has it: one by itself does not say what it stamps but inside. */
function timestampIn(
  { digestMultibase, bytes, pointer }: PresentedTimestamp,
  file: string,
): Timestamp | Complaint {
  const reading = readTimestamp(bytes)
  if (reading.ok) {
    const { token } = reading
    return {
      digestMultibase: digestMultibase ?? token.digestMultibase,
      rfc3161: toBase64(token.bytes),
    }
  }
  return {
    what: 'This timestamp cannot be read.',
    where: placeIn(file, pointer),
    expected: 'an RFC 3161 timestamp over the digest of a credential',
    found: reading.detail,
    remedy: 'Leave it out, or get another with "battery-passport timestamp".',
  }
}
