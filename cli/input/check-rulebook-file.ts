import { digestOfDocument } from '@battery-passport/contexts'
import {
  type CheckedRulebook,
  checkMethod,
  checkRulebook,
  shippedRulebooks,
} from '@battery-passport/rulebooks'
import type { JsonValue } from '@battery-passport/verifier'
import type { CommandDeps } from '../command-deps.ts'
import { CommandError, type Complaint } from '../errors.ts'
import { parseDocument } from './read-document.ts'
import { readFileBytes } from './read-file.ts'
import {
  faultComplaint,
  kindOfDocument,
  pinsOf,
  type RulebookDocument,
  readRulebookFolder,
} from './read-rulebooks.ts'

/** What a check of a rulebook or method file found: its digest, or every fault. */
export interface RulebookFileCheck {
  readonly file: string
  readonly kind: 'rulebook' | 'method' | null
  readonly key: string | null
  readonly version: string | null
  /** The digest by which methods and policies pin it; null while it has faults. */
  readonly digestMultibase: string | null
  /** What a policy says to accept it, files named as they were given; null while it has faults. */
  readonly policy: PolicyPins | null
  readonly complaints: readonly Complaint[]
}

/** The part of a policy that names a method or rulebooks of one's own. */
export interface PolicyPins {
  readonly methods?: readonly PinnedFile[]
  readonly rulebooks?: readonly PinnedFile[]
}

interface PinnedFile {
  readonly key?: string
  readonly version?: string
  readonly digestMultibase: string
  readonly file: string
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
  const nothing = {
    file,
    kind: null,
    key: null,
    version: null,
    digestMultibase: null,
    policy: null,
  }
  let document: JsonValue
  try {
    document = parseDocument(bytes, file)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    return { ...nothing, complaints: error.complaints }
  }
  const kind = kindOfDocument(document)
  if (kind === null) return { ...nothing, complaints: [neither(file)] }
  const own = kind === 'method' && folder !== undefined ? await rulebooksIn(folder, deps) : []
  const complaints =
    kind === 'rulebook' ? rulebookComplaints(file, document) : methodComplaints(file, document, own)
  const [key, version] = [textAt(document, 'key'), textAt(document, 'version')]
  const label = { file, kind, key, version }
  if (complaints.length > 0) return { ...label, digestMultibase: null, policy: null, complaints }
  const digestMultibase = digestOfDocument(document)
  const pin = { digestMultibase, file }
  const policy =
    kind === 'rulebook'
      ? { rulebooks: [pin] }
      : { methods: [{ key: key ?? '', version: version ?? '', ...pin }], ...pinned(document, own) }
  return { ...label, digestMultibase, policy, complaints }
}

async function rulebooksIn(
  folder: string,
  deps: Pick<CommandDeps, 'err'>,
): Promise<readonly RulebookDocument[]> {
  return (await readRulebookFolder(folder, deps)).filter(({ kind }) => kind === 'rulebook')
}

/** The rulebooks of a folder that a method pins: a policy must name them beside it. */
function pinned(method: JsonValue, own: readonly RulebookDocument[]): PolicyPins {
  const pins = pinsOf(method)
  const shipped = new Set(shippedRulebooks().map(({ digestMultibase }) => digestMultibase))
  const rulebooks = own
    .filter(({ digestMultibase: each }) => pins.includes(each) && !shipped.has(each))
    .map(({ name, digestMultibase }) => ({ digestMultibase, file: name }))
  return rulebooks.length === 0 ? {} : { rulebooks }
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

function methodComplaints(
  file: string,
  document: JsonValue,
  own: readonly RulebookDocument[],
): readonly Complaint[] {
  const rulebooks: CheckedRulebook[] = shippedRulebooks().map(({ rulebook }) => rulebook)
  const complaints: Complaint[] = []
  for (const each of own) {
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
