import { digestOfDocument, nearest } from '@battery-passport/contexts'
import {
  type CheckedRulebook,
  checkMethod,
  checkRulebook,
  SHIPPED_METHODS,
  shippedRulebooks,
} from '@battery-passport/rulebooks'
import type { CommandDeps } from '../command-deps.ts'
import type { Complaint } from '../errors.ts'
import { commonVocabulary, type StageVocabulary } from '../stages/stage-vocabulary.ts'
import { checkedDocuments, readRulebookFolder } from './read-rulebooks.ts'

/** A rulebook with the digest that pins it. */
export interface KnownRulebook {
  readonly rulebook: CheckedRulebook
  readonly digestMultibase: string
}

/** The rulebooks that a body can work with: the shipped ones and its own. */
export interface KnownRulebooks {
  /** The stages and materials that they, and the methods beside them, know. */
  readonly stages: StageVocabulary
  /** The rulebook of a key and version, or why there is none. */
  find(
    wanted: { readonly key: string; readonly version: string },
    where: string,
  ):
    | { readonly ok: true; readonly known: KnownRulebook }
    | { readonly ok: false; readonly complaint: Complaint }
}

/**
 * The shipped rulebooks and those of a folder. If both have a key and version, the folder's counts:
 * who names a folder means it.
 *
 * @throws {CommandError} usage: the folder cannot be read, or a rulebook in it has faults
 */
export async function knownRulebooks(
  folder: string | undefined,
  deps: Pick<CommandDeps, 'err'>,
): Promise<KnownRulebooks> {
  const documents = folder === undefined ? [] : await readRulebookFolder(folder, deps)
  const own = checkedDocuments(documents).rulebooks.flatMap((document) => {
    const check = checkRulebook(document)
    return check.ok ? [check.rulebook] : []
  })
  const all = [...own, ...shippedRulebooks().map(({ rulebook }) => rulebook)]
  const methods = documents.flatMap(({ kind, document }) => {
    if (kind !== 'method') return []
    const check = checkMethod(document, all)
    return check.ok ? [check.method] : []
  })
  return {
    stages: commonVocabulary([...SHIPPED_METHODS, ...methods], all),
    find({ key, version }, where) {
      const rulebook = all.find((each) => each.key === key && each.version === version)
      if (rulebook !== undefined) {
        return { ok: true, known: { rulebook, digestMultibase: digestOfDocument(rulebook) } }
      }
      return { ok: false, complaint: unknownRulebook({ key, version }, all, where) }
    },
  }
}

function unknownRulebook(
  { key, version }: { readonly key: string; readonly version: string },
  all: readonly CheckedRulebook[],
  where: string,
): Complaint {
  const versions = all.filter((each) => each.key === key).map((each) => each.version)
  const keys = [...new Set(all.map((each) => each.key))]
  const meant = nearest(key, keys)
  return {
    what:
      versions.length > 0
        ? `Rulebook ${key} has no version ${version} here.`
        : `There is no rulebook ${key} here.`,
    where,
    expected:
      versions.length > 0 ? `version ${versions.join(' or ')}` : `one of ${keys.join(', ')}`,
    found: `${key} ${version}`,
    remedy:
      versions.length === 0 && meant !== undefined
        ? `Write ${meant} if that is meant; a rulebook of your own is read with --rulebooks DIR.`
        : 'Name one of these, or read a rulebook of your own with --rulebooks DIR.',
  }
}
