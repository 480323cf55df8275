import { digestOfDocument, type SchemaFault } from '@battery-passport/contexts'
import type { JsonValue } from '../reading/json.ts'
import { pinnedDocumentFault } from './pinned-did-documents.ts'
import type { EffectivePolicy } from './policy.ts'

/** A file that a policy names, pinned by the digest of its content. */
export interface PinnedFile {
  readonly kind: 'method' | 'rulebook' | 'did-document'
  /** The entry in the policy. */
  readonly pointer: string
  /** As the policy has it: relative to the policy. */
  readonly file: string
  readonly digestMultibase: string
  /** Whose DID document it is. */
  readonly did?: string
}

/** What the lists of a policy that name files have in common. */
interface Pin {
  readonly digestMultibase?: string
  readonly file?: string
  readonly did?: string
}

/** The files a policy names: who reads it must have them read, too. */
export function pinnedFiles({ source }: EffectivePolicy): readonly PinnedFile[] {
  const of = (kind: PinnedFile['kind'], list: string, pins: readonly Pin[]) =>
    pins.flatMap(({ file, digestMultibase, did }, index) =>
      file === undefined || digestMultibase === undefined
        ? []
        : [
            {
              kind,
              file,
              digestMultibase,
              pointer: `/${list}/${index}`,
              ...(did === undefined ? {} : { did }),
            },
          ],
    )
  return [
    ...of('method', 'methods', source.methods),
    ...of('rulebook', 'rulebooks', source.rulebooks ?? []),
    ...of('did-document', 'didDocuments', source.didDocuments ?? []),
  ]
}

/**
 * How the content of a pinned file differs from its pin: whoever can change a file cannot change
 * what the policy means. A DID document must be one that can be read, too.
 */
export function pinFault(
  { pointer, digestMultibase, did }: PinnedFile,
  content: JsonValue,
): SchemaFault | null {
  const found = digestOfDocument(content)
  if (found !== digestMultibase) {
    return { pointer: `${pointer}/digestMultibase`, expected: digestMultibase, found }
  }
  const fault = did === undefined ? null : pinnedDocumentFault(did, content)
  if (fault === null) return null
  const expected = `a file with the DID document of ${did}, which has a key for claims`
  return { pointer: `${pointer}/file`, expected, found: `${fault.detail} (${fault.pointer})` }
}
