import type { CommandDeps } from '../command-deps.ts'
import { plain } from '../report/plain.ts'
import { listFiles } from './list-files.ts'
import { readStart } from './read-file.ts'

/** Bytes with the name under which a person knows them. */
export interface NamedBytes {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What a credential is in. A `.tsr` is a timestamp of one. */
export const EXTENSIONS = ['.json', '.jsonld', '.jwt', '.tsr']

/** What every credential, presentation and enveloped credential says in its `type`. */
const CREDENTIAL_MARK = /"(?:Enveloped)?VerifiableCredential"|"VerifiablePresentation"/

/** Three base64url parts. */
const COMPACT_JWT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\s*$/

/**
 * The credentials and presentations of `--with`: named files as they are, and from folders those
 * that look like credentials. A folder may hold a policy or a verdict beside them; what is passed
 * over is said on standard error.
 *
 * @throws {CommandError} usage: a path cannot be read
 */
export async function readCredentials(
  paths: readonly string[],
  deps: Pick<CommandDeps, 'err'>,
): Promise<NamedBytes[]> {
  const read: NamedBytes[] = []
  for (const path of paths) {
    const { isFolder, files } = await listFiles(path, EXTENSIONS)
    for (const name of files) {
      const bytes = await readStart(name)
      if (!isFolder || name.toLowerCase().endsWith('.tsr') || looksLikeCredential(bytes))
        read.push({ name, bytes })
      else deps.err(`passed over: ${plain(name)} is no credential and no presentation\n`)
    }
  }
  return read
}

/** Whether a file of a folder is one, or may be a damaged one. */
export function looksLikeCredential(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes)
  return COMPACT_JWT.test(text) || (CREDENTIAL_MARK.test(text) && !isOfAnotherKind(text))
}

/**
 * Whether it is sound JSON without the members a credential has, such as an API description that
 * speaks of credentials. What is cut short or damaged may be one, and must not be passed over.
 */
function isOfAnotherKind(text: string): boolean {
  try {
    const document: unknown = JSON.parse(text)
    if (typeof document !== 'object' || document === null || Array.isArray(document)) return false
    return !['type', '@context', 'proof'].some((name) => Object.hasOwn(document, name))
  } catch {
    return false
  }
}
