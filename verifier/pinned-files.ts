import { digestOfDocument, type SchemaFault } from '@battery-passport/contexts'
import type { JsonValue } from './json.ts'
import type { EffectivePolicy } from './policy.ts'

/** A file that a policy names for a method or rulebook, pinned by the digest of its content. */
export interface PinnedFile {
  readonly kind: 'method' | 'rulebook'
  /** The entry in the policy. */
  readonly pointer: string
  /** As the policy has it: relative to the policy. */
  readonly file: string
  readonly digestMultibase: string
}

/** The files a policy names: who reads it must have them read, too. */
export function pinnedFiles({ source }: EffectivePolicy): readonly PinnedFile[] {
  const of = (
    kind: PinnedFile['kind'],
    list: string,
    pins: readonly { readonly digestMultibase: string; readonly file?: string }[],
  ) =>
    pins.flatMap(({ file, digestMultibase }, index) =>
      file === undefined ? [] : [{ kind, file, digestMultibase, pointer: `/${list}/${index}` }],
    )
  return [
    ...of('method', 'methods', source.methods),
    ...of('rulebook', 'rulebooks', source.rulebooks ?? []),
  ]
}

/** How the content of a pinned file differs from its pin: whoever can change a file cannot change what the policy means. */
export function pinFault(
  { pointer, digestMultibase }: PinnedFile,
  content: JsonValue,
): SchemaFault | null {
  const found = digestOfDocument(content)
  return found === digestMultibase
    ? null
    : { pointer: `${pointer}/digestMultibase`, expected: digestMultibase, found }
}
