import { digestOfDocument } from '@battery-passport/contexts'
import {
  type CheckedRulebook,
  checkMethod,
  checkRulebook,
  type Fault,
  shippedRulebooks,
} from '@battery-passport/rulebooks'
import type { JsonValue } from '@battery-passport/verifier'
import type { CommandDeps } from '../command-deps.ts'
import { type Complaint, usageError } from '../errors.ts'
import { plain } from '../report/plain.ts'
import { listFiles } from './list-files.ts'
import { parseDocument, placeIn } from './read-document.ts'
import { readFileBytes } from './read-file.ts'

/** A method or rulebook that was read from a file; it may still have faults. */
export interface RulebookDocument {
  readonly name: string
  readonly kind: 'method' | 'rulebook'
  readonly document: JsonValue
  readonly digestMultibase: string
}

/** Documents without faults, as the verifier takes them. */
export interface RulebookDocuments {
  readonly methods: readonly JsonValue[]
  readonly rulebooks: readonly JsonValue[]
}

const MARKS = {
  rulebook: ['indicators', 'stageWeights', 'subjectTypes'],
  method: ['chemistries', 'gradeBands', 'rulebooks'],
} as const

/** What a document means to be, by the properties that only one of the two has. */
export function kindOfDocument(document: JsonValue): RulebookDocument['kind'] | null {
  if (typeof document !== 'object' || Array.isArray(document)) return null
  const has = (names: readonly string[]) =>
    names.filter((name) => Object.hasOwn(document, name)).length
  const [asRulebook, asMethod] = [has(MARKS.rulebook), has(MARKS.method)]
  if (asRulebook === asMethod) return null
  return asRulebook > asMethod ? 'rulebook' : 'method'
}

/**
 * Every method and rulebook below a folder (`--rulebooks DIR`). Other JSON files are passed over,
 * and standard error says so.
 *
 * @throws {CommandError} usage: the folder or a file cannot be read, or is not strict JSON
 */
export async function readRulebookFolder(
  folder: string,
  deps: Pick<CommandDeps, 'err'>,
): Promise<RulebookDocument[]> {
  const { files } = await listFiles(folder, ['.json'])
  const documents: RulebookDocument[] = []
  for (const name of files) {
    const document = parseDocument(await readFileBytes(name), name)
    const kind = kindOfDocument(document)
    if (kind === null) deps.err(`passed over: ${plain(name)} is neither a rulebook nor a method\n`)
    else documents.push({ name, kind, document, digestMultibase: digestOfDocument(document) })
  }
  return documents
}

/**
 * Checks every document and names every fault of all of them. A method that pins a rulebook which is
 * not at hand passes here: that the content is missing is for the verifier to say.
 *
 * @throws {CommandError} usage, with all faults
 */
export function checkedDocuments(documents: readonly RulebookDocument[]): RulebookDocuments {
  const complaints: Complaint[] = []
  const rulebooks: CheckedRulebook[] = []
  for (const { kind, name, document } of documents) {
    if (kind !== 'rulebook') continue
    const check = checkRulebook(document)
    if (check.ok) rulebooks.push(check.rulebook)
    else complaints.push(...check.faults.map((fault) => faultComplaint(name, fault)))
  }
  const methods = documents.filter(({ kind }) => kind === 'method')
  if (methods.length > 0) {
    const atHand = [...shippedRulebooks().map(({ rulebook }) => rulebook), ...rulebooks]
    const digests = new Set(atHand.map((rulebook) => digestOfDocument(rulebook)))
    for (const { name, document } of methods) {
      if (!pinsOf(document).every((digest) => digests.has(digest))) continue
      const check = checkMethod(document, atHand)
      if (!check.ok) complaints.push(...check.faults.map((fault) => faultComplaint(name, fault)))
    }
  }
  if (complaints.length > 0) throw usageError(...complaints)
  return { methods: methods.map(({ document }) => document), rulebooks }
}

/** A fault of a method or rulebook, in its file. */
export function faultComplaint(name: string, fault: Fault): Complaint {
  const { pointer, expected, found, detail, remedy } = fault
  return { what: detail, where: placeIn(name, pointer), expected, found, remedy }
}

/** The digests of the rulebooks that a method pins, whatever else is wrong with it. */
export function pinsOf(method: JsonValue): string[] {
  if (typeof method !== 'object' || !('rulebooks' in method)) return []
  const { rulebooks } = method
  if (!Array.isArray(rulebooks)) return []
  return rulebooks.flatMap((pin: JsonValue) =>
    typeof pin === 'object' && 'digestMultibase' in pin && typeof pin.digestMultibase === 'string'
      ? [pin.digestMultibase]
      : [],
  )
}
