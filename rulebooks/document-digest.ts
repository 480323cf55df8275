import { digestOfDocument } from '@battery-passport/contexts'

const digests = new WeakMap<object, string>()

/** The digest that pins a rulebook or method; of a frozen document it is computed once. */
export function documentDigest(document: object): string {
  const known = digests.get(document)
  if (known !== undefined) return known
  const digest = digestOfDocument(document)
  if (Object.isFrozen(document)) digests.set(document, digest)
  return digest
}
