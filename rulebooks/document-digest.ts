import { digestOfDocument } from '@battery-passport/contexts'

const digests = new WeakMap<object, string>()

/** The digest of a frozen document, computed once. */
export function documentDigest(document: object): string {
  const known = digests.get(document)
  if (known !== undefined) return known
  const digest = digestOfDocument(document)
  if (Object.isFrozen(document)) digests.set(document, digest)
  return digest
}
