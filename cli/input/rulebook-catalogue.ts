import { digestOfDocument, nearest } from '@battery-passport/contexts'
import {
  type CheckedRulebook,
  checkMethod,
  checkRulebook,
  type Method,
  type Rulebook,
  SHIPPED_METHODS,
  SHIPPED_RULEBOOKS,
} from '@battery-passport/rulebooks'
import { usageError } from '../errors.ts'
import { faultComplaint, type RulebookDocument } from './read-rulebooks.ts'

/** A rulebook or method that can be read and named. */
export type CatalogueEntry =
  | { readonly kind: 'rulebook'; readonly digestMultibase: string; readonly document: Rulebook }
  | { readonly kind: 'method'; readonly digestMultibase: string; readonly document: Method }

/**
 * The shipped rulebooks and methods, then those given, each content once.
 *
 * @throws {CommandError} usage, with every fault of those given
 */
export function rulebookCatalogue(given: readonly RulebookDocument[]): readonly CatalogueEntry[] {
  const complaints = []
  const rulebooks: CheckedRulebook[] = []
  const shipped = SHIPPED_RULEBOOKS.map((document) => ({ name: 'shipped', document }))
  const added = given.filter(({ kind }) => kind === 'rulebook')
  for (const { name, document } of [...shipped, ...added]) {
    const check = checkRulebook(document)
    if (check.ok) rulebooks.push(check.rulebook)
    else complaints.push(...check.faults.map((fault) => faultComplaint(name, fault)))
  }
  const methods: Method[] = [...SHIPPED_METHODS]
  for (const { kind, name, document } of given) {
    if (kind !== 'method') continue
    const check = checkMethod(document, rulebooks)
    if (check.ok) methods.push(check.method)
    else complaints.push(...check.faults.map((fault) => faultComplaint(name, fault)))
  }
  if (complaints.length > 0) throw usageError(...complaints)
  const entries = new Map<string, CatalogueEntry>()
  const put = (entry: CatalogueEntry) => {
    if (!entries.has(entry.digestMultibase)) entries.set(entry.digestMultibase, entry)
  }
  for (const document of rulebooks) {
    put({ kind: 'rulebook', digestMultibase: digestOfDocument(document), document })
  }
  for (const document of methods) {
    put({ kind: 'method', digestMultibase: digestOfDocument(document), document })
  }
  return [...entries.values()]
}

/**
 * The entry of `KEY` or `KEY@VERSION`; without a version the newest of that key.
 *
 * @throws {CommandError} usage, naming the nearest key or the versions there are
 */
export function findEntry(catalogue: readonly CatalogueEntry[], wanted: string): CatalogueEntry {
  const [key = '', version] = wanted.split('@')
  const same = catalogue.filter(({ document }) => document.key === key)
  const found =
    version === undefined
      ? same.reduce<CatalogueEntry | undefined>(newest, undefined)
      : same.find(({ document }) => document.version === version)
  if (found !== undefined) return found
  const keys = [...new Set(catalogue.map(({ document }) => document.key))]
  const versions = same.map(({ document }) => document.version)
  const meant = nearest(key, keys)
  throw usageError({
    what:
      same.length === 0
        ? `There is no rulebook or method ${key}.`
        : `There is no version ${version} of ${key}.`,
    expected: same.length === 0 ? `one of ${keys.join(', ')}` : `one of ${versions.join(', ')}`,
    found: wanted,
    remedy:
      same.length === 0 && meant !== undefined
        ? `Did you mean ${meant}?`
        : 'Give the folder that has it with --rulebooks DIR.',
  })
}

function newest(a: CatalogueEntry | undefined, b: CatalogueEntry): CatalogueEntry {
  return a === undefined || compareVersions(a.document.version, b.document.version) < 0 ? b : a
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number))
  const differing = (left ?? []).findIndex((part, index) => part !== right?.[index])
  return differing === -1 ? 0 : (left?.[differing] ?? 0) - (right?.[differing] ?? 0)
}
