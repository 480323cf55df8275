import { digestOfDocument } from '@battery-passport/contexts'
import type { CheckedMethod, CheckedRulebook } from './checked.ts'

const digests = new WeakMap<CheckedRulebook | CheckedMethod, string>()

/**
 * The digest that pins a checked rulebook or method, computed once: a checked document is frozen
 * through and through, so it never gets another.
 */
export function checkedDigest(document: CheckedRulebook | CheckedMethod): string {
  const known = digests.get(document)
  if (known !== undefined) return known
  const digest = digestOfDocument(document)
  digests.set(document, digest)
  return digest
}
