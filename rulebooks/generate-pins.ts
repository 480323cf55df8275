import { digestOfDocument } from '@battery-passport/contexts'
import type { Source } from './generate-sources.ts'
import type { Method, Rulebook } from './rulebook.ts'

/**
 * The text of a method whose rulebook digests are those of the data as it stands, the layout kept.
 * Throws if the method names a rulebook that is not there. For a released version the outcome must
 * not differ from the file: changed rules are a new version.
 */
export function pinnedMethod(
  method: Source<Method>,
  rulebooks: readonly Source<Rulebook>[],
): { readonly text: string; readonly document: Method } {
  const pinned = method.document.rulebooks.map((reference) => {
    const { key, version } = reference
    const source = rulebooks.find(
      ({ document }) => document.key === key && document.version === version,
    )
    if (source === undefined) throw new Error(`${method.path}: no rulebook ${key} ${version}`)
    return { ...reference, digestMultibase: digestOfDocument(source.document) }
  })
  const text = pinned.reduce(
    (before, { key, version, digestMultibase }) =>
      before.replace(
        new RegExp(
          `("key":\\s*"${key}",\\s*"version":\\s*"${version}",\\s*"digestMultibase":\\s*")[^"]*`,
        ),
        `$1${digestMultibase}`,
      ),
    method.text,
  )
  const document: Method = { ...method.document, rulebooks: pinned }
  if (digestOfDocument(JSON.parse(text)) !== digestOfDocument(document)) {
    throw new Error(`${method.path}: write key, version and digestMultibase in this order`)
  }
  return { text, document }
}
