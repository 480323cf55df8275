import { parseDidUrl, parseWebDid } from '@battery-passport/keys'
import { usageError } from './errors.ts'

/**
 * The did:web of `--did`, or the name of a key in its document.
 *
 * @throws {CommandError} usage: it is neither
 */
export function webName(text: string): string {
  const did = text.includes('#') ? parseDidUrl(text)?.did : text
  const web = parseWebDid(did ?? text)
  if (did !== undefined && web.ok) return text
  throw usageError({
    what: 'The key cannot sign under this name.',
    where: '--did',
    expected: 'a canonical did:web such as did:web:cells.example, or one with #name',
    found: text,
    remedy: web.ok
      ? 'Write letters, digits and hyphens behind the #, or leave it out.'
      : 'Write the domain you publish at, in small letters; a did:key needs no --did.',
  })
}
