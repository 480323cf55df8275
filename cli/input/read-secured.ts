import type { CredentialType } from '@battery-passport/contexts'
import {
  decodeInput,
  isOfType,
  LIMITS,
  readJson,
  type SecuredCredential,
} from '@battery-passport/verifier'
import { type Complaint, refusal } from '../errors.ts'
import { placeIn } from './read-document.ts'
import { readFileBytes } from './read-file.ts'

/**
 * The one credential of a type in a file: alone, or in a presentation. It is read strictly; whether
 * it is authentic is for a verifier to say.
 *
 * @throws {CommandError} usage: the file cannot be read; refused: it is no such credential
 */
export async function readSecured<T extends CredentialType>(
  file: string,
  type: T,
): Promise<SecuredCredential<T>> {
  const bytes = await readFileBytes(file)
  if (isForm(bytes)) throw refusal(formComplaint(file, type))
  const { documents, findings } = decodeInput(bytes)
  const found: SecuredCredential<T>[] = []
  const complaints: Complaint[] = []
  for (const document of documents) {
    if (!document.ok) {
      complaints.push(...document.findings.map((finding) => findingComplaint(finding, file)))
    } else if (isOfType(document.secured, type)) found.push(document.secured)
  }
  const [first, second] = found
  if (first !== undefined && second === undefined) return first
  complaints.unshift(...findings.map((finding) => findingComplaint(finding, file)))
  if (complaints.length > 0) throw refusal(...complaints)
  throw refusal({
    what: first === undefined ? `There is no ${type} in this file.` : `Which ${type} is meant?`,
    where: file,
    expected: `one ${type}`,
    found:
      first === undefined ? documents.map(typeOf).join(', ') || 'nothing' : String(found.length),
    remedy: 'Name the file that holds it alone.',
  })
}

/** A form has its statement under `subject`, and none of what makes a credential. */
function isForm(bytes: Uint8Array): boolean {
  const read = readJson(bytes, LIMITS)
  if (!read.ok || typeof read.value !== 'object' || Array.isArray(read.value)) return false
  const { value } = read
  const has = (name: string) => Object.hasOwn(value, name)
  return has('subject') && !has('credentialSubject') && !has('proof') && !has('@context')
}

function formComplaint(file: string, type: CredentialType): Complaint {
  return {
    what: 'This is the form, not the signed credential.',
    where: file,
    expected: `a signed ${type}`,
    found: 'what it is made of, unsigned',
    remedy: 'Name the file that was written with --out when the form was signed.',
  }
}

function typeOf(document: ReturnType<typeof decodeInput>['documents'][number]): string {
  return document.ok ? document.secured.type : document.type || 'something unreadable'
}

/** A finding of the decoder about a file, as a complaint. */
export function findingComplaint(
  finding: {
    readonly code: string
    readonly pointer: string
    readonly detail: string
    readonly expected?: string
    readonly found?: string
    readonly remedy: string
  },
  file: string,
): Complaint {
  const { code, pointer, detail, expected, found, remedy } = finding
  return {
    what: `${detail} (${code})`,
    where: placeIn(file, pointer),
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
    remedy,
  }
}
