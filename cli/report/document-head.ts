import type { Method, Rulebook } from '@battery-passport/rulebooks'
import { fields, wrap } from './layout.ts'
import { plain } from './plain.ts'

/** How the page of a rulebook or method begins: what it is, how far to trust it, what it asks. */
export function documentHead(
  document: Rulebook | Method,
  digestMultibase: string,
  more: readonly (readonly [name: string, value: string])[],
): readonly string[] {
  const { key, version, title, status, owner, disclaimer, validFrom, validUntil } = document
  return [
    plain(`${title} (${key} ${version})`),
    '',
    wrap(plain(`${status.toUpperCase()}. ${disclaimer}`), '  '),
    '',
    fields([
      ['Digest', digestMultibase],
      ['Owner', plain(owner)],
      ['In force', `${validFrom} to ${validUntil}`],
      ...more,
    ]),
  ]
}
