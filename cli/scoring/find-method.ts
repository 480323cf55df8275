import type { LoadedMethod } from '@battery-passport/rulebooks'
import { methodLibrary } from '@battery-passport/verifier'
import type { CommandDeps } from '../command-deps.ts'
import { usageError } from '../errors.ts'
import { checkedDocuments, readRulebookFolder } from '../input/read-rulebooks.ts'
import { findEntry, rulebookCatalogue } from '../input/rulebook-catalogue.ts'

/** Finds methods among the shipped ones and those of a folder. */
export interface MethodFinder {
  /** @throws {CommandError} usage: its content, or that of a rulebook it pins, is not at hand */
  byDigest(digestMultibase: string): LoadedMethod
  /** `KEY` or `KEY@VERSION`. @throws {CommandError} usage: there is none */
  byName(wanted: string): LoadedMethod
}

/** @throws {CommandError} usage: the folder cannot be read, or something in it has faults */
export async function methodFinder(
  folder: string | undefined,
  deps: Pick<CommandDeps, 'err'>,
): Promise<MethodFinder> {
  const documents = folder === undefined ? [] : await readRulebookFolder(folder, deps)
  const library = methodLibrary(checkedDocuments(documents))
  const byDigest = (digest: string) => {
    const lookup = library.find(digest)
    if (lookup.ok) return lookup.method
    throw usageError({
      what: lookup.detail,
      expected: lookup.missing,
      found: 'nothing',
      remedy: 'Give the folder that has it with --rulebooks DIR.',
    })
  }
  return {
    byDigest,
    byName(wanted) {
      const methods = rulebookCatalogue(documents).filter(({ kind }) => kind === 'method')
      return byDigest(findEntry(methods, wanted).digestMultibase)
    },
  }
}
