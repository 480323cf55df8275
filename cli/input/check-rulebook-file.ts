import { digestOfDocument } from '@battery-passport/contexts'
import { type CheckedRulebook, checkMethod, checkRulebook } from '@battery-passport/rulebooks'
import type { JsonValue } from '@battery-passport/verifier'
import type { CommandDeps } from '../command-deps.ts'
import { CommandError, type Complaint } from '../errors.ts'
import { parseDocument } from './read-document.ts'
import { readFileBytes } from './read-file.ts'
import {
  faultComplaint,
  kindOfDocument,
  readRulebookFolder,
  shippedRulebooks,
} from './read-rulebooks.ts'

/** What a check of a rulebook or method file found: its digest, or every fault. */
export interface RulebookFileCheck {
  readonly file: string
  readonly kind: 'rulebook' | 'method' | null
  readonly key: string | null
  readonly version: string | null
  /** The digest by which methods and policies pin it; null while it has faults. */
  readonly digestMultibase: string | null
  readonly complaints: readonly Complaint[]
}

/**
 * Checks one file. A method is checked with the shipped rulebooks and those of a folder.
 *
 * @throws {CommandError} usage: a file or folder cannot be read
 */
export async function checkRulebookFile(
  file: string,
  folder: string | undefined,
  deps: Pick<CommandDeps, 'err'>,
): Promise<RulebookFileCheck> {
  const bytes = await readFileBytes(file)
  const nothing = { file, kind: null, key: null, version: null, digestMultibase: null }
  let document: JsonValue
  try {
    document = parseDocument(bytes, file)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    return { ...nothing, complaints: error.complaints }
  }
  const kind = kindOfDocument(document)
  if (kind === null) return { ...nothing, complaints: [neither(file)] }
  const complaints =
    kind === 'rulebook'
      ? rulebookComplaints(file, document)
      : await methodComplaints(file, document, folder, deps)
  const digest = complaints.length === 0 ? digestOfDocument(document) : null
  const [key, version] = [textAt(document, 'key'), textAt(document, 'version')]
  return { file, kind, key, version, digestMultibase: digest, complaints }
}

function neither(file: string): Complaint {
  return {
    what: 'The file is neither a rulebook nor a method.',
    where: file,
    expected:
      'an object with indicators (a rulebook), or with chemistries and rulebooks (a method)',
    remedy: 'Begin with a shipped one: battery-passport rulebooks show child-labour --json',
  }
}

function rulebookComplaints(file: string, document: JsonValue): readonly Complaint[] {
  const check = checkRulebook(document)
  return check.ok ? [] : check.faults.map((fault) => faultComplaint(file, fault))
}

async function methodComplaints(
  file: string,
  document: JsonValue,
  folder: string | undefined,
  deps: Pick<CommandDeps, 'err'>,
): Promise<readonly Complaint[]> {
  const given = folder === undefined ? [] : await readRulebookFolder(folder, deps)
  const rulebooks: CheckedRulebook[] = [...shippedRulebooks()]
  const complaints: Complaint[] = []
  for (const each of given) {
    if (each.kind !== 'rulebook') continue
    const check = checkRulebook(each.document)
    if (check.ok) rulebooks.push(check.rulebook)
    else complaints.push(...check.faults.map((fault) => faultComplaint(each.name, fault)))
  }
  const check = checkMethod(document, rulebooks)
  if (!check.ok) complaints.push(...check.faults.map((fault) => faultComplaint(file, fault)))
  return complaints
}

function textAt(document: JsonValue, name: string): string | null {
  if (typeof document !== 'object' || Array.isArray(document)) return null
  const value: unknown = Reflect.get(document, name)
  return typeof value === 'string' ? value : null
}
